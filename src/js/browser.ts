/** Browsers and bundlers without any configuration: the engine travels inside a JavaScript file. */
import packed from "./inline.js";
import { fitting, prepare } from "./prepare.js";
import { unpack } from "./unpack.js";

/** Makes the engine ready. */
export function init(): Promise<void> {
  return prepare(async () => {
    // Where the engine is not in the bundle but comes later, a promise of it stands there.
    const bytes = Uint8Array.from(atob(await packed), (character) => character.charCodeAt(0));
    return WebAssembly.compile(await fitting(unpack(bytes)));
  });
}

export * from "./api.js";
