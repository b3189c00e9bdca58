/** The same measurements in Chromium, each kind of payload in a browser of its own. */
import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { chromium } from "playwright-core";
import { BROWSER_ARGS } from "../scripts/browser.mjs";
import { serve } from "./serve.mjs";

const HERE = import.meta.dirname;
/** With these the page's clock has steps of 5 µs, not of 100. */
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
const TYPES = {
  ".mjs": "text/javascript",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".html": "text/html",
};
const PAGE = "<!doctype html><meta charset=utf-8><title>bench</title><link rel=icon href=data:,>";
let version = "";

export function browserVersion() {
  return `Chromium ${version}`;
}

/** Rows for the table, for kinds of payloads. */
export async function measure(kinds, { file, peers, rounds, only }) {
  const site = await serve(
    filesOf({ "/benches/": HERE, "/dist/": dirname(file), "/peers/": join(peers, "node_modules") }),
  );
  const rows = [];
  try {
    for (const { name } of kinds) {
      const browser = await chromium.launch({
        executablePath: process.env.CHROME_PATH,
        args: [...BROWSER_ARGS, "--js-flags=--expose-gc"],
      });
      try {
        version = browser.version();
        const page = await browser.newPage();
        await page.goto(site.url);
        rows.push(...(await page.evaluate(inPage, { name, rounds, only })));
      } finally {
        await browser.close();
      }
    }
  } finally {
    site.close();
  }
  return rows;
}

/** Runs in the page. */
async function inPage({ name, rounds, only }) {
  const [engine, { kinds }, { measureKind }, { peersOf }] = await Promise.all([
    import("/dist/web.mjs"),
    import("/benches/payloads.mjs"),
    import("/benches/jobs.mjs"),
    import("/benches/peers.mjs"),
  ]);
  await engine.init("/dist/engine.wasm");
  const script = (src) =>
    new Promise((resolve) => {
      const element = Object.assign(document.createElement("script"), {
        src,
        onload: () => resolve(true),
        onerror: () => resolve(false),
      });
      document.head.append(element);
    });
  const libraries = {};
  if (await script("/peers/jsonata/jsonata.js")) {
    await script("/peers/jq-web/jq.js");
    const zen = await import("/peers/@gorules/zen-engine-wasm/dist/zen_engine_wasm.js");
    await zen.default();
    Object.assign(libraries, { jsonata: globalThis.jsonata, jq: await globalThis.jq, zen });
  }
  const peers = peersOf(libraries);
  const kind = kinds.find((one) => one.name === name);
  return measureKind(kind, { engine, peers, rounds, only: new RegExp(only), collect: globalThis.gc });
}

/** Answers with the files of folders, by the beginnings of paths. */
function filesOf(folders) {
  return async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const folder = Object.keys(folders).find((one) => pathname.startsWith(one));
    try {
      const bytes = folder ? await readFile(join(folders[folder], pathname.slice(folder.length))) : PAGE;
      const type = folder ? (TYPES[extname(pathname)] ?? "application/octet-stream") : "text/html";
      response.writeHead(200, { ...ISOLATED, "content-type": type }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  };
}
