/** What the rules do over all open payloads, beside each source, value and default of the form. */
import type { Locator, Page } from "@playwright/test";
import { expect, type Playground, test } from "./page.ts";

const CONFIG = JSON.stringify({
  config: {
    status: { source: ["state"], default_to: "unknown", status_map: { critical: ["down"], ok: ["up", "fine"] } },
    primary_property: { name: "host", source: ["node", "address"] },
    additional_attributes: [{ name: "zone", source: ["place.zone"], default_to: "nowhere" }],
  },
  sample_payload: { node: "n", address: "a", state: "down", place: { zone: "z" } },
});
const CONFIG_2 = JSON.stringify({
  config: {
    version: "2.0",
    status: { source: ["state"], status_map: { critical: ["down"] } },
    primary_property: [{ name: "service" }, { name: "host" }],
    secondary_property: [{ name: "check" }],
    additional_attributes: [
      { name: "host", source: ["node"] },
      { name: "service", source: ["app"] },
      { name: "check", source: ["test"] },
    ],
  },
  sample_payload: { node: "n", app: "a", test: "t", state: "down" },
});
const PAYLOADS = [
  { node: "a", state: "down", place: { zone: "west" } },
  { node: "b", state: "flapping" },
  { address: "192.0.2.1", state: "up" },
];

async function open(playground: Playground, config: string, payloads: readonly object[]): Promise<Locator> {
  const { page } = playground;
  await playground.write("Configuration", config);
  const buffer = Buffer.from(payloads.map((payload) => JSON.stringify(payload)).join("\n"));
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "events.ndjson", mimeType: "application/x-ndjson", buffer });
  await expect(page.getByRole("group", { name: "Payloads" })).toContainText(`1 of ${payloads.length}`);
  await playground.tab("Configuration", "Form");
  return page.getByRole("region", { name: "Form", exact: true });
}

function number(form: Locator, label: string): Locator {
  return form.getByRole("button", { name: new RegExp(`^${label}: used in`) });
}

test("each source, value and default says how often it is used", async ({ playground }) => {
  const form = await open(playground, CONFIG, PAYLOADS);
  await expect(number(form, "node")).toHaveText("2 of 3");
  await expect(number(form, "address")).toHaveText("1 of 3");
  await expect(number(form, "down")).toHaveText("1 of 3");
  await expect(number(form, "fine")).toHaveText("0 of 3");
  await expect(number(form, "the default status")).toHaveText("1 of 3");
  await expect(number(form, "the default of zone")).toHaveText("2 of 3");

  // An edit is counted once typing rests.
  await form.getByRole("combobox", { name: "Add a value to values for warning" }).fill("flapping");
  await playground.page.keyboard.press("Enter");
  await expect(number(form, "flapping")).toHaveText("1 of 3");
  await expect(number(form, "the default status")).toHaveText("0 of 3");
});

test("the payloads behind a number are listed, and opened, by keyboard", async ({ playground, page }) => {
  const form = await open(playground, CONFIG, PAYLOADS);
  await expect(number(form, "address")).toHaveText("1 of 3");
  await form.getByRole("button", { name: /^node, source 1 of 2/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(number(form, "node")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(number(form, "address")).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = form.getByRole("dialog", { name: "Payloads for address" });
  await expect(dialog).toContainText("address in 3 alerts of 3 payloads");
  await expect(dialog.getByRole("list", { name: "used: 1" })).toHaveText(/^\s*Payload 3/);
  await expect(dialog.getByRole("list", { name: "not reached: 2" })).toHaveText(/Payload 1.*Payload 2/s);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(number(form, "address")).toBeFocused();

  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: /^Payload 3/ }).click();
  await expect(page.getByRole("group", { name: "Payloads" })).toContainText("3 of 3");
  expect(await playground.text("Payload")).toBe(JSON.stringify(PAYLOADS[2]));
  await expect(dialog).toBeHidden();
  await expect(number(form, "address")).toHaveText("1 of 3");
});

test("payloads of several files are listed by their names", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await page.locator("input[type=file]").setInputFiles(
    PAYLOADS.slice(0, 2).map((payload, number) => ({
      name: `event-${number + 1}.json`,
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(payload)),
    })),
  );
  await playground.tab("Configuration", "Form");
  const form = page.getByRole("region", { name: "Form", exact: true });
  await number(form, "the default status").click();
  await form.getByRole("button", { name: "Payload 2, event-2.json" }).click();
  expect(await playground.text("Payload")).toBe(JSON.stringify(PAYLOADS[1]));
});

test("in version 2 the tags of the properties are counted, too", async ({ playground }) => {
  const form = await open(playground, CONFIG_2, [
    { node: "a", app: "shop", test: "ping", state: "down" },
    { node: "b", test: "ping", state: "down" },
  ]);
  const primary = form.getByRole("group", { name: "Primary property" });
  await expect(number(primary, "service")).toHaveText("1 of 2");
  await expect(number(primary, "host")).toHaveText("1 of 2");
  await expect(number(form.getByRole("group", { name: "Tag service" }), "app")).toHaveText("1 of 2");
});

test("one payload of one alert has no numbers, one of several quiet ones", async ({ playground }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", JSON.stringify(PAYLOADS[0]));
  await playground.tab("Configuration", "Form");
  const form = playground.page.getByRole("region", { name: "Form", exact: true });
  await expect(form.getByRole("group", { name: "Tag zone" })).toContainText("west");
  await expect(form.getByText(/\d of \d/)).toHaveCount(0);

  const array = JSON.parse(CONFIG) as { config: Record<string, unknown> };
  Object.assign(array.config, { is_array: true, array_source: "items", primary_property: { source: ["@alert.node"] } });
  await playground.write("Configuration", JSON.stringify(array));
  await playground.write("Payload", JSON.stringify({ state: "down", items: PAYLOADS }));
  await playground.tab("Configuration", "Form");
  await expect(form.getByText("used in 2 of 2")).not.toHaveCount(0);
  await expect(form.getByRole("button", { name: /used in/ })).toHaveCount(0);
});

test("counting many payloads does not hold typing up", async ({ playground, page }) => {
  const payloads = Array.from({ length: 4000 }, (_, number) => ({
    node: `n${number}`,
    state: number % 3 === 0 ? "down" : "up",
    text: "x".repeat(600),
  }));
  const form = await open(playground, CONFIG, payloads);
  await expect(number(form, "down")).toHaveText("1334 of 4000");
  const name = form.getByRole("textbox", { name: "Name of the tag zone" });
  await name.press("End");
  const longest = await longestTask(page, async () => {
    await page.keyboard.type("area", { delay: 60 });
    await page.keyboard.press("Enter");
    await expect.poll(() => playground.text("Configuration")).toContain("zonearea");
  });
  expect(longest).toBeLessThan(250);
  await expect(number(form, "down")).toHaveText("1334 of 4000");
});

/** The longest task on the page's own thread while something is done, in milliseconds. */
async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
  await act();
  await page.waitForTimeout(600);
  return page.evaluate(() => Math.max(0, ...(window as unknown as { seen: number[] }).seen));
}
