import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Playground, test } from "./page.ts";

const PAYLOAD =
  '{"events": [{"state": "down", "node": "db1", "address": "10.0.0.1", "check": "DiskFull", "at": "2025-03-18T07:42:10Z"}, {"state": "up", "node": "db2", "address": "10.0.0.2", "check": "DiskFull", "at": "2025-03-18T07:40:00Z"}]}';

function proposal({ page }: Playground) {
  return page.getByRole("region", { name: "Proposed configuration", exact: true });
}

test("a configuration is proposed with its alerts, changed by one click, and used", async ({ playground, page }) => {
  await playground.write("Payload", PAYLOAD);
  await playground.write("Configuration", "{}");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  const panel = proposal(playground);
  await expect(panel.getByRole("group", { name: "Proposal, not in use yet" })).toBeFocused();
  await expect(page.getByText(/^A configuration is proposed.* It is not in use yet\.$/)).toBeVisible();

  const alerts = panel.getByRole("list", { name: "Alerts that the proposal would give" }).getByRole("listitem");
  await expect(alerts).toHaveCount(2);
  await expect(alerts.first()).toContainText(/critical\s*db1 · DiskFull/);
  await expect(panel).toContainText("2 alerts not in use yet");
  await alerts.first().getByText("db1 · DiskFull").click();
  await expect(alerts.first().getByText("db1 / DiskFull")).toBeVisible();
  expect(await playground.text("Configuration"), "nothing is used unasked").toBe("{}");

  await panel.getByText(/certain choices?$/).click();
  const host = panel.getByRole("listitem").filter({ hasText: /^\s*host =/ });
  await expect(host).toContainText("host = db1, from @alert.node");
  await host.getByRole("button", { name: "host: @alert.address instead of @alert.node" }).click();
  await expect(host).toContainText("host = 10.0.0.1, from @alert.address");
  await expect(host).toContainText("your choice");
  await expect(alerts.first()).toContainText(/critical\s*10\.0\.0\.1 · DiskFull/);

  await panel.getByRole("button", { name: "Use this" }).click();
  await expect(page.getByRole("tab", { name: "Form" })).toHaveAttribute("aria-selected", "true");
  await expect.poll(() => page.locator("oim-form").evaluate((form) => form.matches(":focus-within"))).toBe(true);
  const { config } = JSON.parse(await playground.text("Configuration")) as {
    config: { array_source: string; primary_property: { source: string[] } };
  };
  expect(config.array_source).toBe("events");
  expect(config.primary_property.source[0]).toBe("@alert.address");
  await expect(playground.cards.first().getByRole("heading")).toContainText("DiskFull");
  await page.getByRole("group", { name: "History" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => playground.text("Configuration")).toBe("{}");
});

test("what is to be checked stands first, what is certain is folded", async ({ playground, page }) => {
  await playground.write("Payload", '{"node": "db1", "state": "down", "since": "2025-03-18T07:42:10Z", "note": "x"}');
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  const panel = proposal(playground);
  const open = panel.getByRole("list", { name: "To check" });
  await expect(open.getByRole("listitem").first()).toContainText("a guess");
  await expect(panel.getByText(/choices to check$/)).toBeVisible();
  await expect(open).not.toContainText("status =");
  const certain = panel.getByRole("list", { name: "Certain" });
  await expect(certain).toBeHidden();
  await panel.getByText(/certain choices$/).click();
  await expect(certain).toContainText("status = critical, from state");
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
});

test("a proposal follows the payload, and keeps the choices made", async ({ playground, page }) => {
  await playground.write("Payload", PAYLOAD);
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  const panel = proposal(playground);
  await panel.getByText(/certain choices?$/).click();
  await panel.getByRole("button", { name: "host: @alert.address instead of @alert.node" }).click();
  await playground.write("Payload", PAYLOAD.replace("10.0.0.1", "10.0.0.9").replace("DiskFull", "CpuHigh"));
  const alerts = panel.getByRole("list", { name: "Alerts that the proposal would give" }).getByRole("listitem");
  await expect(alerts.first()).toContainText(/10\.0\.0\.9 · CpuHigh/);
  const host = panel.getByRole("listitem").filter({ hasText: /^\s*host =/ });
  await expect(host).toContainText("host = 10.0.0.9, from @alert.address");
  await expect(host).toContainText("your choice");
  await panel.getByRole("button", { name: "Use this" }).click();
  expect(await playground.text("Configuration")).toContain("CpuHigh");
});

test("a proposal that is not wanted leaves everything as it was", async ({ playground, page }) => {
  const before = await playground.text("Configuration");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await proposal(playground).getByRole("button", { name: "Keep mine" }).click();
  await expect(proposal(playground)).toBeHidden();
  expect(await playground.text("Configuration")).toBe(before);
});

test("without a proposal the page says why", async ({ playground, page }) => {
  await playground.write("Payload", "7");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await expect(page.getByRole("region", { name: "Messages" }).getByRole("alert")).toHaveText(
    "No proposal. Payload, line 1, column 1: the payload is a number, not an object.",
  );
  await expect(proposal(playground)).toHaveCount(0);
});
