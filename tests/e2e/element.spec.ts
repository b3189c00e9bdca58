import { expect, type Page, test } from "@playwright/test";
import { DIST, serveFolder, type Site } from "./site.ts";

const CONFIG = JSON.stringify({
  config: {
    status: { source: ["s"], default_to: "critical", status_map: { ok: ["up"] } },
    primary_property: { name: "host", source: ["h"] },
  },
  sample_payload: { s: "up", h: "x" },
});
const attribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
const element = (host: string, more = "") =>
  `<oim-playground payload="${attribute(JSON.stringify({ s: "up", h: host }))}" config="${attribute(CONFIG)}" ${more}></oim-playground>`;
const html = (
  body: string,
  script: string,
  policy = "",
) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>docs</title>
  <link rel="icon" href="data:,">
  ${policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`}
  <script type="module" src="${script}"></script><p id="prose">Prose</p>${body}`;

/** What an embedding page has to allow, and what the strictest of them does not. */
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src-attr 'unsafe-inline'; img-src data:";

async function visit(
  page: Page,
  pages: Record<string, string>,
  path: string,
  act: (site: Site) => Promise<void>,
): Promise<void> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const site = await serveFolder(DIST, pages);
  try {
    await page.goto(site.url + path);
    await act(site);
    expect(complaints).toEqual([]);
  } finally {
    await site.close();
  }
}

const card = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text });

test("a plain script on a plain page is enough", async ({ page }) => {
  await visit(page, { "/docs": html(element("alpha"), "/element.mjs") }, "docs", async () => {
    await expect(card(page, "alpha").first()).toContainText("ok");
  });
});

test("the script may be of another origin", async ({ page }) => {
  const other = await serveFolder(DIST);
  try {
    await visit(page, { "/docs": html(element("alpha"), `${other.url}element.mjs`) }, "docs", async () => {
      await expect(card(page, "alpha").first()).toBeVisible();
    });
    expect(other.requests).toEqual(["/element.mjs", "/inline.mjs"]);
  } finally {
    await other.close();
  }
});

for (const [name, policy, file] of [
  ["allows workers from blob: addresses", `${STRICT}; worker-src blob:`, false],
  ["allows workers of its own only", `${STRICT}; worker-src 'self'`, true],
] as const) {
  test(`a policy that ${name}, and no connection, will do`, async ({ page }) => {
    await visit(page, { "/docs": html(element("alpha"), "/element.mjs", policy) }, "docs", async (site) => {
      await expect(card(page, "alpha").first()).toBeVisible();
      expect(site.requests.includes("/element.worker.mjs")).toBe(file);
    });
  });
}

test("two on one page keep apart, and the page keeps its looks", async ({ page }) => {
  const before = html("", "/none.mjs");
  const after = html(
    element("alpha", 'id="one" panels="payload alerts"') + element("beta", 'id="two" panels="payload alerts"'),
    "/element.mjs",
  );
  const looks = () =>
    page.evaluate(() => {
      const { font, color, margin, backgroundColor } = getComputedStyle(document.body);
      return [font, color, margin, backgroundColor, getComputedStyle(document.querySelector("#prose") as Element).font];
    });
  await visit(page, { "/plain": before, "/docs": after }, "plain", async (site) => {
    const plain = await looks();
    await page.goto(`${site.url}docs`);
    await expect(page.locator("#one").getByRole("article")).toContainText("alpha");
    await expect(page.locator("#two").getByRole("article")).toContainText("beta");
    expect(await looks()).toEqual(plain);
    expect(
      await page.evaluate(() => [document.adoptedStyleSheets.length, document.querySelectorAll("style").length]),
    ).toEqual([0, 0]);
  });
});

test("attributes, properties and events", async ({ page }) => {
  await visit(page, { "/docs": html(element("alpha"), "/element.mjs") }, "docs", async () => {
    await expect(card(page, "alpha").first()).toBeVisible();
    const heard = page.evaluate(
      () =>
        new Promise((done) => {
          const playground = document.querySelector("oim-playground") as HTMLElement & { payload: string };
          playground.addEventListener("oim-change", (event) => {
            const { detail } = event as CustomEvent<{ payload: string; config: string }>;
            if (detail.payload.includes("gamma")) done([detail.payload, playground.payload]);
          });
          playground.payload = '{"s": "up", "h": "gamma"}';
        }),
    );
    expect(await heard).toEqual(['{"s": "up", "h": "gamma"}', '{"s": "up", "h": "gamma"}']);
    await expect(card(page, "gamma").first()).toBeVisible();
  });
});

for (const width of [320, 640]) {
  test(`in a column of ${width} pixels nothing sticks out`, async ({ page }) => {
    const body = `<div style="width: ${width}px; padding: 0">${element("alpha", 'panels="payload config alerts"')}</div>`;
    await visit(page, { "/docs": html(body, "/element.mjs") }, "docs", async () => {
      await expect(card(page, "alpha").first()).toBeAttached();
      const over = await page
        .locator("div")
        .first()
        .evaluate((column) => column.scrollWidth - column.clientWidth);
      expect(over).toBe(0);
    });
  });
}

test("the demo embeds two, in light and dark, on a desktop and a phone", async ({ page }) => {
  for (const [width, colorScheme] of [
    [1280, "light"],
    [390, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(new URL("demo/", process.env.OIM_PAGE_URL).href);
    await expect(page.locator("#one").getByRole("article").first()).toContainText("backup-3");
    await page.locator("#two").scrollIntoViewIfNeeded();
    await expect(page.locator("#two").getByRole("article").first()).toContainText("vol-07");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
  }
});
