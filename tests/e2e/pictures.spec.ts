import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PAYLOAD, PICTURES, VIEWPORT, walk } from "../../scripts/pictures.mjs";
import { expect, test } from "./page.ts";

const DOCS = new URL("../../docs/", import.meta.url);
const GUIDE = readFileSync(new URL("guide.md", DOCS), "utf8");

test.use({ viewport: VIEWPORT });

test("the page can be gone through as the guide does", async ({ playground, page }) => {
  const shot: string[] = [];
  await walk(page, async (name: string) => void shot.push(name));
  expect(shot).toEqual(PICTURES);
  const { config } = JSON.parse(await playground.text("Configuration")) as { config: unknown };
  expect(config).toMatchObject({
    array_source: "events",
    primary_property: { name: "host", source: ["@alert.node"] },
    secondary_property: { name: "probe", source: ["@alert.probe"] },
  });
});

test("the guide shows every picture, and its payload is the one in them", () => {
  const shown = [...GUIDE.matchAll(/!\[[^\]]{20,}\]\(images\/(guide-[\w-]+)\.png\)/g)].map(([, name]) => name);
  expect(shown).toEqual(PICTURES);
  for (const name of PICTURES) expect(existsSync(fileURLToPath(new URL(`images/${name}.png`, DOCS)))).toBe(true);
  expect(GUIDE).toContain(`\`\`\`json payload.json\n${PAYLOAD}\`\`\``);
});

test("each control that the guide names is there at some step", async ({ playground: { page } }) => {
  const steps = GUIDE.slice(0, GUIDE.indexOf("## Terms"));
  const missing = new Set([...steps.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name as string));
  expect(missing.size).toBeGreaterThan(10);
  await walk(page, async () => {
    for (const name of missing) {
      const exact = new RegExp(`^${name}(?: \\d+)?$`);
      const controls = (["button", "tab", "textbox"] as const).map((role) => page.getByRole(role, { name: exact }));
      for (const control of controls) if ((await control.count()) > 0) missing.delete(name);
    }
  });
  expect([...missing]).toEqual([]);
});
