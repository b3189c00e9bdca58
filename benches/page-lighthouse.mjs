/** Lighthouse on the built page: the median of several runs, as a single one may differ by several points. */
import { BROWSER_ARGS } from "../scripts/browser.mjs";
import { chromium } from "playwright-core";
import { median, QUICK, row, title } from "./page-tools.mjs";

const RUNS = QUICK ? 1 : 5;

/** What is asked of each category, and how Lighthouse is to look at the page. */
const DEVICES = {
  mobile: { goals: { performance: 95, accessibility: 95, "best-practices": 95, seo: 95 }, settings: {} },
  desktop: {
    goals: { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 },
    settings: {
      screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
      // Lighthouse's own for desktops.
      throttling: { rttMs: 40, throughputKbps: 10_240, cpuSlowdownMultiplier: 1 },
    },
  },
};
/**
 * Lighthouse fetches robots.txt from within the page, which the page's policy forbids; a test holds that the
 * file is there.
 */
const SKIPPED = ["robots-txt"];
const METRICS = [
  "first-contentful-paint",
  "largest-contentful-paint",
  "total-blocking-time",
  "cumulative-layout-shift",
  "speed-index",
];

export async function lighthouse(url) {
  const { default: run } = await import("lighthouse");
  const port = 9_300 + Math.floor(Math.random() * 500);
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH,
    args: [...BROWSER_ARGS, `--remote-debugging-port=${port}`],
  });
  try {
    for (const [formFactor, { goals, settings }] of Object.entries(DEVICES)) {
      title(`Lighthouse, ${formFactor}, of 100, median of ${RUNS}`);
      const results = [];
      for (let turn = 0; turn < RUNS; turn += 1) {
        const flags = { port, output: "json", logLevel: "error", onlyCategories: Object.keys(goals) };
        const config = { extends: "lighthouse:default", settings: { formFactor, skipAudits: SKIPPED, ...settings } };
        results.push((await run(url, flags, config)).lhr);
      }
      for (const [name, goal] of Object.entries(goals)) {
        const scores = results.map(({ categories }) => Math.round((categories[name].score ?? 0) * 100));
        row(name, String(median(scores)), `goal: ${goal}; each: ${scores.join(", ")}${lost(results[0], name)}`);
      }
      for (const id of METRICS) {
        const values = results.map(({ audits }) => audits[id].numericValue ?? 0);
        row(id, id === "cumulative-layout-shift" ? median(values).toFixed(3) : `${median(values).toFixed(0)} ms`);
      }
    }
  } finally {
    await browser.close();
  }
}

/** The audits that cost a category points. */
function lost({ categories, audits }, name) {
  const failed = categories[name].auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.9);
  return failed.length > 0 ? `; lost by ${failed.map(({ id }) => id).join(", ")}` : "";
}
