/** Node and compatible runtimes: the engine is read from disk and ready on import. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeByBuffer } from "./buffer.js";
import { prepareSync } from "./prepare.js";

encodeByBuffer();
// This file is CommonJS and the module wraps it, so that `import` and `require` in one process share one engine. The name
// is one expression, because tools that copy a program's files recognise this form.
prepareSync(readFileSync(join(__dirname, "engine.wasm")));

/** Does nothing: the engine is ready on import. It exists so that the same code runs everywhere. */
export async function init(): Promise<void> {}

export * from "./api.js";
