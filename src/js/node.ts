/** Node and what behaves like it: the engine is read from the disk and ready at import. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeByBuffer } from "./buffer.js";
import { applied } from "./difference.js";
import { boot } from "./instance.js";
import { hasSimd } from "./simd.js";
import { unpack } from "./unpack.js";

// CommonJS, which modules wrap, so that a process that imports here and requires there has one engine. The name in one
// expression, because tools that copy a program's files with it look for this shape.
const engine = readFileSync(join(__dirname, "engine.wasm"));
encodeByBuffer();
boot(hasSimd() ? new WebAssembly.Module(engine) : plain(engine));

/** The engine for processors that WebAssembly has no SIMD on. */
function plain(engine: Uint8Array): WebAssembly.Module {
  const text = readFileSync(join(__dirname, "plain.mjs"), "latin1");
  const [packed] = /[\w+/=]{999,}/.exec(text) as unknown as [string];
  return new WebAssembly.Module(applied(engine, unpack(Buffer.from(packed, "base64"))));
}

/** Does nothing: here the engine is ready from the start. It exists so that the same code runs everywhere. */
export async function init(): Promise<void> {}

export * from "./api.js";
