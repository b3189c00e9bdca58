/** Cuts what is read into pieces of whole lines. */
import { PAYLOAD_LIMIT } from "../files.js";
import type { Source } from "./source.js";

/** Whole lines, the last one perhaps without an end; or a line that is too long to be held. */
export type Piece = { kind: "lines"; bytes: Uint8Array<ArrayBuffer> } | { kind: "long" };

/** How much is read at once, in bytes. */
const STEP = 512 * 1024;
/** A line of more bytes than this is no payload, whatever ends it. */
const LONGEST = PAYLOAD_LIMIT + 2;
const LINE_END = 10;

/** The bytes of a piece are there only until the next one is asked for: their memory is used again. */
export async function* pieces({ read }: Pick<Source, "read">): AsyncGenerator<Piece> {
  let buffer = new Uint8Array(STEP);
  let filled = 0;
  let skipping = false;
  for (;;) {
    if (buffer.length - filled < STEP / 2) buffer = larger(buffer, filled);
    const count = await read(buffer, filled);
    if (count === 0) break;
    const last = indexIn(buffer, filled, filled + count);
    filled += count;
    let begin = 0;
    if (skipping) {
      // Only the line end is looked for; the rest is let go.
      const end = last < 0 ? -1 : buffer.indexOf(LINE_END);
      begin = end < 0 ? filled : end + 1;
      skipping = end < 0;
      if (end >= 0) yield { kind: "long" };
    }
    const end = Math.max(begin, last + 1);
    if (end > begin) yield { kind: "lines", bytes: buffer.subarray(begin, end) };
    buffer.copyWithin(0, end, filled);
    filled -= end;
    if (filled > LONGEST) {
      skipping = true;
      filled = 0;
    }
    if (filled < STEP && buffer.length > 4 * STEP) buffer = buffer.slice(0, 2 * STEP);
  }
  if (skipping) yield { kind: "long" };
  else if (filled > 0) yield { kind: "lines", bytes: buffer.subarray(0, filled) };
}

/** The last line end between two places, or -1. */
function indexIn(buffer: Uint8Array, from: number, to: number): number {
  const found = buffer.subarray(from, to).lastIndexOf(LINE_END);
  return found < 0 ? -1 : from + found;
}

function larger(buffer: Uint8Array, filled: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(Math.min(buffer.length * 2, LONGEST + 2 * STEP));
  grown.set(buffer.subarray(0, filled));
  return grown;
}
