import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

async function choose(page: Page, topic: string): Promise<void> {
  await page.getByRole("button", { name: "Help", exact: true }).click();
  await page.getByRole("menuitem", { name: topic }).click();
}

test("a newcomer reads what OIM is, what it takes and what to do", async ({ playground, page }) => {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("BigPanda OIM configuration playground");
  const button = page.getByRole("button", { name: "What is OIM?" });
  await button.click();
  const about = page.getByRole("dialog", { name: "Open Integration Manager (OIM)" });
  await expect(about).toContainText("permission for the Integrations section and the Open Integration Manager");
  await expect(about).toContainText("Wait ten minutes");
  await expect(about.getByRole("listitem")).toHaveCount(3);
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(about).toBeHidden();
  await expect(button).toBeFocused();
  await expect(playground.cards.first()).toBeVisible();
});

test("the help has a guide, the rules, the codes and the version", async ({ playground, page }) => {
  await choose(page, "Guide");
  const dialog = (name: string) => page.getByRole("dialog", { name, exact: true });
  await expect(dialog("Guide").getByRole("listitem")).toHaveCount(6);
  await dialog("Guide").getByRole("button", { name: "Close" }).click();
  await choose(page, "How rules work");
  await expect(dialog("How rules work").getByRole("term").filter({ hasText: "Identity" })).toBeVisible();
  await page.keyboard.press("Escape");

  await choose(page, "Diagnostic codes");
  const codes = dialog("Diagnostic codes");
  await codes.getByRole("searchbox", { name: "Find a code" }).fill("map-remaining-sp");
  await expect(codes.getByRole("status")).toHaveText("1 code");
  await codes.getByText("map-remaining-spelling").click();
  await expect(codes.getByText("info, documented by BigPanda")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(codes).toBeHidden();

  await page.getByRole("button", { name: "Help", exact: true }).click();
  await expect(page.getByRole("menuitem", { name: /^Version \d+\.\d+\.\d+/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(playground.cards.first()).toBeVisible();
});

test("? lists the keys, unless it is typed", async ({ playground, page }) => {
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts", exact: true });
  await page.getByRole("button", { name: "Share" }).focus();
  await page.keyboard.press("?");
  await expect(keys).toBeVisible();
  await expect(keys.getByRole("term").filter({ hasText: "Ctrl+Z" })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await playground.write("Payload", "");
  await playground.editor("Payload").press("?");
  await expect.poll(() => playground.text("Payload")).toBe("?");
  await expect(keys).toBeHidden();
});

for (const width of [1440, 390]) {
  test(`the header and the help fit into ${width} pixels`, async ({ playground, page }, info) => {
    await page.setViewportSize({ width, height: 900 });
    await expect(playground.cards.first()).toBeVisible();
    const menu = page.getByRole("button", { name: "Menu" });
    // On a phone the header has a menu for all that is not needed at once.
    const isPhone = await menu.isVisible();
    const open = async (name: string) => {
      await (isPhone ? menu : page.getByRole("button", { name: "Help", exact: true })).click();
      await page.getByRole("menuitem", { name }).click();
    };
    if (isPhone) await open("What is OIM?");
    else await page.getByRole("button", { name: "What is OIM?" }).click();
    await expect(page.getByRole("dialog", { name: "Open Integration Manager (OIM)" })).toBeInViewport({ ratio: 1 });
    await page.screenshot({ path: info.outputPath("about.png") });
    await page.keyboard.press("Escape");
    await open("Keyboard shortcuts");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await page.screenshot({ path: info.outputPath("keys.png") });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(excess).toBeLessThanOrEqual(0);
  });
}
