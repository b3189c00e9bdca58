/** Runs the command as a program, in a folder of its own. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
export const OIM = join(DIST, "oim.mjs");

export const CONFIG = {
  status: { source: ["state"], status_map: { ok: ["up"], critical: ["down"] }, default_to: "critical" },
  primary_property: { name: "host", source: ["host"] },
  secondary_property: { name: "check", source: ["check"] },
};
export const SAMPLE = { host: "web-1", check: "ping", state: "down" };
export const BODY = `${JSON.stringify({ config: CONFIG, sample_payload: SAMPLE }, null, 2)}\n`;

/** A folder that is gone afterwards, with files by their paths. */
export function folderOf(files = {}) {
  const folder = mkdtempSync(join(tmpdir(), "oim-command-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  put(folder, files);
  return folder;
}

export function put(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      typeof content === "object" && !(content instanceof Uint8Array) ? JSON.stringify(content) : content,
    );
  }
}

/** What a terminal or a CI system may have set is not what a test is about. */
function clean(env) {
  const { NO_COLOR, FORCE_COLOR, BIGPANDA_ORG_TOKEN, NODE_OPTIONS, ...rest } = process.env;
  return { ...rest, ...env };
}

/** Runs it to its end. */
export function oim(args, { cwd, input = "", env = {}, program = OIM, node = [] } = {}) {
  // One that hangs may not listen to a signal that asks.
  const options = {
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 28,
    cwd,
    input,
    env: clean(env),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, program, ...args], options);
  return { status, stdout, stderr };
}

/** Starts it and lets it run. `closed` gives the exit code, or the signal. */
export function start(args, { cwd, env = {}, stdio = "pipe" } = {}) {
  const child = spawn(process.execPath, [OIM, ...args], { stdio, cwd, env: clean(env) });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"])
    child[name]?.setEncoding("utf8").on("data", (text) => (printed[name] += text));
  const closed = new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
  return { child, printed, closed };
}

/** Runs it while this process serves something. */
export async function oimAsync(args, { input = "", ...options } = {}) {
  const { child, printed, closed } = start(args, options);
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const status = await closed;
  return { status, ...printed };
}
