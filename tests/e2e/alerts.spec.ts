import { expect, test } from "./page.ts";

const BODY = JSON.stringify({
  config: {
    is_array: true,
    array_source: "list",
    status: { source: ["@alert.state"], default_to: "critical", status_map: { ok: ["up"] } },
    primary_property: { name: "host", source: ["@alert.node"] },
    secondary_property: { name: "check", source: ["@alert.test"] },
    additional_attributes: [{ source: ["@alert.labels"], flatten: true }],
  },
  sample_payload: { list: [{ node: "n", test: "t", state: "up", labels: { team: "a", site: "b" } }] },
});

const element = (index: number) => ({
  node: `host-${index}`,
  test: "disk",
  state: index % 2 ? "up" : "down",
  labels: { team: `team-${index}`, site: "berlin" },
});
const list = (amount: number) =>
  JSON.stringify({ list: [...Array.from({ length: amount }, (_, index) => element(index)), { node: "" }] });

test("a table has a line for each alert, chosen columns, and cells that explain themselves", async ({
  playground,
  page,
}) => {
  await playground.write("Configuration", BODY);
  await playground.write("Payload", list(500));
  const alerts = playground.region("Alerts");
  await expect(alerts).toContainText("500 alerts · 1 rejected");
  await alerts.getByRole("radio", { name: "Table" }).check();
  const table = alerts.getByRole("grid", { name: "Alerts" });
  await expect(table).toHaveAttribute("aria-rowcount", "502");
  await expect(table.getByRole("columnheader")).toHaveText([
    "Status",
    "Primary",
    "Secondary",
    "Time (UTC)",
    "team",
    "site",
  ]);
  expect(await table.getByRole("row").count()).toBeLessThan(100);

  await table.getByRole("gridcell", { name: "host-1", exact: true }).click();
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveText('"host-1"');
  await expect(playground.editor("Configuration").locator(".cm-oim-mark")).toHaveText('"@alert.node"');
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect(table.getByRole("gridcell", { name: "team-2", exact: true })).toBeFocused();
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveText('"team-2"');
  await page.keyboard.press("Control+End");
  await expect(table.getByRole("gridcell", { name: /^rejected · alert 501: no primary value/ })).toBeFocused();

  await alerts.getByText("Columns", { exact: true }).click();
  await alerts.getByRole("checkbox", { name: "team" }).uncheck();
  await expect(table.getByRole("columnheader")).toHaveText(["Status", "Primary", "Secondary", "Time (UTC)", "site"]);
});

test("the whole answer is there as JSON", async ({ playground }) => {
  await playground.write("Configuration", BODY);
  await playground.write("Payload", list(3));
  const alerts = playground.region("Alerts");
  await expect(alerts).toContainText("3 alerts");
  await alerts.getByRole("radio", { name: "JSON" }).check();
  const text = alerts.getByRole("textbox", { name: "Alerts, JSON" });
  await expect(text).toContainText('"host": "host-0"');
  await expect(text).toHaveAttribute("aria-readonly", "true");
  await alerts.getByRole("button", { name: "Find" }).click();
  await alerts.getByRole("textbox", { name: "Find" }).fill("primary-empty");
  await alerts.getByRole("textbox", { name: "Find" }).press("Enter");
  await expect(text).toContainText('"code": "primary-empty"');
});

test("while somebody types, what was opened stays open and in place", async ({ playground, page }) => {
  await playground.write("Configuration", BODY);
  await playground.write("Payload", list(60));
  const alerts = playground.region("Alerts");
  const third = alerts.getByRole("article").filter({ has: page.getByRole("heading", { name: "host-40" }) });
  const first = playground.cards.first().getByRole("heading").getByRole("button");
  await first.focus();
  for (let down = 0; down < 40; down++) await page.keyboard.press("ArrowDown");
  await expect(third.getByRole("heading").getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await third.getByRole("button", { name: "why? team" }).click();
  await expect(third.getByRole("list")).toContainText("@alert.labels");
  await playground.editor("Configuration").click();
  await page.keyboard.press("Control+Home");
  const before = await third.boundingBox();
  await page.keyboard.type("   ");
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveCount(0);
  await expect(third.getByRole("list")).toContainText("@alert.labels");
  await page.waitForTimeout(300);
  expect(await third.boundingBox()).toEqual(before);
});

test("the arrow keys go from alert to alert and on to what was rejected", async ({ playground, page }) => {
  await playground.write("Configuration", BODY);
  await playground.write("Payload", list(2));
  const alerts = playground.region("Alerts");
  await expect(alerts).toContainText("2 alerts · 1 rejected");
  await playground.cards.first().getByRole("heading").getByRole("button").focus();
  await page.keyboard.press("ArrowDown");
  await expect(playground.cards.nth(1).getByRole("heading").getByRole("button")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(alerts.getByRole("button", { name: /^Alert 3: no primary value/ })).toBeFocused();
  await page.keyboard.press("Home");
  await expect(playground.cards.first().getByRole("heading").getByRole("button")).toBeFocused();
});
