/** Programs that a bundler makes for Node: no file can be counted on beside them, so the engine travels inside. */
import { encodeByBuffer } from "./buffer.js";
import packed from "./inline.js";
import { boot } from "./instance.js";
import { unpack } from "./unpack.js";

encodeByBuffer();
boot(new WebAssembly.Module(unpack(Buffer.from(packed, "base64"))));

/** Does nothing: here the engine is ready from the start. It exists so that the same code runs everywhere. */
export async function init(): Promise<void> {}

export * from "./api.js";
