/** Finds Schemathesis, which tries an HTTP API against its OpenAPI document, or installs it into `target`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ask, ROOT, run, say, seconds } from "./lib/run.mjs";

const VERSION = "4.32.5";
const windows = process.platform === "win32";
/** A Python environment of our own, so that nothing of yours changes. */
const FOLDER = join(ROOT, "target", "schemathesis");
const OWN = join(FOLDER, windows ? "Scripts/schemathesis.exe" : "bin/schemathesis");

/** The command, or `undefined` where there is none of the version that the tests were written for. */
export async function findSchemathesis() {
  for (const command of [process.env.SCHEMATHESIS, OWN, "schemathesis"]) {
    if (command && (await ask(command, ["--version"]))?.includes(` ${VERSION.split(".", 1)[0]}.`)) return command;
  }
  return undefined;
}

/** The command, installed now if need be, or `undefined` where that is not possible: it needs Python and a network. */
export async function ensureSchemathesis() {
  const found = await findSchemathesis();
  if (found !== undefined) return found;
  const python = windows ? "python" : "python3";
  if ((await ask(python, ["--version"])) === undefined) return undefined;
  say(`installing Schemathesis ${VERSION} into target/schemathesis (once)`);
  const since = Date.now();
  const quiet = { show: "none", mayFail: true };
  if (!existsSync(OWN)) await run(python, ["-m", "venv", FOLDER], quiet);
  const pip = join(FOLDER, windows ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(pip)) return undefined;
  const flags = ["--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20"];
  await run(pip, ["-m", "pip", "install", ...flags, `schemathesis==${VERSION}`], quiet);
  const installed = await findSchemathesis();
  if (installed !== undefined) say(`Schemathesis installed in ${seconds(since)}`);
  return installed;
}
