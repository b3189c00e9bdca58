import type { Page } from "@playwright/test";
import { expect, type Playground, type Region, test } from "./page.ts";

async function box(playground: Playground, name: Region) {
  const found = await playground.region(name).boundingBox();
  if (!found) throw new Error(`${name} is not in view`);
  return found;
}

const splitter = (page: Page, name: string) => page.getByRole("separator", { name });

/** Takes the configuration's text an error, and gives it back. */
async function breakAndMend({ page }: Playground): Promise<void> {
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("x");
}

test("Problems is one line until there are any, and then typing moves nothing", async ({ playground, page }) => {
  expect((await box(playground, "Problems")).height).toBeLessThan(44);
  await playground.tab("Configuration", "JSON");
  await playground.editor("Configuration").click();
  await breakAndMend(playground);
  await expect(playground.problems.first()).toBeVisible();
  const cards = await playground.cards.first().boundingBox();
  const places = await Promise.all([box(playground, "Problems"), box(playground, "Configuration")]);
  await expect(playground.region("Alerts")).toContainText("from before the error");
  expect(places[0].height).toBeGreaterThan(100);
  await page.keyboard.press("Backspace");
  await expect(playground.problems).toHaveCount(0);
  expect(await Promise.all([box(playground, "Problems"), box(playground, "Configuration")])).toEqual(places);
  await expect(playground.region("Alerts")).not.toContainText("from before the error");
  expect(await playground.cards.first().boundingBox()).toEqual(cards);
  await page.getByRole("combobox", { name: "Example" }).selectOption({ index: 1 });
  await page.getByRole("combobox", { name: "Example" }).selectOption({ index: 0 });
  await expect.poll(async () => (await box(playground, "Problems")).height).toBeLessThan(44);
});

test("the cursor stays in view when Problems takes room", async ({ playground, page }) => {
  await playground.editor("Payload").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x");
  await expect(playground.problems.first()).toBeVisible();
  const last = playground.editor("Payload").getByText("}x");
  await expect(last).toBeInViewport({ ratio: 1 });
  const [line, panel] = [await last.boundingBox(), await box(playground, "Payload")];
  expect((line?.y ?? 9999) + (line?.height ?? 0)).toBeLessThanOrEqual(panel.y + panel.height);
});

test("the lines between panels move with the keyboard", async ({ playground, page }) => {
  const line = splitter(page, "Width of Payload");
  await expect(line).toHaveAttribute("aria-orientation", "vertical");
  const before = await box(playground, "Payload");
  const now = Number(await line.getAttribute("aria-valuenow"));
  await line.focus();
  await page.keyboard.press("ArrowRight");
  await expect(line).toHaveAttribute("aria-valuenow", String(now + 2));
  expect((await box(playground, "Payload")).width).toBeGreaterThan(before.width + 20);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => (await box(playground, "Payload")).width).toBeCloseTo(before.width, 0);
  await page.keyboard.press("Home");
  await expect(line).toHaveAttribute("aria-valuenow", (await line.getAttribute("aria-valuemin")) ?? "");
  await page.keyboard.press("End");
  await expect(line).toHaveAttribute("aria-valuenow", (await line.getAttribute("aria-valuemax")) ?? "");
  expect((await box(playground, "Configuration")).width, "the neighbour keeps some room").toBeGreaterThan(150);
});

test("the lines between panels move with the pointer, and a double click takes them back", async ({
  playground,
  page,
}) => {
  const line = splitter(page, "Width of Configuration");
  const before = await box(playground, "Alerts");
  const place = await line.boundingBox();
  if (!place) throw new Error("no splitter");
  await page.mouse.move(place.x + place.width / 2, place.y + 200);
  await page.mouse.down();
  await page.mouse.move(place.x + place.width / 2 - 100, place.y + 220, { steps: 4 });
  await page.mouse.up();
  const after = await box(playground, "Alerts");
  expect(after.width).toBeCloseTo(before.width + 100, -1);
  await page.mouse.move(100, 400);
  expect(await box(playground, "Alerts"), "the pointer has let go of it").toEqual(after);
  await line.dblclick();
  await expect.poll(async () => (await box(playground, "Alerts")).width).toBeCloseTo(before.width, 0);
});

for (const keeps of [false, true]) {
  test(`where the lines are is ${keeps ? "kept with the work" : "not kept unasked"}`, async ({ playground, page }) => {
    if (keeps) {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("switch", { name: "Keep my work on this device" }).click();
      await expect(page.getByRole("region", { name: "Messages" })).toContainText("now kept");
      await page.keyboard.press("Escape");
    }
    const line = splitter(page, "Width of Payload");
    await line.focus();
    await page.keyboard.press("Home");
    await expect(line).toHaveAttribute("aria-valuenow", "15");
    await playground.open();
    await expect(line).toHaveAttribute("aria-valuenow", keeps ? "15" : "31");
  });
}

