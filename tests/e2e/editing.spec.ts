import { expect, test } from "./page.ts";

const CONFIG = JSON.stringify({
  config: {
    status: { source: ["state"], default_to: "unknown", status_map: { critical: ["down"], ok: ["up"] } },
    primary_property: { name: "host", source: ["node"] },
    secondary_property: { name: "check", source: ["test"] },
  },
  sample_payload: { node: "n", test: "t", state: "down" },
});

test("the page has its four regions and starts with alerts", async ({ playground }) => {
  for (const name of ["Payload", "Configuration", "Alerts", "Problems"] as const)
    await expect(playground.region(name)).toBeVisible();
  await expect(playground.cards.first()).toContainText("critical");
});

test("each example gives alerts and no error", async ({ playground, page }) => {
  const first = {
    "Prometheus Alertmanager": "DiskAlmostFull",
    Nagios: "HTTP response time",
    Zabbix: "Interface ge-0/0/12: link down",
  };
  for (const [label, check] of Object.entries(first)) {
    await page.getByRole("combobox", { name: "Example" }).selectOption({ label });
    await expect(playground.cards.first()).toContainText(check);
    await expect(playground.problems.filter({ hasText: /^\s*error/ })).toHaveCount(0);
  }
});

test("typing changes the alert", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", '{"node": "db1", "test": "disk", "state": "down"}');
  const card = playground.cards.first();
  await expect(card.getByRole("heading")).toHaveText(/critical\s*db1 · disk/);
  await playground.editor("Payload").press("Control+End");
  for (let back = 0; back < 6; back++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+Control+ArrowRight");
  await page.keyboard.type("up");
  expect(await playground.text("Payload")).toBe('{"node": "db1", "test": "disk", "state": "up"}');
  await expect(card.getByRole("heading")).toHaveText(/ok\s*db1 · disk/);
});

test("broken JSON is a problem with its place, and nothing is lost", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", '{"node": "db1", "state": "down"}');
  await expect(playground.cards.first()).toContainText("db1");
  const broken = '{\n  "node": "db1",\n  "state": down\n}';
  await playground.write("Payload", broken);
  const problem = playground.problems.filter({ hasText: "json-syntax" });
  await expect(problem).toContainText("Payload 3:12");
  expect(await playground.text("Payload")).toBe(broken);
  await expect(playground.region("Alerts")).toContainText("from before the error");
  await expect(playground.cards.first()).toContainText("db1");

  await page.getByRole("heading", { name: "BigPanda OIM configuration playground" }).click();
  await problem.getByRole("button").first().click();
  await expect(playground.editor("Payload")).toBeFocused();
  // The selection begins at the place, however much of the text it covers.
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("!");
  expect(await playground.text("Payload")).toContain('"state": !down');
});

test("a problem is fixed by one click, and undone by one key", async ({ playground }) => {
  const misspelt = CONFIG.replace("default_to", "defualt_to");
  await playground.write("Configuration", misspelt);
  await playground.write("Payload", '{"node": "db1", "test": "disk", "state": "down"}');
  const problem = playground.problems.filter({ hasText: "unknown-attribute" });
  await problem.getByRole("button", { name: /^Fix:/ }).click();
  await expect(problem).toHaveCount(0);
  expect(await playground.text("Configuration")).toBe(CONFIG);
  await playground.editor("Configuration").press("Control+z");
  await expect(problem).toHaveCount(1);
  expect(await playground.text("Configuration")).toBe(misspelt);
});

test("a rejected alert says why and leaves the others alone", async ({ playground }) => {
  const config = JSON.parse(CONFIG) as { config: Record<string, unknown> };
  config.config.is_array = true;
  config.config.array_source = "list";
  await playground.write(
    "Configuration",
    JSON.stringify(config)
      .replaceAll('["', '["@alert.')
      .replace('["@alert.down"]', '["down"]')
      .replace('["@alert.up"]', '["up"]'),
  );
  await playground.write("Payload", '{"list": [{"node": "a", "state": "up"}, {"state": "up"}, 7]}');
  await expect(playground.cards).toHaveCount(1);
  const alerts = playground.region("Alerts");
  await expect(alerts.getByRole("heading", { name: "2 rejected" })).toBeVisible();
  await expect(alerts.getByRole("button", { name: /^Alert 2:/ })).toBeVisible();
  await expect(alerts.getByRole("button", { name: /^Alert 3:/ })).toBeVisible();
});

test("loading an example can be undone", async ({ playground, page }) => {
  await playground.write("Payload", '{"mine": 1}');
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await expect(playground.cards.first()).toContainText("sw-core-1");
  await playground.editor("Payload").click();
  await page.keyboard.press("Control+z");
  expect(await playground.text("Payload")).toBe('{"mine": 1}');
});

test("the payload becomes the sample at a click", async ({ playground }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", '{\n  "node": "other"\n}');
  await playground.useAsSample.click();
  expect(JSON.parse(await playground.text("Configuration"))).toEqual({
    ...JSON.parse(CONFIG),
    sample_payload: { node: "other" },
  });
});

test("additional tags come with the switch", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", '{"node": "db1", "state": "up", "extra": {"deep": "7"}}');
  const card = playground.cards.first();
  await expect(card).toContainText("db1");
  await expect(playground.row(card, "extra_deep")).toHaveCount(0);
  await page.getByRole("switch", { name: "Additional tags" }).click();
  await expect(playground.row(card, "extra_deep")).toContainText("7");
});

test("values with markup and odd characters are shown as text", async ({ playground }) => {
  await playground.write("Configuration", CONFIG);
  const odd = "<img src=x onerror=alert(1)>\u202e\u0007${`";
  await playground.write("Payload", JSON.stringify({ node: odd, state: "up" }));
  await expect(playground.cards.first().getByRole("heading")).toContainText("<img src=x onerror=alert(1)>");
  await expect(playground.region("Alerts").locator("img")).toHaveCount(0);
});

test("the outcome is announced", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", '{"node": "db1", "state": "up"}');
  await expect(page.getByRole("status", { name: "Result" })).toHaveText(/^1 alert, /);
});
