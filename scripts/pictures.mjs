/**
 * Makes the pictures of the README and of docs/guide.md: goes through the playground as the guide does, by roles and names.
 *
 * `node scripts/pictures.mjs` writes them to docs/images; `--check` only goes the way. A test does that as well, so that
 * the guide and the page do not part.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The payload of the guide. */
export const PAYLOAD = `{
  "source": "uptime",
  "events": [
    { "node": "web-1", "probe": "http", "state": "DOWN", "since": "2026-01-31T12:00:00Z", "ms": 30000 },
    { "node": "db-2", "probe": "disk", "state": "UP", "since": "2026-01-31T11:00:00Z", "ms": 12 }
  ]
}
`;

/** The pictures, in the order of the guide. */
export const PICTURES = ["guide-payload", "guide-proposal", "guide-alerts", "guide-map", "guide-code"];

export const VIEWPORT = { width: 1280, height: 760 };

/** The playground as it begins, with one value explained. */
async function beginning(page, shoot) {
  await page.setViewportSize({ width: 1440, height: 900 });
  const card = page.getByRole("article").first();
  await card.getByRole("button", { name: "why? host" }).click();
  await card.getByRole("list").getByText("@alert.labels.instance").waitFor();
  await shoot("playground");
  await page.setViewportSize(VIEWPORT);
}

/** Goes through an open playground; `shoot` gets the name of a picture when the page shows what is in it. */
export async function walk(page, shoot) {
  const region = (name) => page.getByRole("region", { name, exact: true });
  const button = (name) => page.getByRole("button", { name, exact: true });
  const tab = (name) => page.getByRole("tab", { name: new RegExp(`^${name}`) });
  const alerts = region("Alerts");

  await button("Your payload").click();
  await paste(page, PAYLOAD);
  await alerts.getByText("There is no configuration yet.").waitFor();
  await shoot(PICTURES[0]);

  await button("Suggest").click();
  const proposal = region("Proposed configuration");
  await proposal.getByText("not in use yet").waitFor();
  await proposal.getByRole("list", { name: "To check" }).waitFor();
  await shoot(PICTURES[1]);

  await proposal.getByRole("button", { name: "Use this" }).click();
  const card = alerts.getByRole("article").first();
  await card.getByRole("button", { name: "why? status" }).click();
  await card.getByText("is mapped to").waitFor();
  await shoot(PICTURES[2]);

  await tab("Fields").click();
  await button("Map @alert.probe").click();
  const menu = page.getByRole("dialog");
  await menu.getByRole("button", { name: "Secondary", exact: true }).waitFor();
  await shoot(PICTURES[3]);
  await menu.getByRole("button", { name: "Secondary", exact: true }).click();
  await card.getByRole("heading").getByText("http").waitFor();

  await tab("Code").click();
  const code = region("Code");
  await code.getByText("Fill in the app key.").waitFor();
  await code.getByRole("textbox", { name: "App key" }).fill("0f1e2d3c4b5a");
  await code.getByRole("group", { name: "Generated code" }).getByText("oim/0f1e2d3c4b5a").waitFor();
  await shoot(PICTURES[4]);
  await code.getByRole("button", { name: "Copy", exact: true }).waitFor();
}

/** Pastes into what has the focus. */
async function paste(page, text) {
  await page.evaluate((text) => {
    let target = document.activeElement;
    while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = { clipboardData, bubbles: true, composed: true, cancelable: true };
    target.dispatchEvent(new ClipboardEvent("paste", event));
  }, text);
}

async function main() {
  const { chromium } = await import("playwright-core");
  const { BROWSER_ARGS, ensureBrowser } = await import("./browser.mjs");
  const { ROOT, say } = await import("./lib/run.mjs");
  const { preview } = await import("vite");
  const isCheck = process.argv.includes("--check");
  const configFile = join(ROOT, "www", "vite.config.ts");
  const server = await preview({ configFile, logLevel: "error", preview: { port: 0, host: "127.0.0.1" } });
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: BROWSER_ARGS });
  try {
    const context = await browser.newContext({
      viewport: VIEWPORT,
      colorScheme: "light",
      reducedMotion: "reduce",
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
    });
    const page = await context.newPage();
    await page.goto(server.resolvedUrls.local[0]);
    await page.getByRole("article").first().waitFor();
    const shoot = async (name) => {
      // Neither a message that comes and goes nor a blinking cursor is part of a picture.
      const close = page.getByRole("button", { name: "Close the message" });
      // Not with the pointer, which would close a menu as well.
      while (await close.isVisible()) await close.evaluate((button) => button.click());
      await page.waitForTimeout(400);
      const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
      if (!isCheck) writeFileSync(join(ROOT, "docs", "images", `${name}.png`), picture);
      say(`${isCheck ? "seen" : "written"}: ${name}`);
    };
    await beginning(page, shoot);
    await walk(page, shoot);
  } finally {
    await browser.close();
    await server.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
