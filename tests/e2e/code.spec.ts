import { readFileSync } from "node:fs";
import { expect, test } from "./page.ts";

test("the request becomes code for the target that is chosen", async ({ playground, page }) => {
  const region = playground.region("Code");
  await playground.tab("Result", "Code");
  const code = region.getByRole("group", { name: "Generated code" });
  await expect(code).toContainText("curl");
  await expect(region).toContainText("Fill in the app key.");
  await expect(region).not.toContainText("the app key is empty");
  expect(await code.evaluate((box) => box.scrollWidth - box.clientWidth), "long lines wrap").toBeLessThanOrEqual(0);

  await region.getByLabel("App key").fill("0f1e2d3c");
  await region.getByLabel("For").selectOption("python");
  await expect(code).toContainText("import urllib");
  await expect(code).toContainText("/configurations/alerts/oim/0f1e2d3c");
  await expect(code).toContainText("BIGPANDA_ORG_TOKEN");
  await expect(region).not.toContainText("Fill in the app key");

  await playground.write("Configuration", (await playground.text("Configuration")).replace('"resolved"', '"gone"'));
  await expect(code).toContainText('"gone"');

  const saved = page.waitForEvent("download");
  await region.getByRole("button", { name: "Download" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/\.py$/);
  expect(readFileSync(await file.path(), "utf8")).toContain('"gone"');
});

test("what is no request gives no code and says why, and the region stays", async ({ playground }) => {
  const region = playground.region("Code");
  await playground.tab("Result", "Code");
  await playground.write("Configuration", "{");
  await expect(region).toContainText("the text ends in the middle of a value");
  await expect(region.getByRole("button", { name: "Copy" })).toHaveCount(0);
});

test("the sample is checked for what the request is to do", async ({ playground }) => {
  const region = playground.region("Code");
  await playground.tab("Result", "Code");
  const body = JSON.parse(await playground.text("Configuration")) as { sample_payload: unknown };
  body.sample_payload = "";
  await playground.write("Configuration", JSON.stringify(body));
  await expect(playground.problems.filter({ hasText: "sample-blank" })).toHaveCount(1);
  await region.getByLabel("To").selectOption("update");
  await expect(playground.problems.filter({ hasText: "sample-blank" })).toHaveCount(0);
});
