/** Starting the engine where it has to be waited for, and words for what keeps it from starting. */
import { boot, isBooted } from "./instance.js";
import { EMPTY, hasSimd } from "./simd.js";

let pending: Promise<void> | undefined;

/** Starts the engine with the module that `load` gives. All who ask in the meantime wait for the same attempt. */
export function prepare(load: () => Promise<WebAssembly.Module>): Promise<void> {
  if (isBooted()) return Promise.resolve();
  pending ??= attempt(load).finally(() => {
    // Cleared so that an attempt that failed can be made again.
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
    throw (await hindrance(cause)) ?? cause;
  }
}

/** The engine as it can run here. `engine` is the one with SIMD. */
export async function fitting(engine: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return hasSimd() ? engine : (await import("./plain.js")).default(engine);
}

/** What the environment refuses, found by trying: what errors say of it differs from one browser to the next. */
async function hindrance(cause: unknown): Promise<Error | undefined> {
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
  if (hasSimd()) return undefined;
  return new Error(
    "init: this WebAssembly has no SIMD, and the engine without it does not run either; a newer browser has it",
    { cause },
  );
}
