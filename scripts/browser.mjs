/** Finds a Chromium for the tests, or installs one in the way of the platform. */
import { existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ask, Failure, ROOT, run, say } from "./lib/run.mjs";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
  "msedge",
];

/** Switches for every test: no sandbox for root, to whom Chromium refuses it, and no talk with its maker. */
export const BROWSER_ARGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** The path of an installed browser, or `undefined`. */
export async function findBrowser() {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) {
    if (isFile(CHROME_PATH)) return CHROME_PATH;
    throw new Failure(`CHROME_PATH is set to ${CHROME_PATH}, which does not exist`);
  }
  return [await playwrights(), ...onPath(), ...usualPlaces()].find(isFile);
}

/** The path of a browser, installed now if need be. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found !== undefined) return found;
  say("no Chromium, Chrome or Edge found; installing one for the tests");
  if (process.getuid?.() === 0 && (await ask("apt-get", ["--version"])) !== undefined) {
    await run("apt-get", ["update"], { mayFail: true });
    // Without a font text has no size, and a test would call it invisible.
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"], {
      mayFail: true,
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
  }
  if ((await findBrowser()) === undefined) {
    const cli = join(ROOT, "node_modules", "playwright-core", "cli.js");
    await run(process.execPath, [cli, "install", "chromium"], { mayFail: true, label: "playwright" });
  }
  const installed = await findBrowser();
  if (installed !== undefined) return installed;
  throw new Failure(
    "The tests need a Chromium-based browser, and none could be installed. Install Chromium, Chrome or Edge\n" +
      "(Debian: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install --cask google-chrome;\n" +
      "Windows: winget install Google.Chrome), or set CHROME_PATH to the program, and run this again.",
  );
}

async function playwrights() {
  try {
    return (await import("playwright-core")).chromium.executablePath();
  } catch {
    return undefined;
  }
}

function onPath() {
  const ends = process.platform === "win32" ? [".exe"] : [""];
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => NAMES.flatMap((name) => ends.map((end) => join(folder, name + end))));
}

function usualPlaces() {
  const { HOME = "", ProgramFiles, "ProgramFiles(x86)": programFiles86, LOCALAPPDATA } = process.env;
  switch (process.platform) {
    case "darwin":
      return ["/Applications", join(HOME, "Applications")].flatMap((folder) =>
        ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
      );
    case "win32":
      return [ProgramFiles, programFiles86, LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          join(folder, "Google", "Chrome", "Application", "chrome.exe"),
          join(folder, "Chromium", "Application", "chrome.exe"),
          join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
        ]);
    default:
      return ["/opt/google/chrome/chrome", "/usr/lib/chromium/chromium", "/snap/bin/chromium"];
  }
}

function isFile(path) {
  return path !== undefined && existsSync(path) && statSync(path).isFile();
}
