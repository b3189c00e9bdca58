import { expect, test } from "./page.ts";

test("with nothing selected, every step of an alert is listed", async ({ playground, page }) => {
  await playground.tab("Result", "Why");
  const why = page.getByRole("region", { name: "Why" });
  await expect(why.getByRole("heading", { level: 4 })).toHaveText([
    /^Primary property host/,
    /^Secondary property check/,
    /./,
    /cluster\s*main/,
    /./,
    /./,
    /./,
    /./,
    /./,
    /./,
    /./,
    /./,
    /bp_timestamp/,
    /^Status\s*critical/,
    /^Time\s*2025-03-18 07:42:10 UTC/,
    /^Identity/,
  ]);
  await why.getByRole("button", { name: "Next alert" }).click();
  await expect(why).toContainText("Alert 2 of 2");
  await expect(why).toContainText("db-02.example.net:9100");
});

test("a value shows its whole chain, and what else became of its field", async ({ playground, page }) => {
  await playground.cards.first().getByRole("button", { name: "why? status" }).click();
  await playground.tab("Result", "Why");
  const why = page.getByRole("region", { name: "Why" });
  await expect(why.getByRole("heading", { level: 3 })).toHaveText(/Status\s*of alert 1/);
  await expect(why).toContainText("page in @alert.labels.severity is mapped to critical.");
  await expect(why.getByRole("listitem").first()).toContainText(
    /@alert\.status\s+firing\s+is not listed under any status/,
  );
  await expect(why).toContainText("The same field also:");
  await expect(why).toContainText(/Tag \d+\s+severity/);
  await why.getByRole("button", { name: "Whole alert" }).click();
  await expect(why).toContainText("Alert 1 of 2");
});

test("a field shows which rules look at it, and one that none looks at can be mapped", async ({ playground, page }) => {
  await playground.tab("Result", "Why");
  const why = page.getByRole("region", { name: "Why" });
  await playground.editor("Payload").getByText('"page"', { exact: true }).first().click();
  await expect(why).toContainText("These rules use this field:");
  await expect(why).toContainText(/Status\s*used in 1/);
  await playground.editor("Payload").getByText('"9b1f4c27d08e63a5"', { exact: true }).click();
  await expect(why).toContainText("No rule uses this field.");
  await expect(why.getByRole("button", { name: "Map this field…" })).toBeVisible();
});

test("a rule shows what it gave in each alert", async ({ playground, page }) => {
  await playground.tab("Result", "Why");
  await playground.tab("Configuration", "JSON");
  const why = page.getByRole("region", { name: "Why" });
  await playground.editor("Configuration").getByText('"@alert.labels.instance"', { exact: true }).first().click();
  await expect(why.getByRole("heading", { level: 3 })).toHaveText(/Primary property\s*source 1/);
  await expect(why).toContainText(/Alert 1\s*@alert\.labels\.instance\s*db-04\.example\.net:9100\s*used/);
  await expect(why).toContainText(/Alert 2\s*@alert\.labels\.instance\s*db-02\.example\.net:9100\s*used/);
  await playground.editor("Configuration").getByText('"alerts"', { exact: true }).first().click();
  await expect(why).toContainText("No alert uses this part of the configuration.");
});
