/** Node and what behaves like it: the engine is read from the disk and ready at import. */
import { readFileSync } from "node:fs";
import { boot } from "./instance.js";

// Written in one expression because tools that copy a program's files with it look for this shape.
boot(new WebAssembly.Module(readFileSync(new URL("./engine.wasm", import.meta.url))));

/** Does nothing: here the engine is ready from the start. It exists so that the same code runs everywhere. */
export async function init(): Promise<void> {}

export * from "./api.js";
