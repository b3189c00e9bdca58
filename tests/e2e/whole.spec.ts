/** What concerns the whole page: proposals, one history, several payloads, what is ahead, attributes. */
import { expect, test } from "./page.ts";

const CONFIG = JSON.stringify({
  config: {
    status: { source: ["state"], default_to: "unknown", status_map: { critical: ["down"], ok: ["up"] } },
    primary_property: { name: "host", source: ["node"] },
    secondary_property: { name: "check", source: ["test"] },
  },
  sample_payload: { node: "n", test: "t", state: "down" },
});
const payload = (state: string, node = "db1") => JSON.stringify({ node, test: "disk", state });

test("a proposed configuration is looked at, used, and undone", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", '{"hostname": "db1", "check": "disk", "status": "OK", "severity": "CRITICAL"}');
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  const proposal = page.getByRole("region", { name: "Proposed configuration" });
  await expect(proposal.getByRole("list", { name: "Alerts that the proposal would give" })).toContainText("db1");
  expect(await playground.text("Configuration")).toBe(CONFIG);
  await proposal.getByRole("button", { name: "Use this" }).click();
  await expect(playground.cards.first()).toContainText("db1");
  const proposed = JSON.parse(await playground.text("Configuration")) as {
    config: { primary_property: { source: string[] } };
  };
  expect(proposed.config.primary_property.source[0]).toBe("hostname");
  await expect(playground.problems.filter({ hasText: /^\s*error/ })).toHaveCount(0);
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" }).click();
  expect(await playground.text("Configuration")).toBe(CONFIG);
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Redo" }).click();
  expect(await playground.text("Configuration")).not.toBe(CONFIG);
});

test("keeping one's own leaves everything as it was", async ({ playground, page }) => {
  const before = await playground.text("Configuration");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await page.getByRole("region", { name: "Proposed configuration" }).getByRole("button", { name: "Keep mine" }).click();
  await expect(page.getByRole("region", { name: "Proposed configuration" })).toHaveCount(0);
  expect(await playground.text("Configuration")).toBe(before);
});

test("what was done last is undone first, whichever text it was in", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", payload("down"));
  const undo = page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" });
  await undo.click();
  expect(await playground.text("Payload")).toContain('"version": "4"');
  expect(await playground.text("Configuration")).toBe(CONFIG);
  await undo.click();
  expect(await playground.text("Configuration")).toContain("@alert.labels.instance");
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Redo" }).click();
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Redo" }).click();
  expect(await playground.text("Configuration")).toBe(CONFIG);
  expect(await playground.text("Payload")).toBe(payload("down"));
  await expect(page.getByRole("group", { name: "History" }).getByRole("button", { name: "Redo" })).toBeDisabled();
});

test("payloads one after the other show how an incident goes on", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", payload("down"));
  await playground.tab("Result", "Timeline");
  const timeline = playground.region("Timeline");
  await expect(timeline.getByRole("article")).toContainText(/Payload 1, alert 1\s+opens\s+critical/);
  await timeline.getByRole("button", { name: "Add this payload" }).click();
  await expect(page.getByRole("group", { name: "Payloads" })).toContainText("2 of 2");
  // A time of receipt a minute later is a change.
  await expect(timeline.getByRole("article")).toContainText(/Payload 2, alert 1\s+changes/);
  await playground.write("Payload", payload("up"));
  await expect(timeline.getByRole("article")).toContainText(/Payload 2, alert 1\s+is resolved/);
  await timeline.getByRole("button", { name: /Payload 1, alert 1/ }).click();
  await expect(page.getByRole("group", { name: "Payloads" })).toContainText("1 of 2");
  expect(await playground.text("Payload")).toBe(payload("down"));
  await timeline.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("group", { name: "Payloads" })).toHaveCount(0);
  expect(await playground.text("Payload")).toBe(payload("up"));
});

test("a file with a payload on each line is gone through one by one", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  const buffer = Buffer.from(`${payload("down", "a")}\n{broken\n${payload("down", "b")}\n${payload("up", "a")}\n`);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "events.ndjson", mimeType: "application/x-ndjson", buffer });
  await expect(page.getByText("1 line skipped, the first is line 2")).toBeVisible();
  const stepper = page.getByRole("group", { name: "Payloads" });
  await expect(stepper).toContainText("1 of 3");
  await stepper.getByRole("button", { name: "Next payload" }).click();
  await expect(playground.cards.first().getByRole("heading")).toContainText("b");
  await playground.tab("Result", "Timeline");
  await expect(playground.region("Timeline").getByRole("article")).toHaveCount(2);
});

test("a change of the identity is called out", async ({ playground }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", payload("down"));
  await playground.tab("Result", "Compare");
  const compare = playground.region("Compare");
  await compare.getByRole("button", { name: "Keep this one" }).click();
  await expect(compare).toContainText("The two configurations are the same.");
  await playground.write("Configuration", CONFIG.replace('["node"]', '["test"]'));
  await expect(compare).toContainText("1 alert would count as different");
  await expect(compare.getByRole("listitem").filter({ hasText: "/config/primary_property/source/0" })).toBeVisible();
});

