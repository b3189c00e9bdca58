/** Runs programs and reports progress. Node's own modules only: this works before `npm ci`. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** In CI Cargo.lock must be right as it is; elsewhere Cargo may update it. */
export const LOCKED = process.env.CI ? ["--locked"] : [];

const terminal = process.stderr.isTTY === true;
const colours = terminal && !process.env.NO_COLOR;
const paint = (code, text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);

/** A failure that the message explains; no stack is shown for it. */
export class Failure extends Error {}

/** One line about what happens now. */
export function say(text) {
  console.error(`${paint(36, "›")} ${text}`);
}

/** A headline, for commands with several parts. */
export function headline(text) {
  console.error(`\n${paint(1, `── ${text} `.padEnd(60, "─"))}`);
}

export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Runs a program in the repository and gives `{code, output}`.
 *
 * `show`: `all` lets its output through, `both` keeps a copy as well, `none` only keeps it, with a running clock on a
 * terminal in the meantime. Unless `mayFail`, a non-zero end is a {@link Failure}.
 */
export async function run(
  command,
  args,
  { show = "all", env = {}, mayFail = false, label = command, cwd = ROOT } = {},
) {
  const kept = show !== "all";
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", kept ? "pipe" : "inherit", kept ? "pipe" : "inherit"],
  });
  let output = "";
  if (kept) {
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.setEncoding("utf8");
      from.on("data", (text) => {
        output += text;
        if (show === "both") to.write(text);
      });
    }
  }
  const stopClock = show === "none" ? clock(label) : () => {};
  const code = await new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Failure(`${command} cannot be started: ${error.message}`)));
    child.on("close", (code, signal) => resolve(code ?? `signal ${signal}`));
  }).finally(stopClock);
  if (code !== 0 && !mayFail) {
    const unseen = show === "none" ? `\n${output.trim()}` : "";
    throw new Failure(`${[label, ...args].join(" ")} failed (${code})${unseen}`);
  }
  return { code, output };
}

/** What a program prints, or `undefined` when it is missing or fails. */
export async function ask(command, args) {
  try {
    const { code, output } = await run(command, args, { show: "none", mayFail: true, label: "" });
    return code === 0 ? output.trim() : undefined;
  } catch {
    return undefined;
  }
}

/** npm itself, also where it is a batch file, which newer Nodes do not start without a shell. */
export function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith(".js")) return run(process.execPath, [cli, ...args], { label: "npm", ...options });
  if (process.platform === "win32") return run("cmd", ["/d", "/s", "/c", "npm", ...args], { label: "npm", ...options });
  return run("npm", args, options);
}

/** Runs a command's main function: a failure is reported and the exit code is 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(`\n${paint(31, "✗")} ${error instanceof Failure ? error.message : error.stack}`);
    process.exitCode = 1;
  }
}

function clock(label) {
  if (!terminal || label === "") return () => {};
  const since = Date.now();
  const timer = setInterval(() => process.stderr.write(`\r  ${label}: ${seconds(since)} `), 200);
  return () => {
    clearInterval(timer);
    process.stderr.write("\r\x1b[K");
  };
}
