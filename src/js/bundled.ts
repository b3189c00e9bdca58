/** Programs that a bundler builds for Node: no other file is certain to be there, so the engine is inside. */
import { gunzipSync } from "node:zlib";
import { encodeByBuffer } from "./buffer.js";
import packed from "./inline.js";
import { prepareSync } from "./prepare.js";

encodeByBuffer();
prepareSync(gunzipSync(Buffer.from(packed, "base64")));

/** Does nothing: the engine is ready on import. It exists so that the same code runs everywhere. */
export async function init(): Promise<void> {}

export * from "./api.js";
