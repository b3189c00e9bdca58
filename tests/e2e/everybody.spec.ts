import { expect, test } from "./page.ts";

test("the keyboard alone gets in and out of the editors and asks why", async ({ playground, page }) => {
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Skip to the payload" })).toBeFocused();
  for (const name of ["configuration", "result", "problems"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: `Skip to the ${name}` })).toBeFocused();
  }
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "What is OIM?" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("combobox", { name: "Example" })).toBeFocused();
  for (const name of ["Your payload", "Suggest", "Undo", "Redo", "Open", "Save", "Share", "Settings", "Help"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name, exact: true })).toBeFocused();
  }
  await page.keyboard.press("Tab");
  await expect(playground.region("Payload").getByRole("tab", { name: "Text" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Format the payload" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(playground.editor("Payload")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(playground.region("Configuration").getByRole("tab", { name: "Form" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(playground.region("Configuration").getByRole("tab", { name: "JSON" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(playground.useAsSample).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Format the configuration" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(playground.editor("Configuration")).toBeFocused();
  for (let back = 0; back < 4; back++) await page.keyboard.press("Shift+Tab");
  await expect(playground.editor("Payload")).toBeFocused();

  await page.getByRole("button", { name: "Skip to the result" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const card = playground.cards.first();
  await expect(card.getByRole("heading").getByRole("button")).toBeFocused();
  await page.keyboard.press("Tab");
  const why = card.getByRole("button", { name: "why? status" });
  await expect(why).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(why).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(card.getByRole("button", { pressed: true })).toContainText("@alert.status");
});

test("Enter on a problem moves the cursor to its place", async ({ playground, page }) => {
  await playground.write("Payload", '{"a": 1,\n "b": }');
  const problem = playground.problems.filter({ hasText: "json-syntax" });
  await expect(problem).toContainText("Payload 2:7");
  await problem.getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await expect(playground.editor("Payload")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("2");
  await expect(problem).toHaveCount(0);
});

for (const width of [320, 390, 900, 1440]) {
  test(`nothing scrolls sideways at ${width} pixels`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const name of ["why? status", "why? host"])
      await playground.cards.first().getByRole("button", { name, exact: true }).click();
    await playground.tab("Configuration", "JSON");
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBe(0);
    const boxes = await Promise.all(
      (["Payload", "Configuration"] as const).map((name) => playground.region(name).boundingBox()),
    );
    const [payload, config] = boxes;
    const stacked = (config?.y ?? 0) >= (payload?.y ?? 0) + (payload?.height ?? 0);
    expect(stacked).toBe(width < 700);
  });
}

test("on a phone the outcome is a tap away", async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(playground.cards.first()).not.toBeInViewport();
  await page.getByRole("navigation", { name: "Parts of the page" }).getByRole("button", { name: "2 alerts" }).click();
  await expect(playground.cards.first()).toBeInViewport();
  await page.getByRole("navigation", { name: "Parts of the page" }).getByRole("button", { name: "Payload" }).click();
  await expect(playground.editor("Payload")).toBeInViewport();
});

test("light and dark follow the system", async ({ playground, page }) => {
  const background = () => playground.region("Alerts").evaluate((region) => getComputedStyle(region).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await background()).not.toBe(light);
});
