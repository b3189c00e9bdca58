/** Starts the engine where that is asynchronous, and explains what prevents it from starting. */
import { boot, isBooted } from "./instance.js";

/** The smallest module. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
/** A module with one function that uses SIMD: `i32.const 0`, `i8x16.splat`, `drop`. */
const WITH_SIMD = Uint8Array.of(...EMPTY, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 0x41, 0, 0xfd, 15, 0x1a, 11);

/** What to say where WebAssembly has no SIMD. */
const NO_SIMD =
  "WebAssembly has no SIMD here, and the engine needs it; every browser since 2021 and Safari since version 16.4 has it, " +
  "on processors with SSE 4.1 or NEON";

let pending: Promise<void> | undefined;

/** Starts the engine with the module that `load` returns. Concurrent callers share one attempt. */
export function prepare(load: () => Promise<WebAssembly.Module>): Promise<void> {
  if (isBooted()) return Promise.resolve();
  pending ??= attempt(load).finally(() => {
    // Cleared, so that a failed attempt can be repeated.
    pending = undefined;
  });
  return pending;
}

async function attempt(load: () => Promise<WebAssembly.Module>): Promise<void> {
  if (typeof WebAssembly === "undefined") {
    throw new Error("init: there is no WebAssembly here; a browser in lockdown mode, for one, turns it off");
  }
  try {
    boot(await load());
  } catch (cause) {
    throw (await explainFailure(cause)) ?? cause;
  }
}

/** Compiles and starts the engine where that is synchronous. */
export function prepareSync(engine: BufferSource): void {
  if (!hasSimd()) throw new Error(`oim-config: ${NO_SIMD}`);
  boot(new WebAssembly.Module(engine));
}

function hasSimd(): boolean {
  return WebAssembly.validate(WITH_SIMD);
}

/** Finds out by trying what the environment refuses: the errors of browsers differ. */
async function explainFailure(cause: unknown): Promise<Error | undefined> {
  if (!(cause instanceof WebAssembly.CompileError)) return undefined;
  try {
    await WebAssembly.compile(EMPTY);
  } catch {
    return new Error(
      "init: WebAssembly may not be compiled here. The Content-Security-Policy of a page, or of the script that " +
        "starts a worker, has to allow 'wasm-unsafe-eval' in script-src",
      { cause },
    );
  }
  return hasSimd() ? undefined : new Error(`init: ${NO_SIMD}`, { cause });
}
