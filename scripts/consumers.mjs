/** What the package is used with in the tests: the tools of tests/consumers/package.json, kept in target/consumers. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm, ROOT, say, seconds } from "./lib/run.mjs";

const FROM = join(ROOT, "tests", "consumers");
/** Where the tools are; the folders that use the package lie below it, so that they find the tools there. */
export const TOOLS = join(ROOT, "target", "consumers");

/** Installs the tools unless those of the lock file are there. Without a network the tests name what is missing. */
export async function ensureConsumers() {
  const lock = readFileSync(join(FROM, "package-lock.json"), "utf8");
  const stamp = join(TOOLS, "node_modules", ".installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("installing bundlers, frameworks and runtimes into target/consumers, to use the package with");
  mkdirSync(TOOLS, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(FROM, name), join(TOOLS, name));
  const since = Date.now();
  // None of them needs its install script, and a script that does not run can do no harm.
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"];
  const { code, output } = await npm(["ci", ...flags], { show: "none", mayFail: true, cwd: TOOLS });
  if (code !== 0) return say(`they could not be installed, so that the package is not used with them: ${output.trim()}`);
  writeFileSync(stamp, lock);
  say(`installed in ${seconds(since)}`);
}
