import { css, html, LitElement } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { shared } from "../../styles/shared.ts";

/** How long typing has to rest before it counts. */
const REST_MS = 450;

/**
 * A text field that commits on Enter, on leaving, and when typing rests. Escape takes back what is not committed.
 *
 * @fires oim-text - The text to take; it may come again unchanged.
 */
@customElement("oim-text-field")
export class OimTextField extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static override styles = [
    shared,
    css`
      :host {
        display: inline-flex;
        min-width: 0;
        max-width: 100%;
      }

      :is(input, textarea) {
        min-width: 0;
        max-width: 100%;
        padding: 2px 7px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 5px;
        color: var(--oim-text);
        background: var(--oim-surface);
        font: 12px / 18px var(--oim-mono);
      }

      textarea {
        width: 100%;
        resize: vertical;
        overflow-wrap: anywhere;
      }

      ::placeholder {
        color: var(--oim-muted);
        opacity: 1;
      }

      /* The name of a tag reads as a heading until it is pointed at. */
      :host([kind="name"]) input {
        border-color: var(--oim-field-line, transparent);
        background: var(--oim-field, transparent);
        color: var(--oim-json-key);
        font-size: 12.5px;
        font-weight: 600;
      }

      :host([kind="name"]) input:focus {
        border-color: var(--oim-line-strong);
        background: var(--oim-surface);
      }

      :host([kind="name"]) ::placeholder {
        font-style: italic;
        font-weight: 400;
      }

      :host([kind="default"]) ::placeholder {
        font-family: var(--oim-font);
      }
    `,
  ];

  @property() label = "";
  @property() value = "";
  @property() placeholder = "";
  @property({ reflect: true }) kind: "path" | "name" | "default" = "path";
  /** The most lines that it grows to; one line is an input. */
  @property({ type: Number }) lines = 1;
  @property({ type: Boolean }) invalid = false;
  @property({ type: Boolean }) disabled = false;
  /** What was typed and is not known to be in the document. */
  @state() draft: string | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  override render() {
    const shown = this.draft ?? this.value;
    if (this.lines > 1)
      return html`
        <textarea
          aria-label=${this.label}
          aria-invalid=${this.invalid}
          autocomplete="off"
          spellcheck="false"
          rows=${Math.min(this.lines, Math.max(1, Math.ceil(shown.length / 48)))}
          placeholder=${this.placeholder}
          .value=${live(shown)}
          ?readonly=${this.disabled}
          @input=${this.#typed}
          @blur=${this.#left}
          @keydown=${this.#key}
        ></textarea>
      `;
    return html`
      <input
        aria-label=${this.label}
        title=${this.label}
        autocomplete="off"
        spellcheck="false"
        placeholder=${this.placeholder}
        size=${Math.max(6, Math.min(40, (shown || this.placeholder).length + 1))}
        .value=${live(shown)}
        ?disabled=${this.disabled}
        @input=${this.#typed}
        @blur=${this.#left}
        @keydown=${this.#key}
      />
    `;
  }

  #typed = (event: Event): void => {
    this.draft = (event.target as HTMLInputElement | HTMLTextAreaElement).value;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#commit(), REST_MS);
  };

  #left = (): void => this.#end("commit");

  #key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && this.lines === 1) this.#end("commit");
    if (event.key === "Escape" && this.draft !== null) {
      event.stopPropagation();
      this.#end("discard");
    }
  };

  #end(how: "commit" | "discard"): void {
    if (how === "commit") this.#commit();
    clearTimeout(this.#rest);
    this.draft = null;
    this.requestUpdate();
  }

  #commit(): void {
    clearTimeout(this.#rest);
    if (this.draft !== null) this.dispatchEvent(new CustomEvent("oim-text", { detail: this.draft }));
  }
}
