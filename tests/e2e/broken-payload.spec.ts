/** A payload that is not JSON, while there is no configuration: it is said as it is beside one. */
import { expect, type Playground, test } from "./page.ts";

const BROKEN = '{"a":1,}';

async function start(playground: Playground, payload: string, config = ""): Promise<void> {
  await playground.page.getByRole("button", { name: "Your payload" }).click();
  if (payload !== "") await playground.write("Payload", payload);
  if (config !== "") await playground.write("Configuration", config);
}

for (const [how, config] of [
  ["without a configuration", ""],
  ["beside a configuration that is not JSON", "{"],
  ["beside a configuration that lacks its rules", "{}"],
] as const)
  test(`the syntax error of a payload is listed, marked and fixed ${how}`, async ({ playground, page }) => {
    await start(playground, BROKEN, config);
    const row = playground.problems.filter({ hasText: "a comma stands before }" });
    await expect(row).toContainText("Payload 1:8");
    await expect(page.locator("oim-editor#payload .cm-lintRange-error")).toHaveCount(1);
    await expect(playground.region("Payload").getByRole("tab", { name: /^Text/ })).toContainText("1");
    await row.getByRole("button", { name: "Fix: remove the comma" }).click();
    expect(await playground.text("Payload")).toBe('{"a":1}');
    await expect(row).toHaveCount(0);
  });

test("what the alerts say of it is true", async ({ playground }) => {
  const alerts = playground.region("Alerts");
  await start(playground, BROKEN);
  await expect(alerts).toContainText("the payload cannot be read. Fix the error first: see Problems.");
  await expect(alerts.getByRole("button", { name: "Suggest one" })).toHaveCount(0);
  await playground.write("Payload", '{"a":1}');
  await expect(alerts.getByRole("button", { name: "Suggest one" })).toBeVisible();
});

test("Suggest names the error, leads to it and offers the fix", async ({ playground, page }) => {
  await start(playground, BROKEN);
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  const messages = page.getByRole("region", { name: "Messages" });
  await expect(messages.getByRole("alert")).toHaveText(
    "No proposal. Payload, line 1, column 8: a comma stands before }.",
  );
  await expect(page.getByRole("tab", { name: "Proposal" })).toHaveCount(0);
  await expect(playground.problems.getByRole("button", { name: /a comma stands before/ })).toBeFocused();
  await messages.getByRole("button", { name: "Go there" }).click();
  await expect(playground.editor("Payload")).toBeFocused();
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await messages.getByRole("button", { name: "Fix: remove the comma" }).click();
  expect(await playground.text("Payload")).toBe('{"a":1}');
  await expect(playground.problems).toHaveCount(0);
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await expect(page.getByRole("region", { name: "Proposed configuration" })).toBeVisible();
});

test("Suggest on an empty payload asks for one, and puts the cursor there", async ({ playground, page }) => {
  await start(playground, "");
  await playground.tab("Payload", "Fields");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await expect(playground.editor("Payload")).toBeFocused();
  await expect(page.getByRole("status", { name: "Message" })).toHaveText(
    "There is no payload yet. Paste the JSON your tool sends, then select Suggest.",
  );
  await expect(page.getByRole("tab", { name: "Proposal" })).toHaveCount(0);
});

test("without texts the other panels say what is missing", async ({ playground }) => {
  await start(playground, "");
  await playground.tab("Result", "Timeline");
  const timeline = playground.region("Timeline");
  await expect(timeline).toContainText("There is no payload yet.");
  await expect(timeline).not.toContainText("in order");
  await playground.write("Payload", '{"a":1}');
  await expect(timeline).toContainText("There is no configuration yet.");
  await expect(timeline).not.toContainText("See Problems");
  await playground.tab("Result", "Code");
  const code = playground.region("Code");
  await expect(code).toContainText("There is no configuration yet, so there is nothing to send.");
  await expect(code).not.toContainText("without its app key");
  await expect(code).not.toContainText("It replaces");
  await code.getByRole("combobox", { name: "For" }).selectOption("curl-get");
  await expect(code).toContainText("app key missing");
  await expect(code).not.toContainText("There is no configuration yet");
});