test("where neither configuration gives an alert, the comparison says so", async ({ playground, page }) => {
  await playground.write("Configuration", CONFIG);
  await playground.write("Payload", '{"other": 1}');
  await playground.tab("Result", "Compare");
  const compare = playground.region("Compare");
  await compare.getByRole("button", { name: "Keep this one" }).click();
  await expect(compare).toContainText("The two configurations are the same.");
  await expect(compare).toContainText("Neither configuration gives an alert for the payload.");
  await playground.write("Configuration", CONFIG.replace('["node"]', '["nowhere"]'));
  await expect(compare).toContainText("1 difference");
  await expect(compare).toContainText("Neither configuration gives an alert for the payload.");
  await playground.write("Payload", '{"nowhere": "a", "node": "a", "test": "t", "state": "up"}');
  await expect(compare).not.toContainText("Neither");

  await page.getByRole("button", { name: "Your payload" }).click();
  await expect(compare).toContainText("There is no configuration yet.");
  await playground.write("Configuration", CONFIG);
  await expect(compare).toContainText("The old configuration cannot be run: the text is empty.");
  await expect(compare).not.toContainText("are the same");
});

test("the cursor in the payload and in the configuration says what became of it", async ({ playground, page }) => {
  await playground.tab("Result", "Why");
  const why = page.locator("oim-why");
  await playground.editor("Payload").getByText('"page"').first().click();
  await expect(why).toContainText("@alert.labels.severity");
  await expect(why).toContainText(/is mapped to\s+critical/);
  await playground.tab("Configuration", "JSON");
  await playground.editor("Configuration").getByText('"default_to"').first().click();
  await expect(why).toContainText("Status");
});

test("the attributes choose panels, texts and whether anything can be changed", async ({ page, playground }) => {
  await page.evaluate(() => {
    const element = document.createElement("oim-playground");
    element.setAttribute("panels", "payload alerts");
    element.setAttribute("payload", '{"node": "given"}');
    element.setAttribute(
      "config",
      '{"config": {"status": {"source": ["s"], "default_to": "ok", "status_map": {}}, "primary_property": {"name": "host", "source": ["node"]}}, "sample_payload": {"node": "n", "s": "x"}}',
    );
    element.setAttribute("readonly", "");
    document.body.replaceChildren(element);
  });
  await expect(playground.cards.first().getByRole("heading")).toContainText("given");
  await expect(page.getByRole("banner")).toHaveCount(0);
  await expect(page.getByRole("tab")).toHaveCount(0);
  await expect(playground.editor("Payload")).toHaveAttribute("aria-readonly", "true");
  await playground.editor("Payload").click();
  await page.keyboard.type("x");
  expect(await playground.text("Payload")).toBe('{"node": "given"}');
  // Also with another text.
  await page.locator("oim-playground").evaluate((element) => Object.assign(element, { payload: '{"other": 1}' }));
  await expect(playground.editor("Payload")).toContainText("other");
  await expect(playground.editor("Payload")).toHaveAttribute("aria-readonly", "true");
});

test("others on the page hear of changes and results", async ({ page, playground }) => {
  await page.evaluate(() => {
    const heard: unknown[] = ((window as unknown as { heard: unknown[] }).heard = []);
    addEventListener("oim-change", (event) => heard.push((event as CustomEvent<{ payload: string }>).detail.payload));
    addEventListener("oim-result", (event) =>
      heard.push((event as CustomEvent<{ alertCount: number }>).detail.alertCount),
    );
  });
  await playground.write("Payload", '{"alerts": []}');
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard))
    .toContain('{"alerts": []}');
  await expect.poll(() => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toContain(0);
});

test("texts in plain fields are the same texts, with the same history", async ({ playground, page }) => {
  await playground.write("Payload", payload("down"));
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("switch", { name: "Edit texts in plain text areas" }).click();
  await page.keyboard.press("Escape");
  const field = playground.editor("Payload");
  // The text area comes when its code is there.
  await expect(field).toHaveJSProperty("localName", "textarea");
  await expect(field).toHaveValue(payload("down"));
  // What is typed within half a second of a paste belongs to it.
  await page.waitForTimeout(600);
  await field.fill("{");
  await expect(playground.problems.filter({ hasText: "json-syntax" })).toHaveCount(1);
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" }).click();
  await expect(field).toHaveValue(payload("down"));
  await page.getByRole("button", { name: "Share" }).focus();
  await page.keyboard.press("Control+y");
  await expect(field).toHaveValue("{");
  await page.keyboard.press("Control+z");
  await expect(field).toHaveValue(payload("down"));
});
