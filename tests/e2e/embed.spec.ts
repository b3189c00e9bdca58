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
const element = (more = "", payload = '{"s": "up", "h": "alpha"}') =>
  `<oim-playground payload="${attribute(payload)}" config="${attribute(CONFIG)}" ${more}></oim-playground>`;

/** Opens a page with this body, in which the element of the package is. */
async function embed(page: Page, body: string, act: (site: Site) => Promise<void>, style = ""): Promise<void> {
  const html = `<!doctype html><html lang="en" style="${style}"><meta charset="utf-8"><title>docs</title><link rel="icon" href="data:,">
    <script type="module" src="/element.mjs"></script><h1>Docs</h1>${body}`;
  const site = await serveFolder(DIST, { "/docs": html, "/full": html.replace("<oim-playground", "$& standalone") });
  try {
    await page.goto(`${site.url}docs`);
    await act(site);
  } finally {
    await site.close();
  }
}

const card = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text });

test("the page around it decides on light or dark", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const surface = () =>
    page
      .getByRole("region", { name: "Payload", exact: true })
      .evaluate((section) => getComputedStyle(section).backgroundColor);
  await embed(page, element(), async () => {
    await expect(card(page, "alpha")).toBeVisible();
    expect(await surface()).toBe("rgb(255, 255, 255)");
    await page.evaluate(() => document.documentElement.style.setProperty("color-scheme", "light dark"));
    expect(await surface()).not.toBe("rgb(255, 255, 255)");
    await page.locator("oim-playground").evaluate((playground) => playground.setAttribute("theme", "light"));
    expect(await surface()).toBe("rgb(255, 255, 255)");
  });
});

for (const width of [1200, 900, 390]) {
  test(`it is as high as its content, up to a limit, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const playground = page.locator("oim-playground");
    const height = async () => (await playground.boundingBox())?.height ?? 0;
    await embed(page, element('panels="payload alerts"'), async () => {
      await expect(card(page, "alpha")).toBeVisible();
      await expect(page.getByRole("textbox", { name: "Payload, JSON" })).toBeVisible();
      const low = await height();
      expect(low).toBeLessThan(700);
      const long = JSON.stringify(
        { s: "up", h: "beta", more: Array.from({ length: 400 }, (_, index) => index) },
        null,
        2,
      );
      await playground.evaluate((element, text) => Object.assign(element, { payload: text }), long);
      await expect(card(page, "beta")).toBeVisible();
      await expect.poll(height).toBeGreaterThan(low);
      expect(await height()).toBeLessThanOrEqual(width > 700 ? 720 : 1000);
      const isScrolled = await page
        .getByRole("textbox", { name: "Payload, JSON" })
        .evaluate(({ parentElement: scroller }) => (scroller?.scrollHeight ?? 0) > (scroller?.clientHeight ?? 0));
      expect(isScrolled).toBe(true);
    });
  });
}

test("it is no higher with all panels in two columns", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 1200 });
  await embed(page, element(), async () => {
    await expect(card(page, "alpha")).toBeVisible();
    const playground = page.locator("oim-playground");
    expect((await playground.boundingBox())?.height).toBeLessThanOrEqual(720);
    await page.getByRole("region", { name: "Result", exact: true }).scrollIntoViewIfNeeded();
    await expect(card(page, "alpha")).toBeInViewport();
  });
});

test("its landmarks and headings leave those of the page alone", async ({ page }) => {
  await embed(page, element(), async () => {
    await expect(card(page, "alpha")).toBeVisible();
    await expect(page.getByRole("region", { name: "OIM playground" })).toHaveCount(1);
    await expect(page.getByRole("main")).toHaveCount(0);
    await expect(page.getByRole("banner")).toHaveCount(0);
    await expect(page.getByRole("navigation")).toHaveCount(0);
    const outside = await page.getByRole("region").evaluateAll((regions) => {
      const isInside = (node: Node | null | undefined): boolean =>
        node != null &&
        ((node instanceof Element && node.matches(".frame")) ||
          isInside(node.parentNode ?? (node as Partial<ShadowRoot>).host));
      return regions.filter((region) => !isInside(region)).length;
    });
    expect(outside, "regions beside that of the element").toBe(0);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Docs"]);
  });
});

test("it starts when it comes near the window", async ({ page }) => {
  await embed(page, `<div style="height: 4000px">Prose</div>${element()}`, async (site) => {
    await expect(page.getByText("Prose")).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(site.requests).not.toContain("/inline.mjs");
    expect(page.workers()).toHaveLength(0);
    await page.locator("oim-playground").scrollIntoViewIfNeeded();
    await expect(card(page, "alpha")).toBeVisible();
    expect(page.workers()).toHaveLength(1);
  });
});

test("the console names a panel that does not exist", async ({ page }) => {
  const warnings: string[] = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  await embed(page, element('panels="payload, alert alerts"'), async () => {
    await expect(card(page, "alpha")).toBeVisible();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^<oim-playground> has no panel named alert\. It has header, payload, .*alerts/);
  });
});

test("without a list of problems the alerts say what is wrong", async ({ page }) => {
  await embed(page, element('panels="payload alerts"', '{"s": "up",\n "h": }'), async () => {
    const alerts = page.getByRole("region", { name: "Alerts" });
    await expect(alerts).toContainText("No alerts yet. Payload, line 2, column 7:");
    await page
      .locator("oim-playground")
      .evaluate((element) => Object.assign(element, { payload: '{"s": "up", "h": "alpha"}' }));
    await expect(card(page, "alpha")).toBeVisible();
    await page.locator("oim-playground").evaluate((element) => Object.assign(element, { payload: '{"s": ' }));
    await expect(alerts).toContainText("These alerts are from before an error: Payload, line 1");
  });
});

test.describe("Share", () => {
  const share = (page: Page) => page.getByRole("button", { name: "Share", exact: true });
  const link = async (page: Page) => {
    await share(page).click();
    await expect(page.getByRole("textbox", { name: "Link" })).toHaveValue(/v1\./);
    return page.getByRole("textbox", { name: "Link" }).inputValue();
  };

  test("is not there where the link could not be opened", async ({ page }) => {
    await embed(page, element(), async () => {
      await expect(card(page, "alpha")).toBeVisible();
      await expect(page.getByRole("button", { name: "Save", exact: true })).toBeVisible();
      await expect(share(page)).toHaveCount(0);
    });
  });

  test("under a key gives a link to this page, which restores", async ({ page }) => {
    await embed(page, element('share-key="first one" panels="header payload alerts"'), async (site) => {
      await expect(card(page, "alpha")).toBeVisible();
      await page
        .locator("oim-playground")
        .evaluate((element) => Object.assign(element, { payload: '{"s": "up", "h": "gamma"}' }));
      await expect(card(page, "gamma")).toBeVisible();
      const address = await link(page);
      expect(address.startsWith(`${site.url}docs#first%20one=v1.`)).toBe(true);
      await page.goto("about:blank");
      await page.goto(address);
      await expect(card(page, "gamma")).toBeVisible();
      // Fragments of the page itself are none of it.
      await page.goto("about:blank");
      await page.goto(address.replace("first%20one=", ""));
      await expect(card(page, "alpha")).toBeVisible();
    });
  });

  test("with an address gives a link to a playground there", async ({ page }) => {
    await embed(page, element('share-url="/full"'), async (site) => {
      await expect(card(page, "alpha")).toBeVisible();
      await page
        .locator("oim-playground")
        .evaluate((element) => Object.assign(element, { payload: '{"s": "up", "h": "delta"}' }));
      await expect(card(page, "delta")).toBeVisible();
      const address = await link(page);
      expect(address.startsWith(`${site.url}full#v1.`)).toBe(true);
      await page.goto(address);
      await expect(card(page, "delta")).toBeVisible();
    });
  });
});

