import type { Edit } from "../panels/contract.ts";

/** A part of the first text, or a text that came later. */
type Piece = { start: number; end: number } | string;

/** A text under change, which knows what became of its beginnings: edits on edits give edits of the first text. */
export class Pieces {
  readonly #first: string;
  #pieces: Piece[];

  constructor(text: string) {
    this.#first = text;
    this.#pieces = [{ start: 0, end: text.length }];
  }

  text(): string {
    return this.#pieces.map((piece) => this.#read(piece)).join("");
  }

  /** Applies edits whose places are all in the text as it is now and do not overlap. */
  apply(edits: readonly Edit[]): void {
    const ordered = edits
      .map((edit, index) => ({ ...edit, index }))
      .sort((a, b) => b.start - a.start || b.index - a.index);
    for (const { start, end, text } of ordered)
      this.#pieces = [...this.#cut(0, start), text, ...this.#cut(end, Infinity)];
  }

  /** The edits that lead from the first text to this one, in order and without overlap. */
  edits(): Edit[] {
    const edits: Edit[] = [];
    let start = 0;
    let text = "";
    for (const piece of [...this.#pieces, { start: this.#first.length, end: this.#first.length }]) {
      if (typeof piece === "string") {
        text += piece;
        continue;
      }
      if (piece.start === piece.end && piece.start < this.#first.length) continue;
      if (this.#first.slice(start, piece.start) !== text) edits.push({ start, end: piece.start, text });
      start = piece.end;
      text = "";
    }
    return edits;
  }

  #read(piece: Piece): string {
    return typeof piece === "string" ? piece : this.#first.slice(piece.start, piece.end);
  }

  /** What stands between two places of the text as it is now. */
  #cut(from: number, to: number): Piece[] {
    const kept: Piece[] = [];
    let at = 0;
    for (const piece of this.#pieces) {
      const length = typeof piece === "string" ? piece.length : piece.end - piece.start;
      const [begin, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
      if (begin < end)
        kept.push(
          typeof piece === "string" ? piece.slice(begin, end) : { start: piece.start + begin, end: piece.start + end },
        );
      at += length;
    }
    return kept;
  }
}
