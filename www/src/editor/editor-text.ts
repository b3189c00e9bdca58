import { isolateHistory, redo, undo, undoDepth } from "@codemirror/commands";
import { foldEffect } from "@codemirror/language";
import { EditorState, type Extension, type StateEffect, Transaction, type TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Range } from "../engine/types.ts";
import { type PlainText, withLineFeeds } from "../state/plain-text.ts";
import type { Edit, EditKind, TextChange, TextStore } from "../state/text-store.ts";

type Dress = (state: EditorState) => readonly StateEffect<unknown>[];

/** A text as the state of an editor. The state lives on while no view shows it. */
export class EditorText implements TextStore {
  readonly #extensions: Extension;
  readonly #changed: (change: TextChange) => void;
  #state: EditorState;
  #view: EditorView | null = null;
  #dress: Dress = () => [];

  /** `extensions` is what every editor of this text needs: language, keys, history. */
  constructor(extensions: Extension, plain: PlainText, changed: (change: TextChange) => void) {
    this.#extensions = extensions;
    this.#state = this.#begin(plain.origin);
    // Nothing has changed by that, so no change is reported.
    this.#changed = () => {};
    for (const edits of plain.steps) this.edit(edits, "step");
    for (const edits of plain.undone.toReversed()) this.edit(edits, "step");
    for (const _ of plain.undone) this.undo();
    for (const range of plain.folds) this.fold(range);
    this.#changed = changed;
  }

  get state(): EditorState {
    return this.#view?.state ?? this.#state;
  }

  get text(): string {
    return this.state.doc.toString();
  }

  get length(): number {
    return this.state.doc.length;
  }

  slice(start: number, end: number): string {
    return this.state.doc.sliceString(start, end);
  }

  get selection(): Range {
    const { from, to } = this.state.selection.main;
    return { start: from, end: to };
  }

  reset(given: string): void {
    const { length } = this;
    const text = withLineFeeds(given);
    const state = this.#begin(text);
    if (this.#view) this.#show(this.#view, state);
    else this.#state = state;
    this.#changed({ edits: [{ start: 0, end: length, text }], step: false, history: true });
  }

  edit(edits: readonly Edit[], kind: EditKind): void {
    const changes = edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text }));
    if (kind === "step") this.dispatch({ changes, userEvent: "input.replace", annotations: isolateHistory.of("full") });
    else this.dispatch({ changes, userEvent: kind === "typing" ? "input.type" : "input" });
  }

  undo(): boolean {
    return undo(this);
  }

  redo(): boolean {
    return redo(this);
  }

  fold({ start, end }: Range): void {
    if (end - start > 2) this.dispatch({ effects: foldEffect.of({ from: start + 1, to: end - 1 }) });
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

  detach(): void {
    if (!this.#view) return;
    this.#state = this.#view.state;
    this.#view = null;
  }

  /** Called with every transaction of the view. */
  took(transaction: Transaction): void {
    if (!transaction.docChanged) return;
    const edits: Edit[] = [];
    let moved = 0;
    transaction.changes.iterChanges((start, end, _from, _to, inserted) => {
      edits.push({ start: start + moved, end: end + moved, text: inserted.toString() });
      moved += inserted.length - (end - start);
    });
    const step = undoDepth(transaction.state) > undoDepth(transaction.startState);
    const history = transaction.isUserEvent("undo") || transaction.isUserEvent("redo");
    this.#changed({ edits, step, history });
  }

  #begin(text: string): EditorState {
    // As a change, so that what goes by the size of a change sees this one.
    return EditorState.create({ extensions: this.#extensions }).update({
      changes: { from: 0, insert: text },
      annotations: Transaction.addToHistory.of(false),
    }).state;
  }

  #show(view: EditorView, state: EditorState): void {
    view.setState(state);
    view.dispatch({ effects: this.#dress(state) });
  }
}
