/**
 * Tests the wheel of `python/`: builds it, installs it with what its tests need into environments below `target`, and
 * runs them. `--setup` does not run them.
 *
 * Apache Spark is large and needs Java 17: where it cannot be had, its tests are skipped, and the output says so. Where
 * there is no Python, or nothing can be installed, all are skipped: the exit code is then 77.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ask, Failure, LOCKED, main, ROOT, run, say, seconds } from "./lib/run.mjs";

/** The exit code of a stage that cannot run here. */
export const SKIPPED = 77;

const windows = process.platform === "win32";
const FOLDER = join(ROOT, "target", "python");
const WHEELS = join(FOLDER, "wheels");
const VENV = join(FOLDER, "venv");
const PYTHON = join(VENV, windows ? "Scripts/python.exe" : "bin/python");
const OLDEST = 11;
const QUIET = { show: "none", mayFail: true };

/** The Python with the wheel and what its tests need, or why there is none. */
export async function ensurePython() {
  const base = await findPython();
  if (base === undefined) return { reason: `Python 3.${OLDEST} or newer is not there` };
  if (!existsSync(PYTHON)) {
    const { code, output } = await run(base, ["-m", "venv", "--clear", VENV], QUIET);
    if (code !== 0) return { reason: `no environment can be made: ${lastLine(output)}` };
  }
  const reason = await install("requirements.txt");
  if (reason !== undefined) return { reason: `what the tests need cannot be installed: ${reason}` };
  await installWheel();
  return { python: PYTHON };
}

/** Why Spark is not there, or `undefined` where it is. */
export async function ensureSpark() {
  const version = await javaVersion();
  if (version === undefined || version < 17) return "Java 17 or newer is not there";
  const reason = await install("requirements-spark.txt");
  return reason && `PySpark cannot be installed: ${reason}`;
}

async function findPython() {
  const newer = [15, 14, 13, 12, 11].map((minor) => `python3.${minor}`);
  for (const command of [process.env.PYTHON, "python3", "python", ...newer]) {
    const minor =
      command && (await ask(command, ["-c", "import sys; print(sys.version_info[0] * 100 + sys.version_info[1])"]));
    if (Number(minor) >= 300 + OLDEST) return command;
  }
  return undefined;
}

async function javaVersion() {
  try {
    const { code, output } = await run("java", ["-version"], { ...QUIET, label: "" });
    return code === 0 ? Number(output.match(/version "(\d+)/)?.[1]) : undefined;
  } catch {
    return undefined;
  }
}

/** Installs the packages of a list unless they are there; gives the reason where that is not possible. */
async function install(list) {
  const file = join(ROOT, "python", list);
  const stamp = join(VENV, `${list}.done`);
  const now = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return undefined;
  say(`installing python/${list} into target/python (once)`);
  const since = Date.now();
  const flags = ["--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20"];
  const { code, output } = await run(PYTHON, ["-m", "pip", "install", ...flags, "-r", file], QUIET);
  if (code !== 0) return lastLine(output);
  writeFileSync(stamp, now);
  say(`python/${list} installed in ${seconds(since)}`);
  return undefined;
}

/** Builds the wheel, with what only tests need in it, and installs it if it is another one. */
async function installWheel() {
  mkdirSync(WHEELS, { recursive: true });
  for (const old of readdirSync(WHEELS)) rmSync(join(WHEELS, old));
  const folders = ["--target-dir", join(FOLDER, "cargo"), "--out", WHEELS];
  const args = ["build", "--quiet", "--release", ...LOCKED, "--features", "test-hooks", ...folders];
  await run(PYTHON, ["-m", "maturin", ...args, "--manifest-path", "python/Cargo.toml"], {
    show: "none",
    label: "maturin",
  });
  const wheel = readdirSync(WHEELS).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new Failure("maturin made no wheel");
  const file = join(WHEELS, wheel);
  const stamp = join(VENV, "wheel.done");
  const now = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  const flags = ["--quiet", "--disable-pip-version-check", "--no-deps", "--force-reinstall", "--no-index"];
  await run(PYTHON, ["-m", "pip", "install", ...flags, file], { show: "none", label: "pip" });
  writeFileSync(stamp, now);
}

function lastLine(output) {
  return output.trim().split("\n").at(-1);
}

/** Runs the tests; `spark` says how the session of Spark is to be, if there is to be one. */
async function pytest(files, spark) {
  const env = { PYTHONDONTWRITEBYTECODE: "1", ...(spark && { OIM_SPARK: spark }) };
  // Without `-m`, which would find the sources, which have no extension beside them.
  const command = join(VENV, windows ? "Scripts/pytest.exe" : "bin/pytest");
  const { code } = await run(command, ["-c", "python/pyproject.toml", "-rs", "--color=no", ...files], {
    mayFail: true,
    env,
  });
  return code;
}

async function test() {
  const { python, reason } = await ensurePython();
  if (python === undefined) {
    console.log(`Python: skipped: ${reason}`);
    process.exitCode = SKIPPED;
    return;
  }
  if (process.argv.includes("--setup")) return;
  const missing = await ensureSpark();
  if (missing !== undefined) console.log(`Spark: skipped: ${missing}`);
  const tests = readdirSync(join(ROOT, "python/tests"))
    .filter((name) => name.startsWith("test_") && (missing !== undefined || name !== "test_spark.py"))
    .map((name) => `python/tests/${name}`);
  const codes = [await pytest(tests)];
  if (missing === undefined) {
    for (const mode of ["classic", "connect"]) codes.push(await pytest(["python/tests/test_spark.py"], mode));
  }
  if (codes.some((code) => code !== 0)) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(test);
