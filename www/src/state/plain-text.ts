import type { Edit, TextChange, TextStore } from "./text-store.ts";
import type { Range } from "../engine/types.ts";

/**
 * A text with its history, until the editors are loaded. They take over what was done to it, step by step, so that it can
 * be undone there as well.
 */
export class PlainText implements TextStore {
  readonly #changed: (change: TextChange) => void;
  /** The text before all steps. */
  origin = "";
  /** Edits together are a step; their places are those before any of them. */
  readonly steps: (readonly Edit[])[] = [];
  readonly undone: (readonly Edit[])[] = [];
  /** Parts of the present text that an editor is to fold away. */
  folds: Range[] = [];
  #text = "";

  constructor(changed: (change: TextChange) => void) {
    this.#changed = changed;
  }

  get text(): string {
    return this.#text;
  }

  get length(): number {
    return this.#text.length;
  }

  slice(start: number, end: number): string {
    return this.#text.slice(Math.max(0, start), end);
  }

  /** Nobody can select in it. */
  get selection(): Range {
    return { start: 0, end: 0 };
  }

  reset(text: string): void {
    const { length } = this;
    this.origin = this.#text = withLineFeeds(text);
    this.steps.length = this.undone.length = 0;
    this.folds = [];
    this.#changed({ edits: [{ start: 0, end: length, text: this.#text }], step: false, history: true });
  }

  edit(edits: readonly Edit[]): void {
    const step = edits
      .map(({ start, end, text }) => ({ start, end, text: withLineFeeds(text) }))
      .filter(({ start, end, text }) => end > start || text !== "")
      .sort((a, b) => a.start - b.start);
    if (step.length === 0) return;
    this.steps.push(step);
    this.undone.length = 0;
    this.folds = [];
    let moved = 0;
    const applied = step.map(({ start, end, text }) => {
      const edit = { start: start + moved, end: end + moved, text };
      moved += text.length - (end - start);
      return edit;
    });
    this.#text = applied.reduce(replaced, this.#text);
    this.#changed({ edits: applied, step: true, history: false });
  }

  undo(): boolean {
    return this.#move(this.steps, this.undone);
  }

  redo(): boolean {
    return this.#move(this.undone, this.steps);
  }

  fold(range: Range): void {
    this.folds.push(range);
  }

  #move(from: (readonly Edit[])[], to: (readonly Edit[])[]): boolean {
    const step = from.pop();
    if (!step) return false;
    to.push(step);
    const { length } = this;
    this.folds = [];
    this.#text = this.steps.reduce(
      (text, edits) => edits.reduceRight((before, edit) => replaced(before, edit), text),
      this.origin,
    );
    this.#changed({ edits: [{ start: 0, end: length, text: this.#text }], step: false, history: true });
    return true;
  }
}

function replaced(before: string, { start, end, text }: Edit): string {
  return before.slice(0, start) + text + before.slice(end);
}

/** Editors know one kind of line end; places in the text are counted after that. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}
