import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./page.ts";

const PAYLOAD = '{"events": [{"node": "db1", "check": "DiskFull", "state": "down"}]}';

test("a payload of one's own begins with empty texts, and undo brings back what was", async ({ playground, page }) => {
  const [payload, config] = [await playground.text("Payload"), await playground.text("Configuration")];
  const example = page.getByRole("combobox", { name: "Example" });
  await page.getByRole("button", { name: "Your payload" }).click();
  await expect(playground.editor("Payload")).toBeFocused();
  expect([await playground.text("Payload"), await playground.text("Configuration")]).toEqual(["", ""]);
  await expect(example.getByRole("option", { name: "Your own" })).toHaveJSProperty("selected", true);
  await expect(page.getByText("Paste the JSON your tool sends, or drop a file")).toBeVisible();

  const alerts = playground.region("Alerts");
  await expect(alerts).toContainText("Paste a payload of your tool, and its alerts appear here.");
  await expect(alerts).not.toContainText("Fix the error");
  await expect(playground.cards).toHaveCount(0);
  await expect(playground.problems).toHaveCount(0);
  await expect(playground.region("Problems")).toContainText("Nothing to check yet.");
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);

  await page.getByRole("button", { name: "Undo", exact: true }).click();
  expect([await playground.text("Payload"), await playground.text("Configuration")]).toEqual([payload, config]);
  await expect(example).toHaveValue("0");
  await expect(playground.cards.first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
});

test("an example is named only while both texts are the example's, and can then be chosen again", async ({
  playground,
  page,
}) => {
  const example = page.getByRole("combobox", { name: "Example" });
  const body = await playground.text("Configuration");
  await playground.write("Payload", PAYLOAD);
  await expect(example).toHaveValue("");
  await expect(example.getByRole("option", { name: "Your own" })).toHaveJSProperty("selected", true);
  await playground.write("Configuration", '{"config": {}}');
  await expect(example).toHaveValue("");
  await example.selectOption({ label: "Prometheus Alertmanager" });
  expect(await playground.text("Configuration")).toBe(body);
  await expect(example).toHaveValue("0");
  await expect(playground.cards.first()).toBeVisible();

  const buffer = Buffer.from(PAYLOAD);
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name: "a.json", mimeType: "application/json", buffer });
  await expect(example).toHaveValue("");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(example).toHaveValue("0");
});

test("the version of a configuration is in view before there is one", async ({ playground, page }) => {
  const badge = (version: number) => page.getByText(`Version ${version}`, { exact: true });
  await page.getByRole("button", { name: "Your payload" }).click();
  await playground.tab("Configuration", "JSON");
  await expect(badge(1)).toBeVisible();
  await playground.tab("Configuration", "Form");
  await page.getByRole("radio", { name: /^Version 2/ }).click();
  await playground.tab("Configuration", "JSON");
  await expect(badge(2)).toBeVisible();
});

test("from an empty page to alerts: paste, suggest, use", async ({ playground, page }) => {
  await page.getByRole("button", { name: "Your payload" }).click();
  await playground.write("Payload", PAYLOAD);
  const alerts = playground.region("Alerts");
  await expect(alerts).toContainText("There is no configuration yet.");
  await expect(playground.problems).toHaveCount(0);
  await alerts.getByRole("button", { name: "Suggest one" }).click();
  await expect(alerts).toContainText("One is proposed under Configuration.");
  await expect(alerts.getByRole("button", { name: "Suggest one" })).toHaveCount(0);
  await page.getByRole("region", { name: "Proposed configuration" }).getByRole("button", { name: "Use this" }).click();
  await expect(playground.cards.first().getByRole("heading")).toContainText("DiskFull");
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await expect(page.getByRole("option", { name: "Your own" })).toHaveCount(0);
});

test("a mistake in what is typed into an empty text is still an error", async ({ playground, page }) => {
  await page.getByRole("button", { name: "Your payload" }).click();
  await playground.write("Payload", PAYLOAD);
  await playground.write("Configuration", "{");
  await expect(playground.problems.filter({ hasText: "json-syntax" })).toHaveCount(1);
  await expect(playground.region("Alerts")).toContainText("Fix the error first");
});

test("plain text areas invite as well", async ({ playground, page }) => {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("switch", { name: "Edit texts in plain text areas" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Your payload" }).click();
  await expect(playground.editor("Payload")).toBeFocused();
  await expect(page.getByPlaceholder("Paste the JSON your tool sends, or drop a file")).toBeVisible();
  await expect(playground.editor("Payload")).toHaveAttribute("aria-invalid", "false");
});

for (const width of [1440, 390]) {
  test(`an empty page fits into ${width} pixels`, async ({ playground, page }, info) => {
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole("button", { name: "Your payload" }).click();
    await expect(playground.cards).toHaveCount(0);
    await page.screenshot({ path: info.outputPath("empty.png") });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(excess).toBeLessThanOrEqual(0);
  });
}
