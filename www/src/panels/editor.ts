import { foldEffect } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { css, html, LitElement } from "lit";
import { markRange } from "../editor/marks.ts";
import { jsonEditor } from "../editor/setup.ts";
import { squiggle } from "../editor/squiggles.ts";
import type { Diagnostic, Range } from "../engine/types.ts";
import type { Edit } from "./contract.ts";
import { panel, shared } from "../styles/shared.ts";

/**
 * A text in an editor. The editor owns the text: the page asks for it and may replace it, which can be undone like any
 * other edit.
 *
 * @fires oim-edit - The text changed.
 */
export class OimEditor extends LitElement {
  static override properties = { label: {}, note: {} };

  static override styles = [
    shared,
    panel,
    css`
      .editor {
        flex: 1;
        min-height: 0;
        overflow: hidden;
      }

      section:focus-within {
        border-color: var(--oim-accent);
      }
    `,
  ];

  declare label: string;
  declare note: string;
  #view: EditorView | undefined;
  #state: EditorState | undefined;
  #initial = "";

  constructor() {
    super();
    this.label = "";
    this.note = "";
  }

  get text(): string {
    return this.#document()?.toString() ?? this.#initial;
  }

  /** In UTF-16 code units, without copying the text. */
  get length(): number {
    return this.#document()?.length ?? this.#initial.length;
  }

  #document() {
    return (this.#view?.state ?? this.#state)?.doc;
  }

  /** Replaces the text as one undoable edit. */
  replace(text: string): void {
    if (this.#view) this.apply([{ start: 0, end: this.length, text }]);
    else this.#initial = text;
  }

  /** Applies edits together, as one undoable edit. */
  apply(edits: readonly Edit[]): void {
    const changes = edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text }));
    this.#view?.dispatch({ changes, userEvent: "input.replace" });
  }

  /** Folds a range away, from behind its opening bracket to its closing one. */
  fold(range: Range): void {
    if (range.end - range.start > 2) this.#view?.dispatch({ effects: foldEffect.of({ from: range.start + 1, to: range.end - 1 }) });
  }

  /** Puts the cursor and the view at the beginning. */
  top(): void {
    this.#view?.dispatch({ selection: { anchor: 0 } });
    this.#view?.scrollDOM.scrollTo(0, 0);
  }

  mark(range: Range | null): void {
    if (this.#view) markRange(this.#view, range);
  }

  squiggle(diagnostics: Diagnostic[]): void {
    if (this.#view) squiggle(this.#view, diagnostics, (edits) => this.apply(edits));
  }

  /** Moves the cursor to a range, selects it and gives the editor the focus. */
  select(range: Range | undefined): void {
    const view = this.#view;
    if (!view) return;
    const length = view.state.doc.length;
    const anchor = Math.min(range?.start ?? 0, length);
    view.dispatch({ selection: { anchor, head: Math.min(range?.end ?? 0, length) }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    view.focus();
  }

  override render() {
    return html`
      <section aria-label=${this.label}>
        <div class="head">
          <h2>${this.label}</h2>
          <span class="note">${this.note}</span>
          <span class="fill"></span>
          <slot></slot>
        </div>
        <div class="editor"></div>
      </section>
    `;
  }

  override firstUpdated(): void {
    this.#open();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#view) this.#open();
  }

  /** An editor listens on the window. Its state, undo included, waits for the element to come back. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#state = this.#view?.state ?? this.#state;
    this.#view?.destroy();
    this.#view = undefined;
  }

  #open(): void {
    const changed = () => this.dispatchEvent(new CustomEvent("oim-edit"));
    this.#state ??= EditorState.create({ doc: this.#initial, extensions: jsonEditor(`${this.label}, JSON`, changed) });
    this.#view = new EditorView({
      state: this.#state,
      parent: this.renderRoot.querySelector(".editor") as HTMLElement,
      root: this.renderRoot as ShadowRoot,
    });
  }
}

customElements.define("oim-editor", OimEditor);
