import { foldEffect } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { css, html, LitElement, type PropertyValues } from "lit";
import { markRange } from "../editor/marks.ts";
import { editable } from "../editor/setup.ts";
import { squiggle } from "../editor/squiggles.ts";
import type { Diagnostic, Range } from "../engine/types.ts";
import type { TextDocument } from "../state/document.ts";
import { panel, shared } from "../styles/shared.ts";

/** An editor of one of the page's texts. The text and its history live in the document, which goes on without the editor. */
export class OimEditor extends LitElement {
  static override properties = { label: {}, note: {}, document: { attribute: false }, readonly: { type: Boolean }, bare: { type: Boolean, reflect: true } };

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
  declare document: TextDocument;
  declare readonly: boolean;
  declare bare: boolean;
  #view: EditorView | undefined;

  constructor() {
    super();
    this.label = "";
    this.note = "";
    this.readonly = false;
    this.bare = false;
  }

  get text(): string {
    return this.document.text;
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
    if (this.#view) squiggle(this.#view, diagnostics, (edits) => this.document.apply(edits));
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
    const editor = html`<div class="editor"></div>`;
    if (this.bare) return editor;
    return html`
      <section aria-label=${this.label}>
        <div class="head">
          <h2>${this.label}</h2>
          <span class="note">${this.note}</span>
          <span class="fill"></span>
          <slot></slot>
        </div>
        ${editor}
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

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("readonly")) {
      this.#view?.dispatch({ effects: editable.reconfigure(this.readonly ? [EditorState.readOnly.of(true)] : []) });
    }
  }

  /** An editor listens on the window, so it goes with the element; the text stays. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.document.detach();
    this.#view?.destroy();
    this.#view = undefined;
  }

  #open(): void {
    const view: EditorView = new EditorView({
      state: this.document.state,
      parent: this.renderRoot.querySelector(".editor") as HTMLElement,
      root: this.renderRoot as ShadowRoot,
      dispatchTransactions: (transactions) => {
        view.update(transactions);
        for (const transaction of transactions) this.document.took(transaction);
      },
    });
    this.#view = view;
    this.document.attach(view);
    if (this.readonly) view.dispatch({ effects: editable.reconfigure([EditorState.readOnly.of(true)]) });
  }
}

customElements.define("oim-editor", OimEditor);
