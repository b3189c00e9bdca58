import type { Locator } from "@playwright/test";
import { expect, type Playground, test } from "./page.ts";

const PAYLOAD =
  '{"node": "db1", "test": "disk", "state": "bad", "at": 1742283730, "labels": {"team": "a", "env": "b"}}';

function fields({ page }: Playground): Locator {
  return page.getByRole("region", { name: "Fields", exact: true });
}

async function start(playground: Playground, payload = PAYLOAD, body = "{}"): Promise<Locator> {
  await playground.write("Payload", payload);
  await playground.write("Configuration", body);
  await playground.tab("Payload", "Fields");
  return fields(playground);
}

async function config(playground: Playground): Promise<Record<string, unknown>> {
  return (JSON.parse(await playground.text("Configuration")) as { config: Record<string, unknown> }).config;
}

test("a configuration is built by pointing at the payload", async ({ playground, page }) => {
  const list = await start(playground);
  const menu = page.getByRole("dialog");
  const map = async (path: string, choice: string) => {
    await list.getByRole("button", { name: new RegExp(`^${path} `) }).hover();
    await list.getByRole("button", { name: `Map ${path}`, exact: true }).click();
    await menu.getByRole("button", { name: choice, exact: true }).click();
    await expect(menu).toBeHidden();
  };
  await map("node", "Primary");
  await map("test", "Secondary");
  await map("state", "critical");
  await map("at", "Time");
  await map("labels", "Flatten: a tag for each of its fields");
  expect(await config(playground)).toEqual({
    status: { source: ["state"], status_map: { critical: ["bad"] } },
    primary_property: { name: "node", source: ["node"] },
    secondary_property: { name: "test", source: ["test"] },
    additional_attributes: [{ source: ["labels"], flatten: true }],
    timestamp: { source: ["at"] },
  });
  const card = playground.cards.first();
  await expect(card.getByRole("heading")).toHaveText(/critical\s*db1 · disk/);
  await expect(list.getByRole("button", { name: /^node string .*feeds node/ })).toBeVisible();
  await expect(list.getByRole("button", { name: /^labels\.team string .*feeds team/ })).toBeVisible();
});

test("the keyboard alone filters, walks and maps", async ({ playground, page }) => {
  const list = await start(playground);
  await list.getByRole("searchbox").focus();
  await page.keyboard.type("sta");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  const field = list.getByRole("button", { name: /^state string/ });
  await expect(field).toBeFocused();
  await page.keyboard.press("m");
  const menu = page.getByRole("dialog", { name: "state" });
  await expect(menu.getByRole("textbox", { name: "Name of the new tag" })).toHaveValue("state");
  await expect(menu.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("bad name!");
  await expect(menu.getByRole("button", { name: "Add tag" })).toBeDisabled();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("condition");
  await page.keyboard.press("Enter");
  await expect(menu).toBeHidden();
  await expect(field).toBeFocused();
  expect(await config(playground)).toEqual({ additional_attributes: [{ name: "condition", source: ["state"] }] });
  await page.keyboard.press("m");
  await page.keyboard.press("Escape");
  await expect(field).toBeFocused();
});

test("an array is made the alerts", async ({ playground, page }) => {
  const list = await start(playground, '{"data": {"events": [{"host": "a"}, {"host": "b"}]}}');
  await list.getByRole("button", { name: /^data\.events array/ }).hover();
  await list.getByRole("button", { name: "Map data.events", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "These are the alerts" }).click();
  await expect(list.getByRole("button", { name: /^@alert\.host string ×2 a$/ })).toBeVisible();
  expect(await config(playground)).toEqual({ is_array: true, array_source: "data.events" });
});

test("a thousand fields stay in hand", async ({ playground }) => {
  const payload = JSON.stringify(
    Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`field${index}`, index])),
  );
  const list = await start(playground, payload);
  await expect(list.getByRole("status")).toHaveText("1,000 fields");
  await list.getByRole("searchbox").fill("field999");
  await expect(list.getByRole("listitem")).toHaveCount(1);
});

test("values of the user are text, whatever they hold", async ({ playground, page }) => {
  const list = await start(
    playground,
    JSON.stringify({ "<b>x</b>": "<img src=x onerror=alert(1)>\u202e\u0000", "a.b": { "": 1 } }),
  );
  await expect(list.getByRole("button", { name: /^<b>x<\/b> string/ })).toContainText("<img src=x");
  await expect(page.locator("oim-fields img")).toHaveCount(0);
});

test("fields and values that are typed make a sample payload", async ({ playground, page }) => {
  await playground.write("Payload", "{}");
  await playground.write("Configuration", "{}");
  await playground.tab("Payload", "Type in");
  const panel = page.getByRole("region", { name: "Type in", exact: true });
  const add = async (name: string, value: string) => {
    await panel.getByRole("textbox", { name: "Name of a new field" }).fill(name);
    await panel.getByRole("textbox", { name: "Value of the new field" }).fill(value);
    await page.keyboard.press("Enter");
    await expect(panel.getByRole("textbox", { name: `Value of ${name}` })).toHaveValue(value);
  };
  await add("host", "db1");
  await add("labels.count", "12");
  await add("labels.on", "true");
  expect(JSON.parse(await playground.text("Payload"))).toEqual({ host: "db1", labels: { count: 12, on: true } });
  await panel.getByRole("combobox", { name: "Kind of labels.count" }).selectOption("text");
  await expect
    .poll(async () => JSON.parse(await playground.text("Payload")))
    .toEqual({ host: "db1", labels: { count: "12", on: true } });
  await panel.getByRole("textbox", { name: "Name of a new field" }).fill("host.name");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("status")).toContainText("host holds a value");
  await panel.getByRole("button", { name: "+ Alert" }).click();
  await expect(panel.getByRole("button", { name: "Alert 2", exact: true })).toHaveAttribute("aria-pressed", "true");
  await panel.getByRole("textbox", { name: "Value of host" }).fill("db2");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () =>
      (JSON.parse(await playground.text("Payload")) as { alerts: { host: string }[] }).alerts.map(({ host }) => host),
    )
    .toEqual(["db1", "db2"]);
  expect(await config(playground)).toEqual({ is_array: true, array_source: "alerts" });
});

test("a value in the payload is mapped from where the pointer rests on it", async ({ playground, page }) => {
  await start(playground, PAYLOAD, "{}");
  await playground.tab("Payload", "Text");
  await playground.editor("Payload").getByText('"bad"', { exact: true }).hover();
  await page.locator(".cm-oim-hover").getByRole("button", { name: "Map…" }).click();
  const menu = page.getByRole("dialog");
  await expect(menu).toContainText("string: bad");
  await menu.getByRole("group", { name: "bad means" }).getByRole("button", { name: "critical", exact: true }).click();
  await expect(menu).toBeHidden();
  await expect(playground.editor("Payload")).toBeFocused();
  expect((await config(playground)).status).toEqual({ source: ["state"], status_map: { critical: ["bad"] } });
});

test("each row of the fields shows its menu without the pointer on it", async ({ playground, page }) => {
  const list = await start(playground);
  await page.mouse.move(0, 0);
  const buttons = list.getByRole("button", { name: /^Map / });
  await expect(buttons.first()).toHaveText("Map…");
  expect(await buttons.evaluateAll((all) => all.every((one) => getComputedStyle(one).opacity === "1"))).toBe(true);
});
