/** Unpacks the engine that is inside JavaScript. */

/** Decodes base64 and gunzips the bytes. */
export async function unpackText(packed: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
