/** Edge workers, which refuse to compile at run time: their bundler compiles the engine, so it is ready at import. */
import engine from "./engine.wasm";
import { boot } from "./instance.js";

boot(engine);

/** Does nothing: here the engine is ready from the start. It exists so that the same code runs everywhere. */
export async function init(): Promise<void> {}

export * from "./api.js";
