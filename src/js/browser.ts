/** Browsers and bundlers without configuration: the engine is inside a JavaScript file. */
import packed from "./inline.js";
import { prepare } from "./prepare.js";
import { unpackText } from "./unpack.js";

/** Makes the engine ready. */
export function init(): Promise<void> {
  // In the element's worker the engine arrives later, so `packed` is a promise there.
  return prepare(async () => WebAssembly.compile(await unpackText(await packed)));
}

export * from "./api.js";
