import { expect, type Page, test } from "@playwright/test";
import { build } from "esbuild";
import type { Keep, Kept, Start } from "../../www/src/persistence/store.ts";
import type { Shared } from "../../www/src/share/link.ts";

/** What the tests put into the page. */
declare const kit: { Keep: typeof Keep };
declare global {
  var keep: Keep;
  var remarks: string[];
  var turned: boolean[];
}

let code = "";
test.beforeAll(async () => {
  const entry = new URL("../../www/src/persistence/store.ts", import.meta.url).pathname;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    globalName: "kit",
    write: false,
  });
  code = outputFiles[0]?.text ?? "";
});

/** Only the origin matters: where the page itself keeps nothing, this does. */
async function tab(page: Page): Promise<Start> {
  await page.goto(new URL("icon.svg", process.env.OIM_PAGE_URL).href);
  await page.evaluate(`${code}; globalThis.kit = kit`);
  return page.evaluate(() => {
    globalThis.remarks = [];
    globalThis.turned = [];
    globalThis.keep = new kit.Keep({
      failed: (remark) => remarks.push(remark),
      forgotten: () => turned.push(false),
      kept: () => {},
    });
    return keep.start();
  });
}

const state = (payload: string): Shared => ({
  payload,
  config: "{}",
  additional: "ignore",
  request: { target: "curl", region: "us", mode: "create", sampleAs: "object" },
  view: {},
});

const agree = (page: Page, payload: string) => page.evaluate((state) => keep.agree(state), state(payload));
const edit = (page: Page, payload: string) =>
  page.evaluate((state) => {
    keep.changed(() => state);
    return keep.flush();
  }, state(payload));
const stored = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).length);
const payload = (kept: Kept | null) => kept?.state.payload;

test("nothing is kept unasked", async ({ page }) => {
  expect(await tab(page)).toEqual({ agreed: false, kept: null, elsewhere: 0 });
  await edit(page, "secret");
  expect(payload((await tab(page)).kept)).toBeUndefined();
});

test("what is kept comes back, the latest of it, and any text does", async ({ page }) => {
  await tab(page);
  expect(await agree(page, "one")).toBe(true);
  await edit(page, "two \ud800 \u0000 😀");
  const { agreed, kept } = await tab(page);
  expect(agreed).toBe(true);
  expect(kept?.state).toEqual(state("two \ud800 \u0000 😀"));
  expect(Math.abs((kept?.savedAt ?? 0) - Date.now())).toBeLessThan(60_000);
});

test("turning it off deletes everything, and a sleeping tab does not bring it back", async ({ page, context }) => {
  await tab(page);
  await agree(page, "mine");
  const other = await context.newPage();
  await tab(other);
  await edit(other, "other");
  await page.evaluate(() => keep.forget());
  await edit(other, "again");
  expect(await other.evaluate(() => [remarks, turned])).toEqual([
    [expect.stringContaining("Another tab stopped keeping")],
    [false],
  ]);
  await other.close();
  expect(await tab(page)).toEqual({ agreed: false, kept: null, elsewhere: 0 });
  expect(await stored(page)).toBe(1);
});

test("two tabs keep their own, and the one that changed last comes back first", async ({ page, context }) => {
  await tab(page);
  await agree(page, "first");
  const other = await context.newPage();
  expect(await tab(other)).toMatchObject({ agreed: true, kept: null, elsewhere: 1 });
  await edit(other, "second");
  await edit(page, "first, later");
  await edit(other, "second, last");
  expect(payload((await tab(page)).kept)).toBe("first, later");
  await other.close();
  const third = await context.newPage();
  expect(payload((await tab(third)).kept)).toBe("second, last");
  await page.close();
  const fourth = await context.newPage();
  expect(payload((await tab(fourth)).kept)).toBe("first, later");
});

test("what is discarded does not come back, and keeping goes on", async ({ page }) => {
  await tab(page);
  await agree(page, "old");
  await page.evaluate(() => keep.discard());
  expect(await tab(page)).toEqual({ agreed: true, kept: null, elsewhere: 0 });
  await edit(page, "new");
  expect(payload((await tab(page)).kept)).toBe("new");
});

for (const [name, remark] of [
  ["QuotaExceededError", "no storage left"],
  ["UnknownError", "does not let the page store data"],
] as const) {
  test(`${name} is reported once, and the page goes on`, async ({ page }) => {
    await tab(page);
    await agree(page, "kept");
    await page.evaluate((name) => {
      const put = IDBObjectStore.prototype.put;
      Object.assign(globalThis, { restore: () => (IDBObjectStore.prototype.put = put) });
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("", name);
      };
    }, name);
    await edit(page, "a");
    await edit(page, "b");
    expect(await page.evaluate(() => remarks)).toEqual([expect.stringContaining(remark)]);
    await page.evaluate(() => (globalThis as unknown as { restore(): void }).restore());
    await edit(page, "c");
    expect(payload((await tab(page)).kept)).toBe("c");
  });
}

test("where storing is forbidden, agreeing says so", async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("", "SecurityError");
    };
  });
  expect(await tab(page)).toEqual({ agreed: false, kept: null, elsewhere: 0 });
  expect(await agree(page, "a")).toBe(false);
  expect(await page.evaluate(() => remarks)).toEqual([expect.stringContaining("does not let the page store data")]);
});
