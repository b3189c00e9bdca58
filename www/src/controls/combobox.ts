import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shared } from "../styles/shared.ts";
import { shorten } from "../text/format.ts";
import { hide, showBelow } from "./popup.ts";

/** Something that can be picked. */
export interface Option {
  value: string;
  /** Kind of the value, such as `string`. */
  type?: string;
  /** A sample, or what it is. */
  note?: string;
}

/** As many as are drawn; typing narrows down. */
const SHOWN = 60;

/**
 * A field to type into with a list of what there is: a combobox.
 *
 * @fires oim-picked - Something was picked or typed; the detail is the text.
 */
@customElement("oim-pick")
export class OimPick extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
        min-width: 0;
      }

      input {
        width: 100%;
        min-width: 0;
        padding: 2px 8px;
        border: 1px dashed var(--oim-line-strong);
        border-radius: 5px;
        color: var(--oim-text);
        background: transparent;
        font: 12px / 18px var(--oim-mono);
      }

      input::placeholder {
        color: var(--oim-muted);
        font-family: var(--oim-font);
        opacity: 1;
      }

      input:hover:enabled,
      input:focus {
        border-style: solid;
        background: var(--oim-surface);
      }

      [popover] {
        position: fixed;
        inset: auto;
        width: max-content;
        min-width: 220px;
        max-width: min(460px, 94vw);
        margin: 0;
        padding: 4px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 8px;
        color: var(--oim-text);
        background: var(--oim-surface);
        box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
        font-size: 12.5px;
        overflow: auto;
      }

      [role="option"] {
        display: flex;
        align-items: baseline;
        gap: 10px;
        padding: 3px 8px;
        border-radius: 5px;
        cursor: pointer;
      }

      [aria-selected="true"] {
        background: var(--oim-accent-soft);
      }

      .value {
        font: 12px / 18px var(--oim-mono);
        overflow-wrap: anywhere;
        unicode-bidi: isolate;
      }

      .type,
      .note {
        color: var(--oim-muted);
        font-size: 11.5px;
      }

      .note {
        flex: 1;
        max-width: 220px;
        margin-inline-start: auto;
        overflow: hidden;
        text-align: end;
        text-overflow: ellipsis;
        white-space: nowrap;
        unicode-bidi: isolate;
      }

      .none {
        padding: 4px 8px;
        color: var(--oim-muted);
      }
    `,
  ];

  @property() label = "";
  @property() placeholder = "";
  @property({ attribute: false }) options: readonly Option[] = [];
  /** Whether what is not in the list can be typed, too. */
  @property({ type: Boolean }) free = false;
  @property({ type: Boolean }) disabled = false;
  @state() typed = "";
  @state() open = false;
  @state() active = -1;

  override render() {
    const shown = this.open ? this.#matches() : [];
    return html`
      <input
        role="combobox"
        aria-label=${this.label}
        aria-expanded=${this.open}
        aria-controls="list"
        aria-autocomplete="list"
        aria-activedescendant=${this.open && this.active >= 0 ? `option-${this.active}` : nothing}
        autocomplete="off"
        spellcheck="false"
        placeholder=${this.placeholder}
        .value=${this.typed}
        ?disabled=${this.disabled}
        @input=${this.#input}
        @keydown=${this.#key}
        @click=${this.#show}
        @blur=${this.#leave}
      />
      <div id="list" popover="manual" role="listbox" aria-label="Matches" @mousedown=${(event: Event) => event.preventDefault()}>
        ${shown.map(
          (option, index) => html`
            <div id="option-${index}" role="option" aria-selected=${index === this.active} @click=${() => this.#take(option.value)}>
              <span class="value">${shorten(option.value)}</span>
              ${option.type ? html`<span class="type">${option.type}</span>` : nothing}
              ${option.note ? html`<span class="note">${shorten(option.note, 60)}</span>` : nothing}
            </div>
          `,
        )}
        ${this.open && shown.length === 0 ? html`<div class="none" role="option" aria-disabled="true" aria-selected="false">No matches</div>` : nothing}
      </div>
    `;
  }

  override updated(): void {
    if (this.open) showBelow(this.#list, this.#field);
    else hide(this.#list);
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  get #list(): HTMLElement {
    return this.renderRoot.querySelector("#list") as HTMLElement;
  }

  get #field(): HTMLInputElement {
    return this.renderRoot.querySelector("input") as HTMLInputElement;
  }

  /** What fits, beginnings first; what is typed itself where that is allowed. */
  #matches(): Option[] {
    const wanted = this.typed.trim().toLowerCase();
    const begins: Option[] = [];
    const holds: Option[] = [];
    for (const option of this.options) {
      const value = option.value.toLowerCase();
      if (value.startsWith(wanted) || value.split(/[.@]/).some((part) => part.startsWith(wanted))) begins.push(option);
      else if (value.includes(wanted) || option.note?.toLowerCase().includes(wanted)) holds.push(option);
      if (begins.length >= SHOWN) break;
    }
    const found = [...begins, ...holds].slice(0, SHOWN);
    const own = this.typed.trim();
    if (this.free && own && !this.options.some(({ value }) => value === own))
      found.push({ value: own, note: "as typed" });
    return found;
  }

  #show = (): void => {
    this.open = true;
  };

  #input = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.open = true;
    this.active = this.typed.trim() ? 0 : -1;
  };

  #leave = (): void => {
    this.open = false;
    this.active = -1;
    this.typed = "";
  };

  #key = (event: KeyboardEvent): void => {
    const shown = this.#matches();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.open) this.open = true;
      else if (shown.length > 0)
        this.active =
          (this.active + (event.key === "ArrowDown" ? 1 : this.active < 0 ? 0 : -1) + shown.length) % shown.length;
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = shown[this.active];
      if (this.open && option) this.#take(option.value);
      else this.open = true;
    } else if (event.key === "Escape" && this.open) {
      event.stopPropagation();
      event.preventDefault();
      this.open = false;
      this.typed = "";
      this.active = -1;
    }
  };

  #take(value: string): void {
    this.open = false;
    this.active = -1;
    this.typed = "";
    this.dispatchEvent(new CustomEvent("oim-picked", { detail: value, bubbles: true }));
  }
}
