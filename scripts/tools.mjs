/** Packages that only some tests or benchmarks need, installed when they are asked for and outside of node_modules. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm, say, seconds } from "./lib/run.mjs";

/** Installs into `to` what the lock file in `from` says, unless it is there. Gives why that could not be done, if so. */
export async function ensureTools({ from, to, what }) {
  const lock = readFileSync(join(from, "package-lock.json"), "utf8");
  const stamp = join(to, "node_modules", ".installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return undefined;
  say(`installing ${what}`);
  mkdirSync(to, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(from, name), join(to, name));
  const since = Date.now();
  // None of them needs its install script, and a script that does not run can do no harm.
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"];
  const { code, output } = await npm(["ci", ...flags], { show: "none", mayFail: true, cwd: to });
  if (code !== 0) return output.trim();
  writeFileSync(stamp, lock);
  say(`installed in ${seconds(since)}`);
  return undefined;
}
