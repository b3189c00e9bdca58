/** Cuts what is read into pieces of whole lines. */
import { PAYLOAD_LIMIT } from "../files.js";
import type { Source } from "./source.js";

/** Whole lines, the last one perhaps without an end; or a line that is too long to be held. */
export type Piece = { kind: "lines"; bytes: Uint8Array<ArrayBuffer> } | { kind: "long" };

/** How much is read at once, in bytes. */
export const STEP = 512 * 1024;
/** A line of more bytes than this is no payload, whatever ends it. */
const LONGEST = PAYLOAD_LIMIT + 2;
const LINE_END = 10;
const NOTHING = new Uint8Array(0);

/** Gives so many bytes to read into. They are ours until the piece in them is given. */
export type Space = (size: number) => Uint8Array<ArrayBuffer>;

export class Splitter {
  #read: Source["read"];
  #space: Space;
  #buffer = NOTHING;
  #filled = 0;
  /** The beginning of a line, from before. */
  #kept = NOTHING;
  /** What stands in the buffer behind the end of a line that was too long. */
  #behind: Piece | undefined;
  /** Only the end of the line is looked for; the rest is let go. */
  #skipping = false;
  #ended = false;

  constructor({ read }: Pick<Source, "read">, space: Space) {
    this.#read = read;
    this.#space = space;
  }

  /** The next piece, waited for only where the source has to be; `undefined` at the end. */
  next(): Piece | undefined | Promise<Piece | undefined> {
    const behind = this.#behind;
    this.#behind = undefined;
    if (behind !== undefined || this.#ended) return behind;
    this.#begin();
    return this.#more();
  }

  /** Takes room for what was kept and as much again: so the bytes of a long line are not copied over and over. */
  #begin(): void {
    const kept = this.#kept;
    this.#buffer = this.#space(kept.length + Math.max(STEP, kept.length));
    this.#buffer.set(kept);
    this.#filled = kept.length;
    this.#kept = NOTHING;
  }

  /** Reads until there is a piece. */
  #more(): Piece | undefined | Promise<Piece | undefined> {
    for (;;) {
      const count = this.#read(this.#buffer, this.#filled);
      if (typeof count !== "number") {
        return count.then((count) => {
          const piece = this.#cut(count);
          return piece === null ? this.#more() : piece;
        });
      }
      const piece = this.#cut(count);
      if (piece !== null) return piece;
    }
  }

  /** What there is after `count` bytes more: a piece, nothing any more, or `null` where more has to be read. */
  #cut(count: number): Piece | undefined | null {
    const before = this.#filled;
    this.#filled += count;
    if (count === 0) {
      this.#ended = true;
      return this.#skipping ? { kind: "long" } : this.#lines(0, this.#filled);
    }
    const last = this.#buffer.subarray(before, this.#filled).lastIndexOf(LINE_END) + before + 1;
    if (last > before) {
      const begin = this.#skipping ? this.#buffer.indexOf(LINE_END, before) + 1 : 0;
      const lines = this.#lines(begin, last);
      this.#kept = this.#buffer.slice(last, this.#filled);
      if (!this.#skipping) return lines;
      this.#skipping = false;
      this.#behind = lines;
      return { kind: "long" };
    }
    this.#skipping ||= this.#filled > LONGEST;
    if (this.#skipping) this.#filled = 0;
    if (this.#filled === this.#buffer.length) {
      this.#kept = this.#buffer.slice();
      this.#begin();
    }
    return null;
  }

  #lines(begin: number, end: number): Piece | undefined {
    return begin < end ? { kind: "lines", bytes: this.#buffer.subarray(begin, end) } : undefined;
  }
}
