/** Node's own way to copy a text, for the engine to encode. */
import { bytes, encodeBy } from "./instance.js";
import type * as raw from "./raw.js";

/** Code units up to which `TextEncoder` is no slower. */
const SHORT = 4096;
/** Code units that are copied at once: few enough to stay in the processor's cache. */
const UNITS = 16 * 1024;

/**
 * The last text longer than that held characters outside ASCII, so the next one likely does as well. Of text that is all
 * ASCII `TextEncoder` knows without a look at each character, and is the faster one.
 */
let lastWasMixed = false;
/** Where the pieces of a text go, in the engine's memory. */
let room: Buffer | undefined;

/**
 * Has long texts outside ASCII copied as they are in memory: in Node that is several times as fast as `TextEncoder`. Deno
 * and Bun call themselves Node, but have a `TextEncoder` of their own.
 */
export function encodeByBuffer(): void {
  const { release, versions } = process;
  if (release.name !== "node" || "deno" in versions || "bun" in versions) return;
  encodeBy((usual) => (engine, text, limit) => {
    if (text.length <= SHORT) return usual(engine, text, limit);
    const written = (lastWasMixed ? encodePieces : usual)(engine, text, limit);
    lastWasMixed = written !== text.length;
    return written;
  });
}

/** Copies a text piece by piece, and has the engine encode the pieces. */
function encodePieces(engine: raw.RawEngine, text: string, limit: number): number {
  if (room?.buffer !== bytes().buffer) {
    const address = engine.utf16Address(UNITS);
    room = Buffer.from(bytes().buffer, address, UNITS * 2);
  }
  let written = 0;
  for (let from = 0, to = 0; from < text.length && written <= limit; from = to) {
    to = Math.min(from + UNITS, text.length);
    // The two halves of a character stay together.
    if (to < text.length && (text.charCodeAt(to) & 0xfc00) === 0xdc00) to -= 1;
    room.write(text.slice(from, to), "utf16le");
    written = engine.encodeUtf16(to - from, written);
  }
  return written;
}
