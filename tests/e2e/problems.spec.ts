import { expect, test } from "./page.ts";

const GOOD = {
  config: {
    status: { source: ["state"], default_to: "critical", status_map: { ok: ["up"], warning: ["warn"] } },
    primary_property: { name: "host", source: ["node"] },
    secondary_property: { name: "check", source: ["test"] },
  },
  sample_payload: { node: "n", test: "t", state: "up" },
};
const BAD = JSON.stringify(GOOD)
  .replace("default_to", "defualt_to")
  .replace('"host"', '"Host"')
  .replace('"warning"', '"waring"');

test("all that can be fixed is fixed at once", async ({ playground }) => {
  await playground.write("Payload", JSON.stringify(GOOD.sample_payload));
  await playground.write("Configuration", BAD);
  const problems = playground.region("Problems");
  await problems.getByRole("button", { name: "Fix 3 of them" }).click();
  await expect(problems.getByRole("button", { name: /^Fix/ })).toHaveCount(0);
  expect(await playground.text("Configuration")).toBe(JSON.stringify(GOOD));
});

test("what shows only after other fixes is fixed as well, and all is undone as one step", async ({
  playground,
  page,
}) => {
  // The attribute can be wrapped into a list only once it has its name.
  const bad = BAD.replace('"source":["node"]', '"sorce":"node"');
  await playground.write("Payload", JSON.stringify(GOOD.sample_payload));
  await playground.write("Configuration", bad);
  const editor = playground.editor("Configuration");
  await editor.press("Control+Home");
  const problems = playground.region("Problems");
  await problems.getByRole("button", { name: /^Fix \d+ of them$/ }).click();
  await expect(problems.getByRole("button", { name: /^Fix/ })).toHaveCount(0);
  expect(await playground.text("Configuration")).toBe(JSON.stringify(GOOD));
  await expect(page.getByText("5 problems fixed.")).toBeAttached();
  // The cursor is where it was.
  await editor.press("Delete");
  expect(await playground.text("Configuration")).toBe(JSON.stringify(GOOD).slice(1));
  await editor.press("Control+z");
  await editor.press("Control+z");
  expect(await playground.text("Configuration")).toBe(bad);
  await editor.press("Control+y");
  expect(await playground.text("Configuration")).toBe(JSON.stringify(GOOD));
});

test("a choice is not undone with the rest", async ({ playground }) => {
  const chosen = JSON.stringify({ ...GOOD, config: { ...GOOD.config, incident_identifier: ["host", "check"] } });
  await playground.write("Payload", JSON.stringify(GOOD.sample_payload));
  await playground.write("Configuration", chosen.replace("default_to", "defualt_to").replace('"warning"', '"waring"'));
  const problems = playground.region("Problems");
  await problems.getByRole("button", { name: "Fix 2 of them" }).click();
  await expect(playground.problems.filter({ hasText: "unknown-attribute" })).toHaveCount(0);
  expect(await playground.text("Configuration")).toBe(chosen);
});

test("problems are filtered, walked through, and explained", async ({ playground, page }) => {
  await playground.write("Payload", JSON.stringify(GOOD.sample_payload));
  await playground.write("Configuration", BAD);
  const problems = playground.region("Problems");
  const rows = playground.problems;
  await expect(problems.getByRole("button", { name: /^\d+ errors?$/ })).toBeVisible();
  const all = await rows.count();
  await problems.getByRole("button", { name: /^\d+ errors?$/ }).click();
  for (const row of await rows.all()) await expect(row).toContainText("error");
  await problems.getByRole("button", { name: /^\d+ errors?$/ }).click();
  await expect(rows).toHaveCount(all);

  await rows.first().getByRole("button").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(rows.nth(1).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(rows.last().getByRole("button").first()).toBeFocused();

  const name = rows.filter({ hasText: "tag-name-invalid" });
  await name.getByRole("button", { name: "What tag-name-invalid means" }).click();
  await expect(name).toContainText("What to do:");
  await expect(name).toContainText("documented by BigPanda");
});

test("a squiggle says what is wrong and offers the fix", async ({ playground, page }) => {
  await playground.write("Payload", JSON.stringify(GOOD.sample_payload));
  await playground.write("Configuration", JSON.stringify(GOOD).replace("default_to", "defualt_to"));
  await playground.editor("Configuration").locator(".cm-lintRange-warning").first().hover();
  const tooltip = page.locator(".cm-tooltip-lint");
  await expect(tooltip).toContainText("unknown-attribute");
  await expect(tooltip).toContainText("did you mean default_to");
  await tooltip.getByRole("button", { name: /Fix:/ }).click();
  expect(await playground.text("Configuration")).toBe(JSON.stringify(GOOD));
});
