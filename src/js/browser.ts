/** Browsers and bundlers without any configuration: the engine travels inside this file. */
import { boot, isBooted } from "./instance.js";

/** The engine, deflated and in base64, put in by the build. Half the size of the bare bytes in base64. */
declare const INLINE: string;

let pending: Promise<void> | undefined;

/** Makes the engine ready. */
export function init(): Promise<void> {
  if (isBooted()) return Promise.resolve();
  pending ??= load().finally(() => {
    // Cleared so that an attempt that failed can be made again.
    pending = undefined;
  });
  return pending;
}

async function load(): Promise<void> {
  const packed = Uint8Array.from(atob(INLINE), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  boot(await WebAssembly.compile(await new Response(stream).arrayBuffer()));
}

export * from "./api.js";
