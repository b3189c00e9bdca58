import { consume } from "@lit/context";
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import type { Diagnostic, Range } from "../engine/types.ts";
import { difference, type TextDocument } from "../state/document.ts";
import { panel, severities, shared } from "../styles/shared.ts";
import { count, withCode } from "../text/format.ts";

/** Problems that are listed, and those whose words a screen reader hears on entering the text. */
const LISTED = 50;
const SPOKEN = 3;

/**
 * A text in a plain field, for those whom an editor with colours and folds hinders: what is underlined there is a list
 * here. It does what {@link OimEditor} does and may take its place. Like there, the text and its history are those of the
 * document; the page renders it anew when the document has changed.
 *
 * @fires oim-undo - A step is to be undone. Unless it is prevented, the document does it.
 * @fires oim-redo - The opposite.
 */
@customElement("oim-plain-editor")
export class OimPlainEditor extends LitElement {
  static override styles = [
    shared,
    panel,
    severities,
    css`
      :host {
        flex-direction: column;
      }

      textarea {
        flex: 1;
        min-height: 0;
        padding: 8px 12px;
        border: 0;
        color: var(--oim-text);
        background: var(--oim-surface);
        font: var(--oim-code-size) / 1.55 var(--oim-mono);
        tab-size: 2;
        resize: none;
      }

      textarea::placeholder {
        color: var(--oim-muted);
        opacity: 1;
      }

      textarea:focus-visible {
        outline-offset: -2px;
      }

      .below {
        flex: none;
        max-height: 40%;
        padding: 6px 12px;
        border-top: 1px solid var(--oim-line);
        background: var(--oim-raised);
        font-size: var(--oim-small);
        overflow: auto;
      }

      .below p {
        margin: 0;
      }

      ul {
        margin: 4px 0 0;
        padding: 0;
        list-style: none;
      }

      li button {
        width: 100%;
        padding-block: 2px;
        overflow-wrap: anywhere;
      }

      li button:hover {
        background: var(--oim-hover);
      }
    `,
  ];

  @property() label = "";
  /** What an empty text invites to. */
  @property() hint = "";
  /** Always the same one, with another text. */
  @property({ attribute: false, hasChanged: () => true }) document!: TextDocument;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  @state() diagnostics: Diagnostic[] = [];
  @state() marked: Range | null = null;

  get text(): string {
    return this.document.text;
  }

  /** Puts the cursor and the view at the beginning. */
  top(): void {
    this.#field?.setSelectionRange(0, 0);
    this.#field?.scrollTo(0, 0);
  }

  /** Says below the text where something is that is looked at. */
  mark(range: Range | null): void {
    this.marked = range;
  }

  squiggle(diagnostics: Diagnostic[]): void {
    this.diagnostics = diagnostics;
  }

  /** Moves the cursor to a range, selects it and gives the field the focus. */
  select(range: Range | undefined): void {
    const field = this.#field;
    if (!field) return;
    // What is given the focus is brought into view with the place of its cursor, at which nothing is selected yet.
    field.setSelectionRange(range?.start ?? 0, range?.start ?? 0);
    field.blur();
    field.focus();
    field.setSelectionRange(range?.start ?? 0, range?.end ?? 0);
  }

  override focus(options?: FocusOptions): void {
    this.#field?.focus(options);
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  override render() {
    const { diagnostics, marked } = this;
    const shown = diagnostics.slice(0, LISTED);
    return html`
      <textarea
        aria-label="${this.label}, JSON"
        aria-describedby="summary"
        aria-invalid=${diagnostics.some(({ severity }) => severity === "error")}
        placeholder=${this.hint}
        ?readonly=${this.readonly}
        autocapitalize="off"
        autocomplete="off"
        spellcheck="false"
        @input=${this.#typed}
        @beforeinput=${this.#before}
        @keydown=${this.#key}
      ></textarea>
      <div class="below">
        <p id="summary">
          ${diagnostics.length === 0 ? "No problems." : `${count(diagnostics.length, "problem")}.`}
          <span class="unseen">${diagnostics.slice(0, SPOKEN).map((one) => `${place(one)}: ${one.message}. `)}</span>
        </p>
        ${marked ? html`<p>Selected: <button class="small" @click=${() => this.select(marked)}>line ${this.#line(marked)}</button></p>` : nothing}
        ${
          shown.length > 0
            ? html`<ul aria-label="Problems of ${this.label}">
              ${shown.map(
                (one) => html`<li>
                  <button class="plain" @click=${() => this.select(one.range)}>${place(one)}: <span class=${one.severity}>${one.severity}</span> ${withCode(one.message)}</button>
                </li>`,
              )}
              ${diagnostics.length > LISTED ? html`<li>and ${diagnostics.length - LISTED} more</li>` : nothing}
            </ul>`
            : nothing
        }
      </div>
    `;
  }

  /** What others changed. The cursor stays where it was, as far as the text before it did. */
  override updated(): void {
    const field = this.#field;
    const { text } = this;
    if (!field || field.value === text) return;
    const edit = difference(field.value, text);
    const moved = (place: number) =>
      edit && place >= edit.end ? place + edit.text.length - (edit.end - edit.start) : place;
    const [start, end] = [moved(field.selectionStart), moved(field.selectionEnd)];
    field.value = text;
    field.setSelectionRange(start, end);
  }

  #typed = (event: Event): void => {
    const { value } = event.target as HTMLTextAreaElement;
    const edit = difference(this.text, value);
    // Distinguished as in the other editor, typing grows into steps of a sensible size.
    const kind = (event as InputEvent).inputType === "insertText" ? "typing" : "input";
    if (edit) this.document.apply([edit], kind);
  };

  /** The browser's own undo knows nothing of what the page changed. */
  #before = (event: InputEvent): void => {
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
    event.preventDefault();
    this.#turn(event.inputType === "historyUndo" ? "undo" : "redo");
  };

  #key = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const redo = key === "y" || (key === "z" && event.shiftKey);
    if (key !== "z" && !redo) return;
    event.preventDefault();
    this.#turn(redo ? "redo" : "undo");
  };

  #turn(way: "undo" | "redo"): void {
    if (this.readonly) return;
    const event = new CustomEvent(`oim-${way}`, { bubbles: true, composed: true, cancelable: true });
    if (this.dispatchEvent(event)) this.document[way]();
    this.requestUpdate();
  }

  #line({ start }: Range): number {
    let line = 1;
    for (let at = this.text.indexOf("\n"); at >= 0 && at < start; at = this.text.indexOf("\n", at + 1)) line += 1;
    return line;
  }
}

function place({ range }: Diagnostic): string {
  return range ? `Line ${range.line}, column ${range.column}` : "Whole text";
}
