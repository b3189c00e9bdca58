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

for (const colorScheme of ["light", "dark"] as const) {
  for (const [device, width] of [
    ["desktop", 1440],
    ["phone", 390],
  ] as const) {
    test(`axe finds nothing: ${colorScheme}, ${device}`, async ({ playground, page }) => {
      test.setTimeout(300_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 844 });
      await expect(playground.cards.first()).toBeVisible();
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
