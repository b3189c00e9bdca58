/** What the parts of the page's bench share: the served page, a browser that watches, and rows of figures. */
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { serve } from "./serve.mjs";

export const PAGE = fileURLToPath(new URL("../dist/www/", import.meta.url));
export const QUICK = process.argv.includes("--quick");

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain",
  ".webmanifest": "application/manifest+json",
};

/** Serves the built page compressed, as a web server would. */
export function servePage() {
  const packed = new Map();
  return serve((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname.replace(/\/$/, "/index.html");
    try {
      // Packing takes time that is none of the page's.
      if (!packed.has(path)) packed.set(path, gzipSync(readFileSync(join(PAGE, path))));
      response
        .writeHead(200, {
          "content-type": TYPES[extname(path)] ?? "application/octet-stream",
          "content-encoding": "gzip",
          "cache-control": "max-age=3600",
        })
        .end(packed.get(path));
    } catch {
      response.writeHead(404).end();
    }
  });
}

/** Opens the page and gives the milliseconds from navigation to the first card. */
export async function open(page, url) {
  await page.addInitScript(() => {
    const deep = (root) =>
      root.querySelector("article") ??
      [...root.querySelectorAll("*")].map((one) => one.shadowRoot && deep(one.shadowRoot)).find(Boolean);
    // Not at every frame: looking for it takes time itself.
    const timer = setInterval(() => {
      if (!document.documentElement || !deep(document)) return;
      clearInterval(timer);
      performance.mark("first-alert");
    }, 20);
  });
  await page.goto(url, { waitUntil: "commit" });
  const time = await page.waitForFunction(() => performance.getEntriesByName("first-alert")[0]?.startTime);
  return time.jsonValue();
}

/** A headline, with how busy the machine is: figures of a busy one are worse than the page. */
export function title(text) {
  console.log(`\n${text} (load ${loadavg()[0].toFixed(1)})`);
}

export function row(name, value, more = "") {
  console.log(`  ${name.padEnd(36)} ${value.padStart(10)}  ${more}`);
}

export function report(times, goal) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) =>
    `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)} ms`;
  row("p50", at(0.5), goal);
  row("p95", at(0.95));
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

export function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}

export function kilo(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
