import type { Locator } from "@playwright/test";
import { expect, type Playground, test } from "./page.ts";

const PAYLOAD =
  '{"events": [{"node": "db1", "app": "shop", "test": "ping", "state": "down", "env": "live"}, {"node": "lab1", "test": "ping", "state": "down", "env": "test"}]}';
const BODY = `{
  "config": {
    "version": "2.0",
    "is_array": true,
    "array_source": "events",
    "status": {"source": ["@alert.state"], "status_map": {"critical": ["down"], "ok": ["up"]}, "default_to": "unknown"},
    "primary_property": [{"name": "service"}, {"name": "host"}],
    "secondary_property": [{"name": "check"}],
    "additional_attributes": [
      {"name": "host", "source": ["@alert.node"]},
      {"name": "service", "source": ["@alert.app"]},
      {"name": "check", "source": ["@alert.test"]}
    ]
  },
  "sample_payload": ${PAYLOAD}
}
`;

interface Config {
  version?: string;
  primary_property?: { name: string }[];
  secondary_property?: { name: string }[];
  additional_attributes?: { name?: string; source: string[] }[];
  event_filter?: string;
  map_remaining?: boolean;
  incident_identifier?: string[];
}

async function config(playground: Playground): Promise<Config> {
  return (JSON.parse(await playground.text("Configuration")) as { config: Config }).config;
}

async function start(playground: Playground, body = BODY): Promise<Locator> {
  await playground.write("Payload", PAYLOAD);
  await playground.write("Configuration", body);
  await playground.tab("Configuration", "Form");
  return playground.page.getByRole("region", { name: "Form", exact: true });
}

test("an empty configuration starts in the version that is chosen", async ({ playground, page }) => {
  const form = await start(playground, "{}");
  const version = form.getByRole("radiogroup", { name: "Version", exact: true });
  await expect(version.getByRole("radio", { name: /^Version 1/ })).toBeChecked();
  await expect(form.getByRole("region", { name: "Properties" })).toHaveCount(0);
  await version.getByRole("radio", { name: /^Version 2/ }).check();
  await expect.poll(() => config(playground)).toEqual({ version: "2.0" });
  await expect(form.getByRole("region", { name: "Properties" })).toBeVisible();
  await expect(page.getByText("Version 2", { exact: true })).toBeVisible();

  await form.getByRole("combobox", { name: "Choose the field of the primary property" }).fill("events");
  await page.keyboard.press("Escape");
  await version.getByRole("radio", { name: /^Version 1/ }).check();
  await expect.poll(() => config(playground)).toEqual({});
});

test("a configuration that has rules shows its version and offers no other", async ({ playground, page }) => {
  const form = await start(playground);
  await expect(form.getByText("Version 2", { exact: true })).toBeVisible();
  await expect(form.getByRole("radio", { name: /^Version/ })).toHaveCount(0);
  await playground.tab("Configuration", "JSON");
  await expect(page.getByText("Version 2", { exact: true }).filter({ visible: true })).toBeVisible();
  await playground.write(
    "Configuration",
    '{"config": {"status": {"source": ["state"], "status_map": {}}, "primary_property": {"source": ["events"]}}, "sample_payload": {}}',
  );
  await expect(page.getByText("Version 1", { exact: true }).filter({ visible: true })).toBeVisible();
});

test("the tags of a property are added, moved and removed by keyboard", async ({ playground, page }) => {
  const form = await start(playground);
  const primary = form.getByRole("group", { name: "Primary property" });
  await expect(form.getByRole("group", { name: "Tag service" })).toContainText("Primary");
  await primary.getByRole("button", { name: /^service, tag 1 of 2/ }).focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect
    .poll(async () => (await config(playground)).primary_property)
    .toEqual([{ name: "host" }, { name: "service" }]);
  await expect(primary.getByRole("button", { name: /^service, tag 2 of 2/ })).toBeFocused();
  await expect(playground.cards.first()).toContainText("db1");
  await page.keyboard.press("Delete");
  await expect.poll(async () => (await config(playground)).primary_property).toEqual([{ name: "host" }]);

  const secondary = form.getByRole("group", { name: "Secondary property" });
  await secondary.getByRole("combobox", { name: "Add a tag to tags that can be secondary" }).fill("service");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await config(playground)).secondary_property)
    .toEqual([{ name: "check" }, { name: "service" }]);
});

