import { gzipSync } from "node:zlib";
import { expect, test } from "./page.ts";

/** What opening the page may take on the wire, in bytes, the engine included. */
const BUDGET = 920_000;

test("the page keeps to its weight", async ({ page }, info) => {
  const files = new Map<string, number>();
  const pending: Promise<void>[] = [];
  page.on("response", (response) => {
    const url = new URL(response.url());
    if (url.protocol === "http:")
      pending.push(response.body().then((body) => void files.set(url.pathname, gzipSync(body, { level: 9 }).length)));
  });
  await page.goto(process.env.OIM_PAGE_URL ?? "");
  await expect(page.getByRole("article").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  await Promise.all(pending);
  const total = [...files.values()].reduce((sum, size) => sum + size, 0);
  info.annotations.push({
    type: "weight",
    description: `${total} bytes: ${JSON.stringify(Object.fromEntries(files))}`,
  });
  expect([...files.keys()].filter((path) => path.includes("worker"))).toHaveLength(1);
  expect(total, JSON.stringify(Object.fromEntries(files))).toBeLessThanOrEqual(BUDGET);
});
