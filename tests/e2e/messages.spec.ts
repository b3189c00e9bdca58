import type { Page } from "@playwright/test";
import { expect, type Playground, test } from "./page.ts";

const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const note = (page: Page) => messages(page).getByRole("status", { name: "Message" });
const error = (page: Page) => messages(page).getByRole("alert");

async function box(playground: Playground, name: "Payload" | "Configuration" | "Problems" | "Alerts") {
  return playground.region(name).boundingBox();
}

test("what is done is said in one place, with a way back", async ({ playground, page }) => {
  await expect(messages(page)).toContainText("Nothing is sent");
  const before = [await playground.text("Payload"), await playground.text("Configuration")];
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await expect(note(page)).toHaveText("The example Zabbix is in place.");
  await messages(page).getByRole("button", { name: "Undo this change" }).click();
  await expect(note(page)).toHaveText("Undone in the payload and the configuration.");
  expect([await playground.text("Payload"), await playground.text("Configuration")]).toEqual(before);
  const boxes = () => Promise.all((["Payload", "Problems", "Alerts"] as const).map((name) => box(playground, name)));
  const places = await boxes();
  await playground.useAsSample.press("Enter");
  await expect(note(page)).toHaveText("The sample is already this payload.");
  expect(await boxes(), "nothing moves").toEqual(places);
  await messages(page).getByRole("button", { name: "Close the message" }).click();
  await expect(messages(page)).toContainText("Nothing is sent");
});

test("Undo is offered only as long as it undoes what the message is about", async ({ playground, page }) => {
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  const undo = messages(page).getByRole("button", { name: "Undo this change" });
  await expect(undo).toBeVisible();
  await playground.write("Payload", "{}");
  await expect(undo).toHaveCount(0);
});

test("an error stays until it is closed, a note goes by itself unless someone is at it", async ({
  playground,
  page,
}) => {
  await page.clock.install();
  await playground.write("Configuration", "[]");
  await playground.useAsSample.press("Enter");
  await expect(error(page)).toHaveText("The configuration is not a request body yet: it needs config.");
  await page.clock.runFor(60_000);
  await expect(error(page)).toContainText("not a request body");
  await messages(page).getByRole("button", { name: "Close the message" }).focus();
  await page.keyboard.press("Escape");
  await expect(error(page)).toHaveText("");

  await page.getByRole("button", { name: "Your payload" }).click();
  await expect(note(page)).toHaveText("Both texts are empty now.");
  await messages(page).hover();
  await page.clock.runFor(60_000);
  await expect(note(page)).toHaveText("Both texts are empty now.");
  await page.getByRole("heading", { level: 1 }).hover();
  await page.clock.runFor(11_000);
  await expect(note(page)).toHaveText("");
});

test("the buttons of a message give the focus back", async ({ playground, page }) => {
  await playground.tab("Configuration", "JSON");
  await playground.editor("Configuration").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" ");
  await page.keyboard.press("Control+z");
  await expect(note(page)).toHaveText("Undone in the configuration.");
  await messages(page).getByRole("button", { name: "Close the message" }).focus();
  await page.keyboard.press("Enter");
  await expect(playground.editor("Configuration")).toBeFocused();
});

test("Undo keeps the focus when there is nothing left to undo", async ({ playground, page }) => {
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await expect(undo).toBeEnabled();
  await undo.focus();
  await page.keyboard.press("Enter");
  await expect(undo).toBeDisabled();
  await expect(undo).toBeFocused();
  await expect(playground.cards.first()).toBeVisible();
});

test("saving, copying and fixing give a message", async ({ playground, page }) => {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await download;
  await expect(note(page)).toHaveText("Saved as oim-playground.json.");

  await playground.tab("Result", "Code");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.region("Code").getByRole("button", { name: "Copy" }).click();
  await expect(note(page)).toHaveText("The code was copied.");

  const config = JSON.parse(await playground.text("Configuration")) as { config: Record<string, unknown> };
  config.config.statsu = config.config.status;
  delete config.config.status;
  await playground.write("Configuration", JSON.stringify(config));
  await playground.problems.getByRole("button", { name: /^Fix/ }).first().click();
  await expect(note(page)).toHaveText(/^Fixed: /);
});

test("on a phone a message lies over the page, and moves nothing", async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const before = await box(playground, "Payload");
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await expect(messages(page)).toBeInViewport({ ratio: 1 });
  expect(await box(playground, "Payload")).toEqual(before);
  await messages(page).getByRole("button", { name: "Close the message" }).click();
  await expect(note(page)).toHaveText("");
  await expect(messages(page).getByRole("button")).toHaveCount(0);
});

test("a message goes once what it says no longer holds", async ({ playground, page }) => {
  await page.getByRole("button", { name: "Your payload" }).click();
  await expect(note(page)).toHaveText("Both texts are empty now.");
  await playground.write("Payload", '{"node": "db1", "state": "down"}');
  await expect(note(page)).toHaveText("");

  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await expect(note(page)).toHaveText(/^A configuration is proposed/);
  await page.getByRole("button", { name: "Keep mine" }).click();
  await expect(note(page)).toHaveText("");

  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await expect(note(page)).toHaveText(/to check/);
  await page.getByRole("button", { name: "Use this" }).click();
  await expect(note(page)).toHaveText("The proposed configuration is in use now.");
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" }).click();
  await expect(note(page)).toHaveText("Undone in the configuration.");
  await playground.write("Configuration", "{");
  await expect(note(page)).toHaveText("");

  await page.getByRole("button", { name: "Format the configuration" }).click();
  await expect(error(page)).toHaveText(/^Only valid JSON can be formatted/);
  await playground.write("Configuration", "{}");
  await expect(error(page)).toHaveText("");
});

test("what went wrong beside the texts stays while they are edited", async ({ playground, page }) => {
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({
      name: "picture.json",
      mimeType: "application/json",
      buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    });
  await expect(error(page)).not.toHaveText("");
  const text = await error(page).textContent();
  await playground.write("Payload", "{}");
  await expect(error(page)).toHaveText(text ?? "");
});

test("the focus is never lost with a message, or with what is fixed", async ({ playground, page }) => {
  await page.getByRole("button", { name: "Your payload" }).click();
  await playground.write("Payload", '{"a": 1,}');
  const fix = playground.problems.getByRole("button", { name: "Fix: remove the comma" });
  await fix.focus();
  await page.keyboard.press("Enter");
  await expect(playground.problems).toHaveCount(0);
  await expect(playground.region("Problems")).toBeFocused();
  await messages(page).getByRole("button", { name: "Undo this change" }).focus();
  await page.keyboard.press("Enter");
  await expect(note(page)).toHaveText("Undone in the payload.");
  await expect(playground.region("Problems")).toBeFocused();

  // What had the focus before is gone when the message is closed.
  await fix.focus();
  await messages(page).getByRole("button", { name: "Close the message" }).focus();
  await page.evaluate(() => {
    const { messages } = document.querySelector("oim-playground") as unknown as { messages: { withdraw(): void } };
    document.querySelector("oim-playground")?.shadowRoot?.querySelector("oim-problems")?.remove();
    messages.withdraw();
  });
  await expect(playground.editor("Payload")).toBeFocused();
});
