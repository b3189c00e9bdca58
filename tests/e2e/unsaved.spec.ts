import type { BrowserContext, Page } from "@playwright/test";
import { expect, Playground, test } from "./page.ts";

const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const QUESTION = "Keep this work on this device?";
const OWN = '{"alerts": [{"status": "firing", "labels": {"instance": "web-7", "alertname": "Mine"}}]}';

/** Whether the browser asks before the page goes. */
async function asksBeforeLeaving(page: Page): Promise<boolean> {
  let asked = false;
  page.once("dialog", (dialog) => {
    asked = dialog.type() === "beforeunload";
    void dialog.accept();
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
  return asked;
}

async function another(context: BrowserContext): Promise<Playground> {
  const playground = new Playground(await context.newPage());
  await playground.open();
  return playground;
}

async function write(playground: Playground, text = OWN): Promise<void> {
  await playground.write("Payload", text);
  await expect(playground.cards.first()).toContainText(/web-|Mine/);
}

test("before own work goes, the browser asks", async ({ playground, page }) => {
  await write(playground);
  expect(await asksBeforeLeaving(page)).toBe(true);
});

test("without own work, or with none that is not saved, it does not", async ({ playground, page, context }) => {
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await playground.editor("Payload").click();
  expect(await asksBeforeLeaving(page)).toBe(false);

  const saved = await another(context);
  await write(saved);
  const download = saved.page.waitForEvent("download");
  await saved.page.getByRole("button", { name: "Save", exact: true }).click();
  await download;
  expect(await asksBeforeLeaving(saved.page)).toBe(false);

  const undone = await another(context);
  await write(undone);
  await undone.page.getByRole("button", { name: "Undo", exact: true }).click();
  expect(await asksBeforeLeaving(undone.page)).toBe(false);
});

test("after the first edit the page asks once whether to keep the work", async ({ playground, page, context }) => {
  await write(playground);
  await expect(messages(page)).toContainText(QUESTION);
  await playground.useAsSample.click();
  await expect(messages(page)).toContainText("now the sample");
  await messages(page).getByRole("button", { name: "Close the message" }).click();
  await expect(messages(page), "it is still not answered").toContainText(QUESTION);
  await messages(page).getByRole("button", { name: "Not now" }).click();
  await write(playground, OWN.replace("web-7", "web-8"));
  // Longer than it took the first time.
  await page.waitForTimeout(4_000);
  await expect(messages(page)).not.toContainText(QUESTION);
  expect(await asksBeforeLeaving(page)).toBe(true);

  const other = await another(context);
  await write(other);
  await expect(messages(other.page)).toContainText(QUESTION);
  await messages(other.page).getByRole("button", { name: "Keep", exact: true }).click();
  await expect(messages(other.page)).toContainText("Your work is now kept on this device");
  expect(await asksBeforeLeaving(other.page)).toBe(false);

  const next = await another(context);
  await expect.poll(() => next.text("Payload")).toBe(OWN);
  await next.page.getByRole("button", { name: "Settings" }).click();
  const keep = next.page.getByRole("switch", { name: "Keep my work on this device" });
  await expect(keep).toBeChecked();
  await keep.click();
  await expect(messages(next.page)).toContainText("what was kept has been deleted");
  await next.page.keyboard.press("Escape");
  expect(await asksBeforeLeaving(next.page), "now it is only here").toBe(true);
});

test("the question takes the place of a note, and waits for an error", async ({ playground, page }) => {
  await page.clock.install();
  await write(playground);
  const picture = { name: "picture.json", mimeType: "application/json", buffer: Buffer.from([0xff, 0xd8]) };
  await page.locator("input[type=file]").first().setInputFiles(picture);
  await expect(messages(page).getByRole("alert")).not.toHaveText("");
  await page.clock.runFor(6_000);
  await expect(messages(page)).not.toContainText(QUESTION);
  await playground.tab("Result", "Code");
  await playground.region("Code").getByRole("button", { name: "Download" }).click();
  await expect(messages(page).getByRole("status")).toContainText("Saved as");
  await page.clock.runFor(6_000);
  await expect(messages(page)).toContainText(QUESTION);
});

test("two tabs keep their own work, and both come back", async ({ playground, page, context }) => {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("switch", { name: "Keep my work on this device" }).click();
  await expect(messages(page)).toContainText("Your work is now kept");
  await page.keyboard.press("Escape");
  await write(playground);

  const other = await another(context);
  await expect(messages(other.page)).toContainText("Another tab keeps its own work");
  await write(other, OWN.replace("web-7", "web-9"));
  await other.page.waitForTimeout(1_500);
  expect(await asksBeforeLeaving(other.page)).toBe(false);
  await page.waitForTimeout(1_500);
  expect(await asksBeforeLeaving(page)).toBe(false);

  const first = await another(context);
  await expect.poll(() => first.text("Payload")).toContain("web-9");
  const second = await another(context);
  await expect.poll(() => second.text("Payload")).toContain("web-7");
});

for (const [name, why] of [
  ["QuotaExceededError", "This device has no storage left"],
  ["UnknownError", "does not let the page store data"],
] as const) {
  test(`${name}: the page says so, and nothing is lost`, async ({ playground, page }) => {
    await page.evaluate((name) => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("", name);
      };
    }, name);
    await write(playground);
    await expect(messages(page)).toContainText(QUESTION);
    await messages(page).getByRole("button", { name: "Keep", exact: true }).click();
    await expect(messages(page).getByRole("alert")).toContainText(why);
    await page.getByRole("button", { name: "Settings" }).click();
    await expect(page.getByRole("switch", { name: "Keep my work on this device" })).not.toBeChecked();
    await page.keyboard.press("Escape");
    const download = page.waitForEvent("download");
    await messages(page).getByRole("button", { name: "Save as a file" }).click();
    expect((await download).suggestedFilename()).toBe("oim-playground.json");
    await write(playground, OWN.replace("web-7", "web-8"));
    expect(await asksBeforeLeaving(page)).toBe(true);
  });
}
