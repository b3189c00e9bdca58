import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { servePage } from "../../scripts/lib/serve-page.mjs";
import { expect, Playground, test } from "./page.ts";
import { DIST, serveFolder } from "./site.ts";

const PAGE = join(DIST, "www");

const worked = (page: Page) => expect(page.getByRole("article").first()).toBeVisible();

/** By name, what the page may come from. */
const SERVERS = {
  "npm start": () => servePage(0),
  "a plain server": () => serveFolder(PAGE),
  "a server whose answers vary by origin": () => serveFolder(PAGE, {}, { vary: "Origin" }),
};

test("once loaded, the page needs no network", async ({ playground, page, context }) => {
  // What the first alerts do not need comes after them.
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await playground.write("Payload", "{");
  await expect(playground.problems.filter({ hasText: "json-syntax" })).toHaveCount(1);
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await expect(playground.cards.first()).toContainText("sw-core-1");
});

test("neither the page nor its worker may connect to anything, its own server included", async ({ page }) => {
  // Not by the fixture: here the console must complain.
  await page.goto(process.env.OIM_PAGE_URL ?? "");
  await worked(page);
  const ask = (url: string) =>
    fetch(url).then(
      () => "sent",
      () => "refused",
    );
  expect(await page.evaluate(ask, process.env.OIM_PAGE_URL ?? "")).toBe("refused");
  expect(await page.workers()[0]?.evaluate(ask, process.env.OIM_PAGE_URL ?? "")).toBe("refused");
});

test("the manifest names icons that are there, of the size they say", async ({ playground, page }) => {
  const manifest = JSON.parse(readFileSync(join(PAGE, "manifest.webmanifest"), "utf8")) as {
    icons: { src: string; sizes: string; type: string }[];
  };
  await expect(page.locator('link[rel="manifest"]')).toHaveCount(1);
  await worked(playground.page);
  for (const { src, sizes, type } of manifest.icons) {
    const bytes = readFileSync(join(PAGE, src));
    if (type !== "image/png") continue;
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
});

test.describe("with the service worker", () => {
  test.use({ serviceWorkers: "allow" });

  const installed = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready).active?.state);
  const caches = (page: Page) => page.evaluate(async () => (await globalThis.caches.keys()).length);

  for (const [name, serve] of Object.entries(SERVERS)) {
    test(`the page opens without a network, after one visit to ${name}`, async ({ page }) => {
      const site = await serve();
      await page.goto(site.url);
      await worked(page);
      await installed(page);
      await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
      await site.close();
      for (const address of [site.url, `${site.url}index.html`, `${site.url}?from=home`]) {
        await page.goto(address);
        await worked(page);
      }
      const playground = new Playground(page);
      await playground.write("Payload", "{");
      await expect(playground.problems.filter({ hasText: "json-syntax" })).toHaveCount(1);
      await page.getByRole("button", { name: "Share" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    });
  }

  test("what is not of the page is not answered and not stored", async ({ page }) => {
    const site = await serveFolder(PAGE, { "/elsewhere": "<title>elsewhere</title>" });
    try {
      await page.goto(site.url);
      await installed(page);
      await page.goto(`${site.url}elsewhere`);
      expect(await page.title()).toBe("elsewhere");
      const stored = await page.evaluate(async () => {
        const all = await Promise.all(
          (await globalThis.caches.keys()).map(async (name) => (await globalThis.caches.open(name)).keys()),
        );
        return all.flat().map(({ url }) => new URL(url).pathname);
      });
      expect(stored).toContain("/index.html");
      expect(stored.filter((path) => /elsewhere|wasm|sw\.js|demo/.test(path))).toEqual([]);
    } finally {
      await site.close();
    }
  });

  test("a newer version is reported, comes when it is wanted, and the old files go", async ({ page }) => {
    test.slow();
    const folder = mkdtempSync(join(tmpdir(), "oim-page-"));
    cpSync(PAGE, folder, { recursive: true });
    const site = await serveFolder(folder);
    try {
      await page.goto(site.url);
      await worked(page);
      await installed(page);
      writeFileSync(
        join(folder, "sw.js"),
        readFileSync(join(folder, "sw.js"), "utf8").replace(/DIGEST *= *"/, "$&newer-"),
      );
      writeFileSync(
        join(folder, "index.html"),
        readFileSync(join(folder, "index.html"), "utf8").replace("<title>", "<title>Newer "),
      );
      await page.reload();
      await expect(page.getByText("A newer version of the playground is ready")).toBeVisible({ timeout: 30_000 });
      expect(await page.title()).toBe("BigPanda OIM configuration playground");
      expect(await caches(page)).toBe(2);
      await page.getByRole("button", { name: "Load it" }).click();
      await expect(page).toHaveTitle("Newer BigPanda OIM configuration playground");
      await worked(page);
      await expect.poll(() => caches(page)).toBe(1);
    } finally {
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test("an unknown address is not found, and search engines learn what the page is", async ({ request }) => {
  const at = (path: string) => request.get(new URL(path, process.env.OIM_PAGE_URL).href);
  for (const path of ["nothing", "nothing.html", "assets/nothing.js", "demo/nothing"])
    expect((await at(path)).status(), path).toBe(404);
  const robots = await at("robots.txt");
  expect(robots.headers()["content-type"]).toContain("text/plain");
  expect(await robots.text()).toBe("User-agent: *\nAllow: /\n");
  expect(await (await at("")).text()).toMatch(/<meta name="description" content="[^"]{50,160}">/);
});
