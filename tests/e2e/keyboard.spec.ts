import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";

/** The ids of what has the focus, through all shadow trees. */
function focusPath(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (let active = document.activeElement; active; active = active.shadowRoot?.activeElement ?? null)
      found.push(active.id);
    return found;
  });
}

test("F6 goes through the panels, Shift+F6 back", async ({ playground, page }) => {
  const focused = async (key: string) => {
    await page.keyboard.press(key);
    return focusPath(page);
  };
  expect(await focused("F6")).toContain("header");
  expect(await focused("F6")).toContain("payload");
  await expect(playground.editor("Payload")).toBeFocused();
  expect(await focused("F6")).toContain("form");
  expect(await focused("F6")).toContain("alerts");
  expect(await focused("F6")).toContain("problems");
  expect(await focused("F6")).toContain("header");
  expect(await focused("Shift+F6")).toContain("problems");
  expect(await focused("Shift+F6")).toContain("alerts");
  await playground.tab("Payload", "Fields");
  expect(await focused("F6")).toContain("form");
  expect(await focused("Shift+F6"), "every panel can be reached").toContain("input");
});

test("F6 reaches a message that is shown, after the problems", async ({ playground, page }) => {
  const message = page.getByRole("region", { name: "Messages" });
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await expect(message).toContainText("The example Zabbix is in place.");
  await playground.region("Problems").focus();
  await page.keyboard.press("F6");
  await expect(message.getByRole("button", { name: "Undo this change" })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(page.getByRole("button", { name: "What is OIM?" })).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await page.keyboard.press("Escape");
  await expect(message.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "What is OIM?" })).toBeFocused();
});

test("what has the focus has a name, and so does each alert", async ({ playground, page }) => {
  const article = page.getByRole("article", { name: "db-04.example.net:9100 · DiskAlmostFull", exact: true });
  await expect(article).toHaveCount(1);
  await expect(article.getByRole("heading")).toHaveAccessibleName("critical db-04.example.net:9100 · DiskAlmostFull");
  for (const [column, tab] of [
    ["Payload", "Fields"],
    ["Payload", "Type in"],
    ["Configuration", "Form"],
    ["Result", "Alerts"],
    ["Result", "Why"],
  ] as const) {
    await playground.tab(column, tab);
    await page
      .getByRole("button", { name: `Skip to the ${column.toLowerCase()}` })
      .evaluate((button: HTMLElement) => button.click());
    const name = await page.evaluate(() => {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      return focused?.role && (focused.ariaLabel ?? focused.textContent);
    });
    expect(name, `${column}, ${tab}`).toBeTruthy();
  }
});

test("each panel is a skip link away", async ({ playground, page }) => {
  for (const [name, target] of [
    ["Skip to the payload", playground.editor("Payload")],
    ["Skip to the problems", playground.region("Problems")],
  ] as const) {
    const link = page.getByRole("navigation", { name: "Skip to a panel" }).getByRole("button", { name });
    await link.focus();
    await expect(link).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(target).toBeFocused();
  }
  await page.getByRole("button", { name: "Skip to the configuration" }).focus();
  await page.keyboard.press("Enter");
  expect(await focusPath(page)).toContain("form");
});

test("Ctrl+Enter proposes a configuration, also from an editor", async ({ playground, page }) => {
  const before = await playground.text("Payload");
  await playground.editor("Payload").click();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: "Proposed configuration" })).toBeVisible();
  expect(await playground.text("Payload"), "no new line").toBe(before);
});

test("the list of keys names them", async ({ playground, page }) => {
  await playground.region("Result").getByRole("tab").first().focus();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const key of ["F6", "Shift+F6", "Ctrl+Enter", "Home"])
    await expect(list.getByText(key, { exact: true }).first()).toBeVisible();
  await expect(list).toContainText("line between panels");
  await page.keyboard.press("F6");
  await expect(list.locator(":focus")).toHaveCount(1);
});
