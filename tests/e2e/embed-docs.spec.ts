import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { DIST, serveFolder } from "./site.ts";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const TEXT = readFileSync(`${DOCS}embedding.md`, "utf8");
const PICTURE = `${DOCS}images/embed.png`;

/** The names in code in the first column of the table under a heading. */
function namesUnder(heading: string): string[] {
  const [, section = ""] = TEXT.split(`### ${heading}\n`);
  const [table = ""] = section.split("\n#");
  return [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""),
  );
}

/** Opens the example of the documentation, as it stands there. */
async function example(page: Page, act: () => Promise<void>, change = (html: string) => html): Promise<void> {
  const [, html = ""] =
    /```html\n(<script type="module" src="\/oim-config[^]*?<oim-playground[^]*?)```/.exec(TEXT) ?? [];
  const body = change(html).replace("/oim-config/dist/", "/");
  const site = await serveFolder(DIST, {
    "/docs": `<!doctype html><html lang="en"><meta charset="utf-8"><title>docs</title><link rel="icon" href="data:,">${body}`,
  });
  try {
    await page.goto(`${site.url}docs`);
    await act();
  } finally {
    await site.close();
  }
}

test("the example works, and looks as in its picture", async ({ page }) => {
  await page.setViewportSize({ width: 960, height: 600 });
  await example(page, async () => {
    const card = page.getByRole("article").first();
    await expect(card).toContainText("backup-3");
    await expect(card).toContainText("critical");
    await expect(page.getByRole("textbox", { name: "Payload, JSON" })).toContainText("machine");
    if (process.env.UPDATE_EXPECT) await page.locator("oim-playground").screenshot({ path: PICTURE });
    expect(existsSync(PICTURE)).toBe(true);
  });
});

test("the tables list every panel, attribute, event and CSS variable, and no other", async ({ page }) => {
  const warnings: string[] = [];
  page.on("console", (message) => warnings.push(message.text()));
  const unknown = (html: string) => html.replace('panels="payload alerts"', 'panels="nothing"');
  await example(
    page,
    async () => {
      await expect(page.getByRole("article").first()).toBeVisible();
      const panels = /It has (.*)\.$/.exec(warnings.find((text) => text.includes("nothing")) ?? "")?.[1]?.split(", ");
      expect(namesUnder("Panels")).toEqual(panels);

      const attributes = await page.evaluate(
        () => (customElements.get("oim-playground") as unknown as { observedAttributes: string[] }).observedAttributes,
      );
      // That the page is the playground's own is not for others.
      expect(namesUnder("Attributes").sort()).toEqual(attributes.filter((name) => name !== "standalone").sort());

      const heard = page.evaluate(async (names) => {
        const element = document.querySelector("oim-playground") as HTMLElement & { payload: string };
        const all = names.map((name) => new Promise((done) => document.addEventListener(name, () => done(name))));
        element.payload = "{}";
        return Promise.all(all);
      }, namesUnder("Events"));
      expect(await heard).toEqual(["oim-change", "oim-result"]);

      const variables = namesUnder("CSS variables").flatMap((name) =>
        /-(?:critical|warning|ok|acknowledged|unknown)$/.test(name) ? [name, `${name}-soft`] : [name],
      );
      const set = await page.evaluate(() => {
        const sheets = document.querySelector("oim-playground")?.shadowRoot?.adoptedStyleSheets ?? [];
        const rules = sheets.flatMap(({ cssRules }) => [...cssRules]) as CSSStyleRule[];
        return rules.filter(({ selectorText }) => selectorText === ":host").flatMap(({ style }) => [...style]);
      });
      const own = [...new Set(set.filter((name) => name.startsWith("--oim-")))];
      expect(variables.sort()).toEqual([...own, "--oim-height"].sort());
    },
    unknown,
  );
});
