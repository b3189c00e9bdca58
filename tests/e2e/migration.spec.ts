import { AxeBuilder } from "@axe-core/playwright";
import type { Locator } from "@playwright/test";
import { expect, type Playground, test } from "./page.ts";

const PAYLOAD =
  '{"events": [{"node": "db1", "test": "ping", "state": "down"}, {"node": "db2", "test": "ping", "state": "up", "zone": "b"}]}';

function body(more = ""): string {
  return `{
  "config": {
    "is_array": true,
    "array_source": "events",
    "status": {"source": ["@alert.state"], "status_map": {"critical": ["down"], "ok": ["up"]}, "default_to": "unknown"},
    "primary_property": {"name": "host", "source": ["@alert.node"]},
    "secondary_property": {"name": "check", "source": ["@alert.test"]}${more}
  },
  "sample_payload": ${PAYLOAD}
}
`;
}

const DEFAULT = ',\n    "additional_attributes": [{"name": "zone", "source": ["@alert.zone"], "default_to": "a"}]';

async function migrate(playground: Playground, text: string): Promise<Locator> {
  await playground.write("Payload", PAYLOAD);
  await playground.write("Configuration", text);
  await playground.tab("Configuration", "Form");
  await playground.page.getByRole("button", { name: "Migrate to version 2" }).click();
  return playground.page.getByRole("region", { name: "Migration to version 2", exact: true });
}

test("a configuration with the same rules in version 2 is shown, taken and undone", async ({ playground, page }) => {
  const before = body();
  const panel = await migrate(playground, before);
  await expect(panel).toContainText("they give the same alerts for every payload");
  const difference = panel.getByRole("group", { name: "Difference" });
  await expect(difference.getByRole("insertion").filter({ hasText: '"version": "2.0"' })).toHaveCount(1);
  await expect(difference.getByRole("deletion").filter({ hasText: '"primary_property": {' })).toHaveCount(1);
  await expect(difference, "what both have far from it is left out").toContainText(/\d+ unchanged lines/);
  await expect(panel.getByRole("list", { name: "Notes" })).toHaveCount(0);
  expect(await playground.text("Configuration"), "nothing is taken unasked").toBe(before);
  await expect(panel.getByRole("group", { name: "What changes" })).toBeFocused();

  await panel.getByRole("button", { name: "Use this" }).click();
  await expect(panel).toHaveCount(0);
  const { config } = JSON.parse(await playground.text("Configuration")) as { config: Record<string, unknown> };
  expect(config.version).toBe("2.0");
  expect(config.primary_property).toEqual([{ name: "host" }]);
  await expect(page.getByText("Version 2", { exact: true }).filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Migrate to version 2" })).toHaveCount(0);
  await expect(playground.cards).toHaveCount(2);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => playground.text("Configuration"), "one step leads back").toBe(before);
});

test("what does not carry over is said, and how the alerts of the open payload change", async ({
  playground,
  page,
}) => {
  const before = body(DEFAULT);
  const panel = await migrate(playground, before);
  await expect(panel).toContainText("The two versions give different alerts for the open payload.");
  await expect(panel.getByRole("list", { name: "Changes of alerts" }).getByRole("listitem")).toHaveCount(1);
  await expect(panel.getByRole("list", { name: "Changes of alerts" })).toContainText("alert 1");
  const note = panel.getByRole("list", { name: "Notes" }).getByRole("listitem");
  await expect(note).toContainText("version 2 has no default_to for tags");
  await expect(note).toContainText("1 alert of the open payload");

  await playground.write("Payload", PAYLOAD.replace('"down"', '"down", "zone": "c"'));
  await expect(panel, "it follows the payload").toContainText("give the same alerts for the open payload");
  await expect(note).toContainText("0 alerts of the open payload");

  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await panel.getByRole("button", { name: "Keep mine" }).click();
  await expect(panel).toHaveCount(0);
  expect(await playground.text("Configuration")).toBe(before);
});

test("a configuration with an error says what to fix first", async ({ playground, page }) => {
  const panel = await migrate(playground, body().replace('"@alert.state"', "7"));
  await expect(panel).toContainText("cannot be migrated before these errors are fixed");
  await expect(panel.getByRole("list", { name: "Errors" }).getByRole("listitem").first()).toBeVisible();
  await expect(panel.getByRole("button", { name: "Use this" })).toHaveCount(0);
  await panel.getByRole("button", { name: "Keep mine" }).click();
  await expect(page.getByRole("button", { name: "Migrate to version 2" })).toBeVisible();
});

test("a proposal is of the version of the configuration", async ({ playground, page }) => {
  const panel = page.getByRole("region", { name: "Proposed configuration", exact: true });
  const version = async () => {
    await page.getByRole("button", { name: "Suggest", exact: true }).click();
    await panel.getByRole("button", { name: "Use this" }).click();
    return (JSON.parse(await playground.text("Configuration")) as { config: { version?: string } }).config.version;
  };
  await playground.write("Payload", PAYLOAD);
  await playground.write("Configuration", "{}");
  expect(await version()).toBeUndefined();
  await playground.write("Configuration", '{"config": {"version": "2.0"}}');
  expect(await version()).toBe("2.0");
  await expect(playground.cards).toHaveCount(2);
});

for (const width of [1440, 390]) {
  test(`a migration fits into ${width} pixels`, async ({ playground, page }, info) => {
    await page.setViewportSize({ width, height: 900 });
    const panel = await migrate(playground, body(DEFAULT));
    await expect(panel.getByRole("button", { name: "Use this" })).toBeVisible();
    await panel.scrollIntoViewIfNeeded();
    await page.screenshot({ path: info.outputPath("migration.png") });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(excess).toBeLessThanOrEqual(0);
  });
}
