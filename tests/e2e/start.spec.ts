import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, Playground, test } from "./page.ts";
import { DIST } from "./site.ts";

const DOCUMENT = readFileSync(join(DIST, "www/index.html"), "utf8");
const address = () => process.env.OIM_PAGE_URL ?? "";

// What a service worker answers cannot be held back.
test.use({ serviceWorkers: "block" });

/** Where the parts of the page are, by what they are called, whether in its picture or in itself. */
function places(page: Page): Promise<Record<string, number[]>> {
  return page.evaluate(() => {
    const found: Record<string, number[]> = {};
    const look = (root: ParentNode): void => {
      for (const element of root.querySelectorAll("*")) {
        const name =
          element.localName === "section"
            ? element.getAttribute("aria-label")
            : /^(?:h1|select|pre)$/.exec(element.localName)?.[0];
        const { x, y, width, height } = element.getBoundingClientRect();
        if (name && width > 0) found[name] = [x, y, width, height].map(Math.round);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document);
    return found;
  });
}

/** Holds back every script that the document does not name, apart from the engine's, until `release` is called. */
async function holdBack(page: Page): Promise<{ release(): void; held: string[] }> {
  let release = (): void => {};
  const released = new Promise<void>((done) => (release = done));
  const held: string[] = [];
  await page.route("**/assets/*.js", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    if (!DOCUMENT.includes(name) && !name.startsWith("worker-")) {
      held.push(name);
      await released;
    }
    await route.continue();
  });
  return { release, held };
}

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const) {
  test(`what is painted before any script stays where it is, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.route("**/*.js", (route) => route.abort());
    await page.goto(address());
    const before = await places(page);
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(["Alerts", "Configuration", "Payload", "Problems", "Result", "h1", "pre", "select"]),
    );
    await page.unroute("**/*.js");
    const { release } = await holdBack(page);
    await page.goto(address());
    await expect(page.getByRole("article").first()).toBeVisible();
    const after = await places(page);
    release();
    expect(after).toEqual(before);
  });
}

test("the picture of the page cannot be used, and is gone when the page is there", async ({ page }) => {
  await page.route("**/*.js", (route) => route.abort());
  await page.goto(address());
  await expect(page.locator("painted-playground")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.getByText("Your payload").click({ force: true });
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe("body");
  await page.unroute("**/*.js");
  await page.goto(address());
  await expect(page.getByRole("article").first()).toBeVisible();
  await expect(page.locator("painted-playground")).toHaveCount(0);
});

test("the first alerts need neither the editors nor the form, and what is done meanwhile can be undone in them", async ({
  page,
}) => {
  const { release, held } = await holdBack(page);
  await page.goto(address());
  const playground = new Playground(page);
  await expect(playground.cards.first()).toContainText("db-04.example.net");
  await expect.poll(() => held.length).toBeGreaterThan(0);
  await expect(playground.editor("Payload")).toHaveCount(0);
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Zabbix" });
  await expect(playground.cards.first()).toContainText("sw-core-1");
  await page.getByRole("combobox", { name: "Example" }).selectOption({ label: "Grafana" });
  await expect(playground.cards.first()).not.toContainText("sw-core-1");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(playground.cards.first()).toContainText("sw-core-1");

  release();
  await expect(playground.editor("Payload")).toContainText("sw-core-1");
  await expect(page.getByRole("button", { name: "Migrate to version 2" })).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(playground.editor("Payload")).toContainText("alertmanager.example.net");
  for (const _ of [1, 2]) await page.getByRole("button", { name: "Redo", exact: true }).click();
  await expect(playground.editor("Payload")).not.toContainText("sw-core-1");
  await expect(playground.editor("Payload")).toContainText("grafana");
});
