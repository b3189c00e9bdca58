import { expect, type Playground, test } from "./page.ts";

const PAYLOAD = JSON.stringify({
  list: [
    { node: "db1", state: "broken", when: "2026-01-31 12:00:00" },
    { node: "db2", state: "up" },
  ],
  source: "tool",
});

/** Writes a configuration with the cursor at the bar, once the fields of the payload are known. */
async function write(playground: Playground, marked: string): Promise<void> {
  await playground.write("Payload", PAYLOAD);
  await playground.write("Configuration", BODY);
  await playground.tab("Payload", "Fields");
  await expect(playground.page.getByText("@alert.when").first()).toBeVisible();
  await playground.write("Configuration", marked.replace("|", ""));
  await playground.editor("Configuration").press("Control+End");
  for (let back = marked.length - 1 - marked.indexOf("|"); back > 0; back--)
    await playground.page.keyboard.press("ArrowLeft");
}

const BODY =
  '{"config": {"is_array": true, "array_source": "list", "status": {"source": ["@alert.state"], "status_map": {"ok": ["up"]}}, "primary_property": {"source": ["@alert.node"]}}, "sample_payload": {}}';

test("a source is completed by the payload's fields, with type and value", async ({ playground, page }) => {
  await write(playground, BODY.replace('"@alert.node"', '"|"'));
  const options = page.getByRole("listbox").getByRole("option");
  await page.keyboard.press("Control+Space");
  await expect(options.filter({ hasText: "@alert.node" })).toContainText(/@alert\.node\s*string\s*db1/);
  await page.keyboard.type("no");
  await expect(options.first()).toContainText("@alert.node");
  await page.keyboard.press("Enter");
  expect(await playground.text("Configuration")).toBe(BODY);
});

test("an attribute comes with its value, its commas and its description", async ({ playground, page }) => {
  await write(playground, BODY.replace('"array_source": "list", ', '"array_source": "list" |'));
  await page.keyboard.press("Control+Space");
  const options = page.getByRole("listbox").getByRole("option");
  await expect(options.filter({ hasText: "secondary_property" })).toBeVisible();
  await expect(options.filter({ hasText: "primary_property" }).filter({ hasNotText: "secondary" })).toHaveCount(0);
  await page.keyboard.type("time");
  await expect(options).toHaveText([/^timestamp/, /^bp_timestamp/]);
  await expect(page.getByText("Where the time of the event is")).toBeVisible();
  await page.keyboard.press("Enter");
  expect(await playground.text("Configuration")).toBe(BODY.replace('"list", ', '"list", "timestamp": {},'));
  await page.keyboard.type('"sou');
  await expect(options).toHaveText([/source/]);
  await page.keyboard.press("Enter");
  // What may stand there is offered at once; what reads like a time comes first.
  await expect(options.first()).toContainText("@alert.when");
  await page.keyboard.press("Enter");
  expect(JSON.parse(await playground.text("Configuration")).config.timestamp).toEqual({ source: ["@alert.when"] });
});

const BODY_2 =
  '{"config": {"version": "2.0", "is_array": true, "array_source": "list", "status": {"source": ["@alert.state"], "status_map": {"ok": ["up"]}}, "primary_property": [{"name": "host"}], "additional_attributes": [{"name": "host", "source": ["@alert.node"]}]}, "sample_payload": {}}';

test("attributes are those of the version", async ({ playground, page }) => {
  const options = page.getByRole("listbox").getByRole("option");
  await write(playground, BODY_2.replace('"array_source": "list", ', '"array_source": "list" |'));
  await page.keyboard.press("Control+Space");
  await page.keyboard.type("second");
  await expect(options).toHaveText([/^secondary_property\s*array/]);
  await page.keyboard.press("Enter");
  expect(await playground.text("Configuration")).toBe(
    BODY_2.replace('"list", ', '"list", "secondary_property": [{}],'),
  );
  // What stands in it is offered at once: the name, and the tags that there are.
  await expect(options).toHaveText([/^name/]);
  await page.keyboard.press("Enter");
  await expect.poll(() => playground.text("Configuration")).toContain('[{"name": ""}]');
  await page.keyboard.press("Control+Space");
  await expect(options.filter({ hasText: /^host/ })).toBeVisible();

  await write(playground, BODY_2.replace('"array_source": "list", ', '"array_source": "list" |'));
  await page.keyboard.press("Control+Space");
  await page.keyboard.type("filter");
  await expect(options).toHaveText([/^event_filter\s*string/]);
});

