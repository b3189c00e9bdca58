import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";

/** What axe finds, short enough to read in a report. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id} (${help}): ${target.join(" ")} ${html.slice(0, 160)}`),
  );
}

const COLOURS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "dark", forcedColors: "active" },
} as const;

for (const [colours, media] of Object.entries(COLOURS)) {
  for (const [device, width] of [
    ["desktop", 1440],
    ["small window", 1024],
    ["phone", 390],
  ] as const) {
    test(`axe finds nothing: ${colours}, ${device}`, async ({ playground, page }) => {
      test.setTimeout(300_000);
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 844 });
      await expect(playground.cards.first()).toBeVisible();
      expect(await faults(page)).toEqual([]);
      // With a message, and with problems.
      await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
      await expect(page.getByRole("region", { name: "Messages" })).toContainText("Zabbix");
      expect(await faults(page)).toEqual([]);
      // Each tab twice over: what a tab shows may bring tabs of its own.
      for (const tab of await page.getByRole("tab").all()) {
        if (!(await tab.isVisible())) continue;
        await tab.click();
        expect(await faults(page), (await tab.textContent()) ?? "").toEqual([]);
      }
    });
  }
}