test("the height of the problems can be chosen", async ({ playground, page }) => {
  const line = splitter(page, "Height above Problems");
  await expect(line).toHaveCount(0);
  await playground.write("Configuration", "{");
  await expect(line).toBeVisible();
  await expect(line).toHaveAttribute("aria-orientation", "horizontal");
  const before = await box(playground, "Problems");
  await line.focus();
  await page.keyboard.press("ArrowUp");
  expect((await box(playground, "Problems")).height).toBeGreaterThan(before.height + 10);
});

for (const width of [1024, 1280]) {
  test(`at ${width} pixels the rules are left and the result is right`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 768 });
    const [payload, rules, alerts] = await Promise.all(
      (["Payload", "Configuration", "Alerts"] as const).map((name) => box(playground, name)),
    );
    if (!payload || !rules || !alerts) throw new Error("not all in view");
    expect(payload.y + payload.height).toBeLessThanOrEqual(rules.y);
    expect(rules.x + rules.width).toBeLessThanOrEqual(alerts.x);
    for (const { y, height } of [payload, rules, alerts]) expect(y + height).toBeLessThanOrEqual(768);
    const scrolls = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    expect(scrolls, "all is in view").toBeLessThanOrEqual(0);
    const line = splitter(page, "Height of Payload");
    await line.focus();
    await page.keyboard.press("ArrowDown");
    expect((await box(playground, "Payload")).height).toBeGreaterThan(payload.height);
    await playground.write("Configuration", "{");
    await expect(playground.problems.first()).toBeInViewport();
  });
}

test("the view of the alerts can be changed without moving its buttons", async ({ playground, page }) => {
  const view = (name: string) => playground.region("Alerts").getByRole("radio", { name });
  for (const width of [1440, 1024]) {
    await page.setViewportSize({ width, height: 800 });
    await view("Cards").click();
    const before = await view("Table").boundingBox();
    await view("Table").click();
    await expect(playground.region("Alerts").getByText("Columns")).toBeVisible();
    expect(await view("Table").boundingBox()).toEqual(before);
  }
});

test("enlarged four times, header and bottom bar leave most of the screen to the work", async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 256 });
  const bar = await page.getByRole("navigation", { name: "Parts of the page" }).boundingBox();
  expect(bar?.height).toBeLessThan(36);
  const header = await page.getByRole("banner").boundingBox();
  expect((header?.height ?? 999) + (bar?.height ?? 999)).toBeLessThan(256 * 0.7);
  expect((await box(playground, "Payload")).y).toBeLessThan(256 * 0.6);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBe(0);
  await page.getByRole("button", { name: "Menu" }).click();
  for (const name of ["Undo", "Open", "Save", "Share", "Settings", "What is OIM?", "Guide"])
    await expect(page.getByRole("menuitem", { name })).toHaveCount(1);
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
});

test("the header of the page takes one line on a small laptop", async ({ playground, page }) => {
  for (const width of [1440, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const { height } = (await page.getByRole("banner").boundingBox()) ?? { height: 0 };
    expect(height, `${width} pixels`).toBeLessThan(45);
  }
  await expect(playground.region("Configuration")).toBeVisible();
});

for (const width of [1440, 1024])
  test(`the headers of panels take one line, ${width} pixels wide`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 900 });
    const high = () =>
      page.evaluate(() => {
        const found: string[] = [];
        const look = (root: Document | ShadowRoot) => {
          for (const element of root.querySelectorAll("*")) {
            const { height } = element.getBoundingClientRect();
            if (element.matches(".head, oim-form-version header") && element.checkVisibility() && height > 44)
              found.push(`${element.closest("section")?.ariaLabel ?? element.textContent}: ${height}`);
            if (element.shadowRoot) look(element.shadowRoot);
          }
        };
        look(document);
        return found;
      });
    expect(await high(), "the form").toEqual([]);
    const migrate = await page.getByRole("button", { name: "Migrate to version 2" }).boundingBox();
    const heading = await page.getByRole("heading", { name: "Version", exact: true }).boundingBox();
    expect(Math.abs((migrate?.y ?? 0) - (heading?.y ?? 99))).toBeLessThan(12);
    const alerts = [...Array(12)].map((_, index) => (index < 10 ? {} : { labels: { instance: `db-${index}` } }));
    const files = ["the-problem-of-a-database.json", "and-its-recovery.json"].map((name) => ({
      name,
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify({ alerts })),
    }));
    await page.locator("input[type=file]").first().setInputFiles(files);
    await expect(playground.region("Alerts")).toContainText("2 alerts · 10 rejected");
    await expect(page.getByRole("group", { name: "Payloads" })).toHaveText(/the-problem-of-a-database\.json,\s*1 of 2/);
    await playground.tab("Configuration", "JSON");
    expect(await high(), "several payloads, and rejected alerts").toEqual([]);
    await playground.editor("Configuration").click();
    await breakAndMend(playground);
    await expect(page.getByRole("tab", { name: "JSON 1" })).toBeVisible();
    expect(await high(), "an error").toEqual([]);
    await page.keyboard.press("Backspace");
    for (const tab of ["Why", "Timeline", "Compare", "Code"]) {
      await playground.tab("Result", tab);
      await expect(playground.region("Result").getByRole("tab", { name: tab, selected: true })).toBeVisible();
      expect(await high(), tab).toEqual([]);
    }
  });
