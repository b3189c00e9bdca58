export * from "./types.js";

/**
 * Where `init` can take the engine from: the address of `engine.wasm`, the answer to a request for it, its bytes, or
 * the compiled module.
 */
export type EngineSource = string | URL | Response | BufferSource | WebAssembly.Module;

/**
 * Makes the engine ready, once, before anything else is called. Without an argument it loads `engine.wasm` from beside
 * this module. Calling it again is harmless; after a failure it may be tried again.
 */
export function init(source?: EngineSource | PromiseLike<EngineSource>): Promise<void>;
