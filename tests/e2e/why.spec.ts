import { expect, test } from "./page.ts";

test("why? names each source, what was there and the outcome", async ({ playground }) => {
  const card = playground.cards.first();
  await card.getByRole("button", { name: "why? status" }).click();
  const steps = card.getByRole("list").getByRole("listitem");
  await expect(steps).toHaveCount(2);
  await expect(steps.nth(0)).toContainText(/@alert\.status\s+firing\s+is not listed under any status/);
  await expect(steps.nth(1)).toContainText(/@alert\.labels\.severity\s+page\s+is mapped to\s+critical/);
});

test("a step shows its place in the payload and in the configuration", async ({ playground }) => {
  await playground.tab("Configuration", "JSON");
  const card = playground.cards.first();
  await card.getByRole("button", { name: "why? host" }).click();
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveText('"db-04.example.net:9100"');
  await expect(playground.editor("Configuration").locator(".cm-oim-mark")).toHaveText('"@alert.labels.instance"');

  await card.getByRole("button", { name: "why? cluster" }).click();
  await expect(playground.editor("Configuration").locator(".cm-oim-mark")).toHaveText('"main"');
  const empty = card.getByRole("button", { name: /@alert\.labels\.cluster/ });
  await empty.click();
  await expect(empty).toHaveAttribute("aria-pressed", "true");
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveText('""');

  await empty.click();
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveCount(0);
});

test("an edit takes the marks away", async ({ playground, page }) => {
  await playground.tab("Configuration", "JSON");
  await playground.cards.first().getByRole("button", { name: "why? host" }).click();
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveCount(1);
  await playground.editor("Configuration").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type(" ");
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveCount(0);
});

test("times are local and UTC, and a time of receipt says so", async ({ playground, page }) => {
  const card = playground.cards.first();
  const time = playground.row(card, "time");
  await expect(time).toContainText("08:42:10");
  await expect(time).toContainText("2025-03-18 07:42:10 UTC");
  await expect(time).not.toContainText("received");
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await expect(card).toContainText("sw-core-1");
  await expect(time).toContainText("received");
  await card.getByRole("button", { name: "why? time" }).click();
  await expect(card.getByRole("list")).toContainText("the time of receipt");
});

test("a rule that gives no tag and an alert that is rejected say why", async ({ playground }) => {
  await playground.write(
    "Configuration",
    JSON.stringify({
      config: {
        is_array: true,
        array_source: "list",
        status: { source: ["@alert.state"], default_to: "critical", status_map: { ok: ["up"] } },
        primary_property: { name: "host", source: ["@alert.node", "@alert.address"] },
        additional_attributes: [{ name: "site", source: ["@alert.place"] }],
      },
      sample_payload: { list: [{ node: "n", address: "a", place: "p", state: "up" }] },
    }),
  );
  await playground.write("Payload", '{"list": [{"node": "db1", "place": null}, {"node": ""}]}');
  const card = playground.cards.first();
  await expect(playground.row(card, "site")).toContainText("no tag");
  await card.getByRole("button", { name: "why? site" }).click();
  await expect(card.getByRole("list")).toContainText(/@alert\.place.*present, but empty/s);
  const alerts = playground.region("Alerts");
  await alerts.getByRole("button", { name: "why? Alert 2" }).click();
  const steps = alerts.getByRole("list").getByRole("list").getByRole("listitem");
  await expect(steps).toHaveText([/@alert\.node\s+""\s+present, but empty/, /@alert\.address\s+not in this payload/]);
});

test("primary, secondary and identifier are distinguished", async ({ playground }) => {
  const card = playground.cards.first();
  await expect(playground.row(card, "host")).toContainText("primary");
  await expect(playground.row(card, "check")).toContainText("secondary");
  await expect(playground.row(card, "identity")).toContainText(/db-04\.example\.net:9100\s*DiskAlmostFull/);
  await card.getByRole("button", { name: "why? identity" }).click();
  await expect(card.getByRole("list")).toBeVisible();
});

test("a click on a value asks why, a selected value is not asked about", async ({ playground, page }) => {
  const card = playground.cards.first();
  const row = playground.row(card, "host");
  const why = row.getByRole("button", { name: "why? host" });
  await row.getByRole("cell", { name: "db-04" }).click();
  await expect(why).toHaveAttribute("aria-expanded", "true");
  await expect(playground.editor("Payload").locator(".cm-oim-mark")).toHaveText('"db-04.example.net:9100"');
  await row.getByRole("cell", { name: "db-04" }).click();
  await expect(why).toHaveAttribute("aria-expanded", "false");

  const box = await row.getByText("db-04.example.net:9100", { exact: true }).boundingBox();
  if (!box) throw new Error("the value is not drawn");
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(why).toHaveAttribute("aria-expanded", "false");
});
