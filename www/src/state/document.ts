import type { EditorText } from "../editor/editor-text.ts";
import type { Range } from "../engine/types.ts";
import type { DocumentName, Edit } from "../panels/contract.ts";
import { PlainText } from "./plain-text.ts";
import type { EditKind, TextChange, TextStore } from "./text-store.ts";

/** What a document reports about a change of its text. */
export interface DocumentChange extends TextChange {
  document: TextDocument;
}

/** Makes an editor's state of a text, with its history. */
export type TakeOver = (plain: PlainText, changed: (change: TextChange) => void) => EditorText;

/** Up to so many characters of white space count as an empty text. */
const BLANK = 1_000;

/**
 * A text of the page, with its history. It lives without an editor, so that a form edits the same text in the same way
 * as an editor does, and a hidden or closed editor loses nothing. Until the code of the editors is there it is a plain
 * text, which is there at once.
 */
export class TextDocument {
  readonly name: DocumentName;
  readonly #changed: (change: TextChange) => void;
  readonly #load: () => Promise<TakeOver>;
  #store: TextStore;
  #editor: Promise<EditorText> | null = null;
  #text: string | null = "";

  constructor(name: DocumentName, load: () => Promise<TakeOver>, changed: (change: DocumentChange) => void) {
    this.name = name;
    this.#load = load;
    this.#changed = (change) => {
      this.#text = null;
      changed({ document: this, ...change });
    };
    this.#store = new PlainText(this.#changed);
  }

  get text(): string {
    return (this.#text ??= this.#store.text);
  }

  /** There is nothing but white space in it. */
  get isBlank(): boolean {
    return this.length <= BLANK && this.text.trim() === "";
  }

  /** In UTF-16 code units, without making one string of the text. */
  get length(): number {
    return this.#store.length;
  }

  slice(start: number, end: number): string {
    return this.#store.slice(start, end);
  }

  /** What is selected; of no length where only the cursor is somewhere. */
  get selection(): Range {
    return this.#store.selection;
  }

  /** Starts over with a text that nothing leads back from. */
  reset(text: string): void {
    this.#store.reset(text);
  }

  /** Applies edits together, as one step unless they are typed. Their places are those before any of them. */
  apply(edits: readonly Edit[], kind: EditKind = "step"): void {
    this.#store.edit(edits, kind);
  }

  /** Replaces the text as one step; only what differs between the two is touched, so that places elsewhere stay. */
  replace(text: string): void {
    const edit = difference(this.text, text);
    if (edit) this.apply([edit]);
  }

  undo(): boolean {
    return this.#store.undo();
  }

  redo(): boolean {
    return this.#store.redo();
  }

  /** Folds a part away, from behind its opening bracket to its closing one, whether an editor shows it or not. */
  fold(range: Range): void {
    this.#store.fold(range);
  }

  /** The text as the state of an editor, once that can be had. */
  inEditor(): Promise<EditorText> {
    this.#editor ??= this.#load().then(
      (takeOver) => (this.#store = takeOver(this.#store as PlainText, this.#changed)) as EditorText,
      (error: unknown) => {
        this.#editor = null;
        throw error;
      },
    );
    return this.#editor;
  }
}

/** The smallest range in which two texts differ, as the edit that leads from one to the other. `null` where they are the same. */
export function difference(before: string, after: string): Edit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail += 1;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
