import { openSearchPanel } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { inView, jsonViewer } from "../editor/setup.ts";
import { shared } from "../styles/shared.ts";
import { type Outcome, emit } from "./contract.ts";

/** From this many characters on the answer stays on the lines it came on: laying it out would take the page's time. */
const AS_IT_IS = 2_000_000;

/**
 * The whole answer as JSON text, to be read, searched and copied.
 *
 * @fires oim-say - It was copied.
 */
@customElement("oim-alert-json")
export class OimAlertJson extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-width: 0;
        min-height: 0;
      }

      .tools {
        display: flex;
        flex: none;
        align-items: center;
        gap: 8px;
        padding: 6px 8px;
        border-bottom: 1px solid var(--oim-line);
      }

      .note {
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }

      .editor {
        display: flex;
        flex: 1;
        min-height: 0;
        overflow: hidden;
      }
    `,
  ];

  @property({ attribute: false }) outcome!: Outcome;
  /** The text is on its way. */
  @state() waits = true;
  #view: EditorView | undefined;
  /** The answer whose text is shown. */
  #shown = -1;

  override render() {
    return html`
      <div class="tools">
        <button class="small" @click=${this.#copy} ?disabled=${this.waits}>Copy</button>
        <button class="small" @click=${this.#find} ?disabled=${this.waits}>Find</button>
        ${this.waits ? html`<span class="note">Writing the answer…</span>` : nothing}
      </div>
      <div class="editor"></div>
    `;
  }

  override updated(): void {
    this.#view ??= this.#open();
    void this.#load();
  }

  #open(): EditorView {
    const view = new EditorView({
      state: EditorState.create({ extensions: jsonViewer("Alerts, JSON") }),
      parent: this.renderRoot.querySelector(".editor") as HTMLElement,
      root: this.renderRoot as ShadowRoot,
    });
    view.dispatch({ effects: inView(view.state) });
    return view;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = undefined;
    this.#shown = -1;
  }

  override focus(): void {
    this.#view?.focus();
  }

  async #load(): Promise<void> {
    const { outcome } = this;
    if (outcome.version === this.#shown) return;
    this.#shown = outcome.version;
    let text: string;
    try {
      text = laidOut(await outcome.json());
    } catch {
      // A newer answer has come; its text is asked for with it.
      return;
    }
    const view = this.#view;
    if (!view || outcome !== this.outcome) return;
    this.waits = false;
    // Only what differs is replaced, so that whoever reads keeps their place.
    const there = view.state.doc.toString();
    const change = difference(there, text);
    if (change) view.dispatch({ changes: change });
  }

  #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.#view?.state.doc.toString() ?? "");
      emit(this, "oim-say", "Copied the alerts as JSON.");
    } catch {
      const text = "The browser did not allow copying. Select the text and copy it with the keyboard.";
      emit(this, "oim-say", { text, kind: "error" });
    }
  };

  #find = (): void => {
    if (this.#view) openSearchPanel(this.#view);
  };
}

/** Strings and integers within the safe range are all that an answer holds, so parsing it loses nothing. */
function laidOut(text: string): string {
  return text.length > AS_IT_IS || text.includes("\n") ? text : JSON.stringify(JSON.parse(text), null, 2);
}

/** The one replacement that makes a text of another. */
function difference(old: string, text: string): { from: number; to: number; insert: string } | null {
  if (old === text) return null;
  let start = 0;
  const least = Math.min(old.length, text.length);
  while (start < least && old.charCodeAt(start) === text.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < least - start && old.charCodeAt(old.length - 1 - end) === text.charCodeAt(text.length - 1 - end))
    end += 1;
  return { from: start, to: old.length - end, insert: text.slice(start, text.length - end) };
}
