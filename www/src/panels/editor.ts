import { consume } from "@lit/context";
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import type { TextView } from "../editor/view.ts";
import type { Diagnostic, Range } from "../engine/types.ts";
import type { TextDocument } from "../state/document.ts";
import { panel, shared } from "../styles/shared.ts";
import { emit } from "./contract.ts";

/** What is shown of the text until the editor is there: more than fits into any view of it. */
const GLIMPSE = 8_000;

/**
 * An editor of one of the page's texts. The text and its history live in the document, which goes on without the editor.
 *
 * An editor is much code, and making one takes the page's time for a while. So on a page that is just being opened it
 * waits until there is an answer to look at, or the user wants to edit; until then the text is shown plainly.
 */
@customElement("oim-editor")
export class OimEditor extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      .editor {
        display: flex;
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
        padding: 8px 12px 0 51px;
        font: var(--oim-code-size) / 1.55 var(--oim-mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Always the same one, perhaps with another text. */
  @property({ attribute: false, hasChanged: () => true }) document!: TextDocument;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  /** The page has something to show, so that the editor may take its time. */
  @property({ attribute: false }) ready = false;
  @state() view: TextView | null = null;
  #opening = false;
  /** What is to be done as soon as there is an editor. */
  #later: ((view: TextView) => void)[] = [];

  get text(): string {
    return this.document.text;
  }

  /** Puts the cursor and the view at the beginning. */
  top(): void {
    this.#do((view) => view.top());
  }

  mark(range: Range | null): void {
    this.#do((view) => view.mark(range));
  }

  squiggle(diagnostics: Diagnostic[]): void {
    this.#do((view) => view.squiggle(diagnostics, (edits) => this.document.apply(edits)));
  }

  override focus(): void {
    this.#do((view) => view.focus());
    void this.#open();
  }

  /** Moves the cursor to a range, selects it and gives the editor the focus. */
  select(range: Range | undefined): void {
    this.#do((view) => view.select(range));
    void this.#open();
  }

  override render() {
    const glimpse = this.view
      ? nothing
      : html`<pre aria-hidden="true" @pointerdown=${this.focus}>${this.text.slice(0, GLIMPSE)}</pre>`;
    return html`${glimpse}<div class="editor"></div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.ready) void this.#open();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("ready") && this.ready) void this.#open();
    if (changed.has("readonly")) this.view?.setReadonly(this.readonly);
  }

  /** An editor listens on the window, so it goes with the element; the text stays. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.view?.close();
    this.view = null;
  }

  #do(action: (view: TextView) => void): void {
    if (this.view) action(this.view);
    else this.#later.push(action);
  }

  async #open(): Promise<void> {
    if (this.view || this.#opening) return;
    this.#opening = true;
    try {
      const [{ openView }, text] = await Promise.all([import("../editor/kit.ts"), this.document.inEditor()]);
      // The code, the state and the view each take a while; between them the page can answer.
      await new Promise((done) => setTimeout(done));
      const parent = this.renderRoot.querySelector<HTMLElement>(".editor");
      if (!this.isConnected || !parent) return;
      this.view = openView(text, parent, this.readonly);
      for (const action of this.#later.splice(0)) action(this.view);
    } catch (error) {
      if (this.view) throw error;
      emit(this, "oim-say", "The editor could not be loaded. Select the text to try again.");
    } finally {
      this.#opening = false;
    }
  }
}
