/** Browsers and bundlers without any configuration: the engine travels inside a JavaScript file. */
import packed from "./inline.js";
import { prepare } from "./prepare.js";

/** Makes the engine ready. */
export function init(): Promise<void> {
  return prepare(async () => {
    if (typeof DecompressionStream === "undefined") {
      throw new Error("init: there is no DecompressionStream here; `oim-config/web` does without it");
    }
    // Where the engine is not in the bundle but comes later, a promise of it stands there.
    const bytes = Uint8Array.from(atob(await packed), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return WebAssembly.compile(await new Response(stream).arrayBuffer());
  });
}

export * from "./api.js";