test("a tag's menu says which property it can be, and a new name goes along", async ({ playground, page }) => {
  const form = await start(playground);
  await form.getByRole("button", { name: "Actions for the tag check" }).click();
  await expect(page.getByRole("menuitemcheckbox", { name: "Can be secondary" })).toBeChecked();
  await page.getByRole("menuitemcheckbox", { name: "Can be primary" }).click();
  await expect
    .poll(async () => (await config(playground)).primary_property?.map(({ name }) => name))
    .toEqual(["service", "host", "check"]);
  await form.getByRole("textbox", { name: "Name of the tag host" }).fill("node");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await config(playground)).primary_property?.map(({ name }) => name))
    .toEqual(["service", "node", "check"]);
});

test("the filter is written in the form, its mistake is marked, and what it drops is reported", async ({
  playground,
}) => {
  const form = await start(playground);
  await expect(playground.cards).toHaveCount(2);
  await form.getByRole("button", { name: "Filter", exact: true }).click();
  const filter = form.getByRole("textbox", { name: "Filter, in BPQL" });
  await filter.fill('@alert.env = "test');
  await expect(filter).toHaveAttribute("aria-invalid", "true");
  const section = form.getByRole("region", { name: "Filter" });
  await expect(section.getByRole("list", { name: "Problems here" })).toBeVisible();
  await expect(section.locator("mark")).toHaveText('"');

  await filter.fill('@alert.env = "test"');
  await expect.poll(async () => (await config(playground)).event_filter).toBe('@alert.env = "test"');
  await expect(filter).toHaveAttribute("aria-invalid", "false");
  await expect(playground.region("Alerts")).toContainText("1 alert · 1 filtered");
  await expect(playground.cards).toHaveCount(1);
  await playground.region("Alerts").getByRole("button", { name: "why? Alert 2" }).click();
  await expect(playground.region("Alerts").getByRole("list").getByRole("listitem").last()).toContainText(
    /@alert\.env\s+test\s+matches/,
  );

  await filter.fill("");
  await expect.poll(async () => "event_filter" in (await config(playground))).toBe(false);
});

test("why? explains the filter and the lists of names", async ({ playground }) => {
  await start(
    playground,
    BODY.replace('"is_array"', '"event_filter": "@alert.env = test", "is_array"').replaceAll(
      "@alert.app",
      "@alert.zone",
    ),
  );
  const card = playground.cards.first();
  await card.getByRole("button", { name: "why? filter" }).click();
  await expect(card.getByRole("list")).toContainText(/@alert\.env\s+live\s+does not match/);
  await card.getByRole("button", { name: "why? filter" }).click();
  await card.getByRole("button", { name: "why? identity" }).click();
  const steps = card.getByRole("list").getByRole("listitem");
  await expect(steps.nth(0)).toContainText(/service\s+the alert has no such tag/);
  await expect(steps.nth(1)).toContainText(/host\s+db1\s+is part of the identity/);
});

test("remaining fields become tags as the configuration says", async ({ playground }) => {
  const form = await start(playground);
  const additional = playground.region("Alerts").getByRole("switch", { name: "Additional tags" });
  await expect(additional).toBeEnabled();
  await form.getByRole("checkbox", { name: "Make additional tags" }).check();
  await expect.poll(async () => (await config(playground)).map_remaining).toBe(true);
  await expect(playground.cards.first()).toContainText("env");
  await expect(additional).toBeChecked();
  await expect(additional).toBeDisabled();
});

test("what is not simulated is said plainly", async ({ playground }) => {
  const form = await start(playground, BODY.replace('"is_array"', '"preprocessing": [{"id": "split"}], "is_array"'));
  await expect(playground.region("Alerts")).toContainText(/Partial: BigPanda may make other alerts/);
  await expect(form).toContainText("preprocessing: only in the text");
  await expect(playground.problems.filter({ hasText: "is not simulated" })).toHaveCount(1);
  await playground.write("Configuration", BODY);
  await expect(playground.region("Alerts")).not.toContainText("Partial");
});

for (const width of [1440, 390]) {
  test(`the form of version 2 fits into ${width} pixels`, async ({ playground, page }, info) => {
    await page.setViewportSize({ width, height: 900 });
    const form = await start(
      playground,
      BODY.replace('"is_array"', '"event_filter": "@alert.env = \\"test\\" AND (", "is_array"'),
    );
    const filter = form.getByRole("textbox", { name: "Filter, in BPQL" });
    await filter.scrollIntoViewIfNeeded();
    await expect(filter).toBeVisible();
    await page.screenshot({ path: info.outputPath("form.png") });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(excess).toBeLessThanOrEqual(0);
  });
}
