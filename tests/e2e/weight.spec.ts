import { gzipSync } from "node:zlib";
import { expect, test } from "./page.ts";

/** What opening the page may take on the wire, in bytes, the engine included. */
const BUDGET = 920_000;

test("the page keeps to its weight", async ({ page }, info) => {
  const opened = new Set<string>();
  page.on("response", (response) => {
    if (response.url().startsWith("http:")) opened.add(response.url());
  });
  await page.goto(process.env.OIM_PAGE_URL ?? "");
  await expect(page.getByRole("article").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  // Fetched again: a busy browser may drop a large body before it can be read.
  const files = new Map<string, number>();
  for (const url of opened) {
    const response = await page.request.get(url);
    expect(response.ok(), url).toBe(true);
    files.set(new URL(url).pathname, gzipSync(await response.body(), { level: 9 }).length);
  }
  const total = [...files.values()].reduce((sum, size) => sum + size, 0);
  info.annotations.push({
    type: "weight",
    description: `${total} bytes: ${JSON.stringify(Object.fromEntries(files))}`,
  });
  expect([...files.keys()].filter((path) => path.includes("worker"))).toHaveLength(1);
  expect(total, JSON.stringify(Object.fromEntries(files))).toBeLessThanOrEqual(BUDGET);
});
