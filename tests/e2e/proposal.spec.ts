import { expect, type Playground, test } from "./page.ts";

const PAYLOAD =
  '{"events": [{"state": "down", "node": "db1", "address": "10.0.0.1", "check": "DiskFull", "at": "2025-03-18T07:42:10Z"}, {"state": "up", "node": "db2", "address": "10.0.0.2", "check": "DiskFull", "at": "2025-03-18T07:40:00Z"}]}';

function proposal({ page }: Playground) {
  return page.getByRole("region", { name: "Proposed configuration", exact: true });
}

test("a configuration is proposed with its reasons, changed by one click, and taken", async ({ playground, page }) => {
  await playground.write("Payload", PAYLOAD);
  await playground.write("Configuration", "{}");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  const panel = proposal(playground);
  const primary = panel
    .getByRole("listitem")
    .filter({ hasText: /^\s*Primary/ })
    .first();
  await expect(primary).toContainText("@alert.node");
  expect(await playground.text("Configuration"), "nothing is taken unasked").toBe("{}");

  await primary.getByRole("button", { name: "Primary: @alert.address instead of @alert.node" }).click();
  await expect(primary).toContainText("your choice");
  await panel.getByRole("button", { name: "Use this" }).click();
  const { config } = JSON.parse(await playground.text("Configuration")) as {
    config: { array_source: string; primary_property: { source: string[] } };
  };
  expect(config.array_source).toBe("events");
  expect(config.primary_property.source[0]).toBe("@alert.address");
  await expect(playground.cards.first().getByRole("heading")).toContainText("DiskFull");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => playground.text("Configuration")).toBe("{}");
});

test("a proposal that is not wanted leaves everything as it was", async ({ playground, page }) => {
  const before = await playground.text("Configuration");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await proposal(playground).getByRole("button", { name: "Keep mine" }).click();
  await expect(proposal(playground)).toBeHidden();
  expect(await playground.text("Configuration")).toBe(before);
});
