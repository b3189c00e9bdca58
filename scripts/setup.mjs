/** Sets up what is missing: Rust's wasm target and components, the wasm-bindgen command, npm packages. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, Failure, npm, ROOT, run, say, seconds } from "./lib/run.mjs";

const WASM = "wasm32-unknown-unknown";
const exe = process.platform === "win32" ? ".exe" : "";

/** Rust with what we compile to; `components` such as `clippy` as well where they are asked for. */
export async function ensureRust(components = []) {
  const rustc = await ask("rustc", ["--version"]);
  if (rustc === undefined || (await ask("cargo", ["--version"])) === undefined) {
    throw new Failure(
      "Rust is not installed, or not on the PATH. Install it with rustup (see rust-lang.org/tools/install),\n" +
        "open a new terminal and run this again.",
    );
  }
  const wanted = read("Cargo.toml").match(/^rust-version = "(\d+)\.(\d+)/m);
  const found = rustc.match(/(\d+)\.(\d+)/);
  if (wanted && found && (Number(found[1]) - Number(wanted[1]) || Number(found[2]) - Number(wanted[2])) < 0) {
    throw new Failure(`${rustc} is too old; this needs ${wanted[1]}.${wanted[2]}. Run: rustup update stable`);
  }
  const sysroot = await ask("rustc", ["--print", "sysroot"]);
  if (!existsSync(join(sysroot, "lib", "rustlib", WASM))) {
    say(`installing Rust's target ${WASM}`);
    await rustup(["target", "add", WASM]);
  }
  for (const component of components) {
    const program = component === "rustfmt" ? "fmt" : component;
    if ((await ask("cargo", [program, "--version"])) === undefined) {
      say(`installing Rust's component ${component}`);
      await rustup(["component", "add", component]);
    }
  }
}

async function rustup(args) {
  if ((await ask("rustup", ["--version"])) === undefined) {
    const what = `rustup ${args.join(" ")}`;
    throw new Failure(`rustup is not installed, so do by hand, in your platform's way, what this does: ${what}`);
  }
  await run("rustup", args);
}

/** The wasm-bindgen command of exactly the library's version (any other refuses the job), as a path. */
export async function ensureWasmBindgen() {
  const version = read("Cargo.lock").match(/name = "wasm-bindgen"\r?\nversion = "([^"]+)"/)?.[1];
  if (version === undefined) throw new Failure("Cargo.lock names no wasm-bindgen");
  // A folder of our own, so that a version that you installed for something else stays.
  const folder = join(ROOT, "target", "tools");
  const own = join(folder, "bin", `wasm-bindgen${exe}`);
  for (const command of [own, "wasm-bindgen"]) {
    if ((await ask(command, ["--version"])) === `wasm-bindgen ${version}`) return command;
  }
  say(`installing wasm-bindgen ${version} into target/tools (once; takes some minutes)`);
  const since = Date.now();
  // A debug build compiles in two thirds of the time of a release build, and does its work here in half a second.
  // It is never debugged itself, so it needs no debug information.
  const program = ["wasm-bindgen-cli", "--bin", "wasm-bindgen", "--version", version];
  await run("cargo", ["install", ...program, "--debug", "--root", folder, "--force"], {
    env: { CARGO_PROFILE_DEV_DEBUG: "0" },
  });
  say(`wasm-bindgen installed in ${seconds(since)}`);
  return own;
}

/** npm packages as package-lock.json says. */
export async function ensurePackages() {
  const stale = staleness();
  if (stale === undefined) return;
  say(`installing npm packages (${stale})`);
  // None of them needs its install script, and a script that does not run can do no harm.
  await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
}

/** Why node_modules cannot be used, or `undefined` when it can. npm keeps its own record of what it installed. */
function staleness() {
  const record = "node_modules/.package-lock.json";
  if (!existsSync(join(ROOT, record))) return "none are there yet";
  const wanted = JSON.parse(read("package-lock.json")).packages;
  const installed = JSON.parse(read(record)).packages;
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    const has = installed[path]?.version;
    // Optional packages are mostly builds for other platforms.
    if (path !== "" && has !== version && !(optional && has === undefined)) {
      return `${path.replace("node_modules/", "")}: ${has ?? "missing"}, should be ${version}`;
    }
  }
  return undefined;
}

function read(path) {
  return readFileSync(join(ROOT, path), "utf8");
}