const suggestions: [string, (page: Page) => Promise<void>][] = [
  ["Suggest one", (page) => page.getByRole("button", { name: "Suggest one" }).press("Enter")],
  ["Ctrl+Enter", (page) => page.getByRole("textbox", { name: "Payload, JSON" }).press("Control+Enter")],
];
for (const [how, suggest] of suggestions)
  test(`without a panel for proposals, ${how} puts one in use, and Undo takes it back`, async ({ page }) => {
    const payload = '{"node": "db1", "check": "Disk", "state": "down"}';
    await embed(page, element('panels="payload alerts"', payload), async () => {
      const suggestOne = page.getByRole("button", { name: "Suggest one" });
      await expect(suggestOne).toBeVisible();
      await suggest(page);
      await expect(card(page, "Disk")).toBeVisible();
      const messages = page.getByRole("region", { name: "Messages" });
      await expect(messages).toContainText("The proposed configuration is in use now");
      const hasFocus = () => page.locator("oim-playground").evaluate((element) => element.matches(":focus-within"));
      await expect.poll(hasFocus).toBe(true);
      await messages.getByRole("button", { name: "Undo this change" }).press("Enter");
      await expect(card(page, "Disk")).toHaveCount(0);
      await expect(suggestOne).toBeVisible();
      await expect.poll(hasFocus).toBe(true);
    });
  });

test("without a configuration and without a panel for one, one is suggested", async ({ page }) => {
  await embed(
    page,
    `<oim-playground panels="payload alerts" payload='{"node": "db1", "state": "down"}'></oim-playground>`,
    async () => {
      await page.getByRole("button", { name: "Suggest one" }).click();
      await expect(card(page, "db1")).toBeVisible();
    },
  );
});

test("without a list of problems, Suggest goes to the error", async ({ page }) => {
  await embed(page, element('panels="payload alerts"', '{"node": "db1",}'), async () => {
    const editor = page.getByRole("textbox", { name: "Payload, JSON" });
    await editor.press("Control+Enter");
    const messages = page.getByRole("region", { name: "Messages" });
    await expect(messages.getByRole("alert")).toContainText("No proposal. Payload, line 1, column 16: a comma");
    await expect(editor).toBeFocused();
    await messages.getByRole("button", { name: "Fix: remove the comma" }).click();
    await expect(editor).toHaveText('{"node": "db1"}');
  });
});
