import { EditorState, type StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { consume } from "@lit/context";
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import { markRange, squiggle } from "../editor/decorations.ts";
import { editable, inView } from "../editor/setup.ts";
import type { Diagnostic, Range } from "../engine/types.ts";
import type { TextDocument } from "../state/document.ts";
import { panel, shared } from "../styles/shared.ts";

/** What is shown of the text until the editor is there: more than fits into any view of it. */
const GLIMPSE = 8_000;

/**
 * An editor of one of the page's texts. The text and its history live in the document, which goes on without the editor.
 *
 * Making an editor takes the page's time for a while. So on a page that is just being opened it waits until there is an
 * answer to look at, or somebody wants to edit; until then the text is shown plainly.
 */
@customElement("oim-editor")
export class OimEditor extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      .editor {
        flex: 1;
        min-height: 0;
        overflow: hidden;
      }

      .editor:empty {
        display: none;
      }

      pre {
        flex: 1;
        min-width: 0;
        margin: 0;
        overflow: hidden;
        padding: 8px 12px 0 58px;
        font: var(--oim-code-size) / 1.55 var(--oim-mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) document!: TextDocument;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  /** The page has something to show, so that the editor may take its time. */
  @property({ attribute: false }) ready = false;
  #view: EditorView | undefined;
  /** What is to be done as soon as there is an editor. */
  #later: ((view: EditorView) => void)[] = [];

  get text(): string {
    return this.document.text;
  }

  /** Puts the cursor and the view at the beginning. */
  top(): void {
    this.#do((view) => {
      view.dispatch({ selection: { anchor: 0 } });
      view.scrollDOM.scrollTo(0, 0);
    });
  }

  mark(range: Range | null): void {
    this.#do((view) => markRange(view, range));
  }

  squiggle(diagnostics: Diagnostic[]): void {
    this.#do((view) => squiggle(view, diagnostics, (edits) => this.document.apply(edits)));
  }

  override focus(): void {
    this.#open().focus();
  }

  /** Moves the cursor to a range, selects it and gives the editor the focus. */
  select(range: Range | undefined): void {
    const view = this.#open();
    const length = view.state.doc.length;
    const anchor = Math.min(range?.start ?? 0, length);
    view.dispatch({
      selection: { anchor, head: Math.min(range?.end ?? 0, length) },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    });
    view.focus();
  }

  override render() {
    const glimpse = this.#view
      ? nothing
      : html`<pre aria-hidden="true" @pointerdown=${this.#wanted}>${this.text.slice(0, GLIMPSE)}</pre>`;
    return html`${glimpse}<div class="editor"></div>`;
  }

  override firstUpdated(): void {
    if (this.ready) this.#open();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.ready) this.#open();
  }

  override updated(changed: PropertyValues<this>): void {
    // A task later than what it waited for, so that this is seen first.
    if (changed.has("ready") && this.ready && !this.#view) requestAnimationFrame(() => setTimeout(this.#wanted));
    if (changed.has("readonly")) this.#view?.dispatch({ effects: this.#writable() });
  }

  /** An editor listens on the window, so it goes with the element; the text stays. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.document.detach();
    this.#view?.destroy();
    this.#view = undefined;
  }

  #wanted = (): void => {
    if (this.isConnected) this.#open();
  };

  #writable(): StateEffect<unknown> {
    return editable.reconfigure(this.readonly ? [EditorState.readOnly.of(true)] : []);
  }

  #do(action: (view: EditorView) => void): void {
    if (this.#view) action(this.#view);
    else this.#later.push(action);
  }

  #open(): EditorView {
    if (this.#view) return this.#view;
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
    this.document.attach(view, (state) => [inView(state), this.#writable()]);
    for (const action of this.#later.splice(0)) action(view);
    this.requestUpdate();
    return view;
  }
}
