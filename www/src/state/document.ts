import { isolateHistory, redo, undo, undoDepth } from "@codemirror/commands";
import { EditorState, type Extension, type StateEffect, Transaction, type TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { DocumentName, Edit } from "../panels/contract.ts";

/** What a document tells about a change of its text. */
export interface DocumentChange {
  document: TextDocument;
  /** One after the other: the places of each are those after the one before it. */
  edits: Edit[];
  /** The change can be undone by one step more than before it. */
  step: boolean;
  /** The change is itself an undoing or its opposite. */
  history: boolean;
}

/** Up to so many characters of white space count as an empty text. */
const BLANK = 1_000;

type Dress = (state: EditorState) => readonly StateEffect<unknown>[];

/**
 * A text of the page, with its history. It lives without an editor, so that a form edits the same text in the same way
 * as an editor does, and a hidden or closed editor loses nothing.
 */
export class TextDocument {
  readonly name: DocumentName;
  readonly #changed: (change: DocumentChange) => void;
  readonly #editable: Extension;
  #state: EditorState;
  #view: EditorView | null = null;
  #dress: Dress = () => [];
  #text: string | null = "";

  /** `editable` is what every editor of this text needs: language, keys, history. */
  constructor(name: DocumentName, editable: Extension, changed: (change: DocumentChange) => void) {
    this.name = name;
    this.#editable = editable;
    this.#changed = changed;
    this.#state = EditorState.create({ extensions: editable });
  }

  get state(): EditorState {
    return this.#view?.state ?? this.#state;
  }

  /** The view that shows the text, if one does. */
  get view(): EditorView | null {
    return this.#view;
  }

  get text(): string {
    return (this.#text ??= this.state.doc.toString());
  }

  /** There is nothing but white space in it. */
  get isBlank(): boolean {
    return this.length <= BLANK && this.text.trim() === "";
  }

  /** In UTF-16 code units, without making one string of the text. */
  get length(): number {
    return this.state.doc.length;
  }

  /** Starts over with a text that nothing leads back from. */
  reset(text: string): void {
    const length = this.length;
    // As a change, so that what goes by the size of a change sees this one.
    const { state } = EditorState.create({ extensions: this.#editable }).update({
      changes: { from: 0, insert: text },
      annotations: Transaction.addToHistory.of(false),
    });
    if (this.#view) this.#show(this.#view, state);
    else this.#state = state;
    this.#text = null;
    this.#changed({ document: this, edits: [{ start: 0, end: length, text }], step: false, history: true });
  }

  /** Applies edits together, as one step. Their places are those before any of them. */
  apply(edits: readonly Edit[]): void {
    const changes = edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text }));
    this.dispatch({ changes, userEvent: "input.replace", annotations: isolateHistory.of("full") });
  }

  /** Replaces the text as one step; only what differs between the two is touched, so that places elsewhere stay. */
  replace(text: string): void {
    const edit = difference(this.text, text);
    if (edit) this.apply([edit]);
  }

  undo(): boolean {
    return undo(this);
  }

  redo(): boolean {
    return redo(this);
  }

  dispatch = (...specs: (Transaction | TransactionSpec)[]): void => {
    if (this.#view) return this.#view.dispatch(...(specs as TransactionSpec[]));
    for (const spec of specs) {
      const transaction = "newDoc" in spec ? (spec as Transaction) : this.#state.update(spec as TransactionSpec);
      this.#state = transaction.state;
      this.took(transaction);
    }
  };

  /** A view takes the text over. `dress` gives what only a text in view needs. */
  attach(view: EditorView, dress: Dress): void {
    this.#view = view;
    this.#dress = dress;
    view.dispatch({ effects: dress(view.state) });
  }

  #show(view: EditorView, state: EditorState): void {
    view.setState(state);
    view.dispatch({ effects: this.#dress(state) });
  }

  detach(): void {
    if (!this.#view) return;
    this.#state = this.#view.state;
    this.#view = null;
  }

  /** To be told of every transaction of the view. */
  took(transaction: Transaction): void {
    if (!transaction.docChanged) return;
    this.#text = null;
    const edits: Edit[] = [];
    let moved = 0;
    transaction.changes.iterChanges((start, end, _from, _to, inserted) => {
      edits.push({ start: start + moved, end: end + moved, text: inserted.toString() });
      moved += inserted.length - (end - start);
    });
    const step = undoDepth(transaction.state) > undoDepth(transaction.startState);
    const history = transaction.isUserEvent("undo") || transaction.isUserEvent("redo");
    this.#changed({ document: this, edits, step, history });
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
