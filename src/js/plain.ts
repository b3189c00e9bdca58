/**
 * The engine for what has WebAssembly without SIMD, such as Safari before 16.4 and processors without SSE 4.1. A file of
 * its own, which is loaded only there. What the engine differs in from the one with SIMD, packed by LZMA and in base64,
 * is put in by the build; Node, which cannot wait for a module, reads it from the text of the file.
 */
import { applied } from "./difference.js";
import { unpackText } from "./unpack.js";

declare const DIFFERENCE: string;

/** Makes the engine without SIMD from the one with SIMD. */
export default function plain(engine: Uint8Array): Uint8Array<ArrayBuffer> {
  return applied(engine, unpackText(DIFFERENCE));
}
