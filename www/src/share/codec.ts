/** Bytes that fit into an address: deflated with a checksum, in base64 without the characters that addresses reserve. */
/** What inflating gave instead of bytes. */
export type Damage = "damaged" | "too-large";

/** Bytes given to the inflater at a time. Deflate grows at most about 1,032 times, so one step makes at most 8 MB. */
const STEP = 8 * 1024;

/** Characters that `String.fromCharCode` takes at a time without running out of stack. */
const CHUNK = 32 * 1024;

/** Deflates text, as zlib does. */
export async function deflate(text: string): Promise<Uint8Array> {
  const stream = steps(new TextEncoder().encode(text), CHUNK).pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Inflates text of at most `limit` bytes. Stops as soon as there is more, however much more that would be. */
export async function inflate(bytes: Uint8Array, limit: number): Promise<string | Damage> {
  const reader = steps(bytes, STEP).pipeThrough(new DecompressionStream("deflate")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > limit) {
        await reader.cancel();
        return "too-large";
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // Cut off, changed on the way, or no deflated bytes at all: the checksum at the end makes it certain.
    return "damaged";
  }
}

/** Hands out bytes as they are asked for, so that what comes behind can keep up. */
function steps(bytes: Uint8Array, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

/** Base64 for addresses: `-` and `_`, nothing at the end. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of {@link toBase64}; `null` where the text is none. */
export function fromBase64(text: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
