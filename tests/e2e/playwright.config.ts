import { defineConfig } from "@playwright/test";

/** Root may not use Chromium's sandbox; the others keep the browser from talking to its maker. */
const args = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
];

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/e2e",
  globalSetup: "./serve.ts",
  workers: 1,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 8_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { args, ...(process.env.CHROME_PATH ? { executablePath: process.env.CHROME_PATH } : {}) },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
  },
});