test("what is of version 1 is offered nothing of version 2, and the version while nothing decides it", async ({
  playground,
  page,
}) => {
  const options = page.getByRole("listbox").getByRole("option");
  await write(playground, BODY.replace('"array_source": "list", ', '"array_source": "list" |'));
  await page.keyboard.press("Control+Space");
  await expect(options.filter({ hasText: /^timestamp/ })).toBeVisible();
  await expect(options.filter({ hasText: /^(version|event_filter|map_remaining)/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await playground.write("Configuration", '{"config": {}}');
  for (let back = 0; back < 2; back++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Control+Space");
  await expect(options.filter({ hasText: /^version/ })).toBeVisible();
});

for (const [name, marked, typed, taken, path] of [
  ["a status", '"status_map": {"ok": ["up"], |}', '"crit', { ok: ["up"], critical: [""] }, "status_map"],
  [
    "a value seen in the payload",
    '"status_map": {"ok": ["up"], "critical": ["|"]}',
    "bro",
    { ok: ["up"], critical: ["broken"] },
    "status_map",
  ],
  ["the default status", '"default_to": "|", "status_map": {"ok": ["up"]}', "unk", "unknown", "default_to"],
] as const) {
  test(`${name} is completed`, async ({ playground, page }) => {
    await write(playground, BODY.replace('"status_map": {"ok": ["up"]}', marked));
    await page.keyboard.type(typed);
    const options = page.getByRole("listbox").getByRole("option");
    await expect(options).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(async () =>
      expect(JSON.parse(await playground.text("Configuration")).config.status[path]).toEqual(taken),
    ).toPass();
  });
}

for (const [name, from, marked, typed, taken] of [
  [
    "a tag name",
    '{"source": ["@alert.node"]}',
    '{"name": "|", "source": ["@alert.node"]}',
    "hos",
    '{"name": "host", "source"',
  ],
  ["a boolean", '"is_array": true', '"force_lowercase": |, "is_array": true', "fa", '"force_lowercase": false, '],
  [
    "a format",
    '"is_array": true',
    '"timestamp": {"source": ["@alert.when"], "format": "|"}, "is_array": true',
    "epoch_mil",
    '"format": "epoch_milliseconds"}',
  ],
] as const) {
  test(`${name} is completed`, async ({ playground, page }) => {
    await write(playground, BODY.replace(from, marked));
    await page.keyboard.type(typed);
    await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(1);
    await page.keyboard.press("Enter");
    expect(await playground.text("Configuration")).toContain(taken);
  });
}

test("below the pointer an attribute, a source and a value are explained", async ({ playground, page }) => {
  await playground.tab("Configuration", "JSON");
  const config = playground.editor("Configuration");
  const payload = playground.editor("Payload");
  const hover = page.locator(".cm-oim-hover");
  await config.getByText('"array_source"', { exact: true }).hover();
  await expect(hover).toContainText("Path to the array of alerts");
  await config.getByText('"@alert.labels.severity"', { exact: true }).first().hover();
  await expect(hover).toContainText(/@alert\.labels\.severity\s*string\s*page\s*Status: is mapped to critical/);
  await payload.getByText('"db-04.example.net:9100"', { exact: true }).first().hover();
  await expect(hover).toContainText(/@alert\.labels\.instance\s*Primary property host: used/);
  await hover.getByRole("button", { name: "Why" }).click();
  await playground.tab("Result", "Why");
  await expect(page.getByRole("region", { name: "Why" })).toContainText("These rules use this field:");
  await page.mouse.move(0, 0);
  await payload.getByText('"bigpanda"', { exact: true }).hover();
  await expect(hover).toContainText("No rule uses this field.");
});
