import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./page.ts";

const OTHER = '{"events": [{"node": "db1", "check": "DiskFull", "state": "down"}]}';

test("a configuration for another payload is named as such, and another one suggested", async ({
  playground,
  page,
}, info) => {
  await playground.write("Payload", OTHER);
  await expect(playground.problems.filter({ hasText: "the payload is rejected" })).toHaveCount(1);
  const card = playground.region("Alerts").getByRole("group", { name: "Another payload" });
  await expect(card).toContainText("seems to be for another payload");
  await expect(card).toContainText("this one has none");
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await card.scrollIntoViewIfNeeded();
    await page.screenshot({ path: info.outputPath(`other-${width}.png`) });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
  await card.getByRole("button", { name: "Suggest one" }).click();
  await page.getByRole("region", { name: "Proposed configuration" }).getByRole("button", { name: "Use this" }).click();
  await expect(playground.cards.first().getByRole("heading")).toContainText("DiskFull");
  await expect(card).toHaveCount(0);
  await expect(playground.problems.filter({ hasText: "rejected" })).toHaveCount(0);
});

test("rejected alerts are one problem for each reason, which leads to the first", async ({ playground }) => {
  const body = {
    config: {
      is_array: true,
      array_source: "events",
      status: { source: ["@alert.state"], status_map: { critical: ["down"], ok: ["up"] }, default_to: "critical" },
      primary_property: { name: "host", source: ["@alert.node"] },
    },
    sample_payload: { events: [{ node: "n", state: "up" }] },
  };
  const events = [{ node: "n", state: "up" }, { state: "up" }, { state: "down" }];
  await playground.write("Payload", JSON.stringify({ events }, null, 1));
  await playground.write("Configuration", JSON.stringify(body));
  const problem = playground.problems.filter({ hasText: "2 alerts rejected" });
  await expect(problem).toHaveCount(1);
  await expect(problem).toContainText("Payload 7:3");
  await expect(playground.region("Alerts").getByRole("group", { name: "Another payload" })).toHaveCount(0);
});
