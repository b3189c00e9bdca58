/** Browsers and bundlers without any configuration: the engine travels inside a JavaScript file. */
import packed from "./inline.js";
import { fitting, prepare } from "./prepare.js";
import { unpackText } from "./unpack.js";

/** Makes the engine ready. */
export function init(): Promise<void> {
  // Where the engine is not in the bundle but comes later, a promise of it stands there.
  return prepare(async () => WebAssembly.compile(await fitting(unpackText(await packed))));
}

export * from "./api.js";
