/** Node and what behaves like it: the engine is read from the disk and ready at import. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { boot } from "./instance.js";

// CommonJS, which modules wrap, so that a process that imports here and requires there has one engine. The name in one
// expression, because tools that copy a program's files with it look for this shape.
boot(new WebAssembly.Module(readFileSync(join(__dirname, "engine.wasm"))));

/** Does nothing: here the engine is ready from the start. It exists so that the same code runs everywhere. */
export async function init(): Promise<void> {}

export * from "./api.js";
