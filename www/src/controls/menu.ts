import { css, html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { shared } from "../styles/shared.ts";
import { hide, showBelow } from "./popup.ts";

/** One line of a menu. */
export interface MenuItem {
  label: string;
  /** A second, quiet text. */
  note?: string;
  disabled?: boolean;
  /** Present: the item is a switch. */
  checked?: boolean;
  run: () => void;
}

/** A menu as those of desktops: arrows, Home, End, first letters, Escape. */
@customElement("oim-menu")
export class OimMenu extends LitElement {
  static override styles = [
    shared,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        min-width: 170px;
        max-width: min(340px, 94vw);
        margin: 0;
        padding: 4px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 8px;
        color: var(--oim-text);
        background: var(--oim-surface);
        box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
        font-size: 13px;
        overflow: auto;
      }

      button {
        display: flex;
        gap: 10px;
        width: 100%;
        padding: 5px 9px;
        border: 0;
        border-radius: 5px;
        background: none;
        line-height: 18px;
        text-align: start;
        cursor: pointer;
      }

      button:hover,
      button:focus {
        outline: none;
        background: var(--oim-accent-soft);
      }

      [aria-disabled="true"] {
        color: var(--oim-muted);
        cursor: default;
      }

      .note {
        margin-inline-start: auto;
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }
    `,
  ];

  @state() items: MenuItem[] = [];
  @state() label = "";
  #anchor: HTMLElement | null = null;

  /** Opens below `anchor`, which gets the focus back. */
  async open(anchor: HTMLElement, label: string, items: MenuItem[]): Promise<void> {
    this.#anchor = anchor;
    this.items = items;
    this.label = label;
    await this.updateComplete;
    showBelow(this.#popup, anchor);
    this.#buttons[0]?.focus();
  }

  override render() {
    return html`
      <div popover="auto" role="menu" aria-label=${this.label} @keydown=${this.#key}>
        ${this.items.map(
          (item) => html`
            <button
              tabindex="-1"
              role=${item.checked === undefined ? "menuitem" : "menuitemcheckbox"}
              aria-checked=${item.checked === undefined ? nothing : item.checked}
              aria-disabled=${item.disabled ? "true" : nothing}
              @click=${() => this.#choose(item)}
            >
              <span>${item.checked ? "✓ " : nothing}${item.label}</span>
              ${item.note ? html`<span class="note">${item.note}</span>` : nothing}
            </button>
          `,
        )}
      </div>
    `;
  }

  get #popup(): HTMLElement {
    return this.renderRoot.querySelector("[popover]") as HTMLElement;
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll("button")];
  }

  #choose(item: MenuItem): void {
    if (item.disabled) return;
    hide(this.#popup);
    this.#anchor?.focus();
    item.run();
  }

  #key = (event: KeyboardEvent): void => {
    const buttons = this.#buttons;
    const at = buttons.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLButtonElement);
    const last = buttons.length - 1;
    const starts = (button: HTMLButtonElement) =>
      button.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase());
    const to = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to !== undefined) buttons[to]?.focus();
    else if (event.key === "Tab" || event.key === "Escape") {
      hide(this.#popup);
      this.#anchor?.focus();
    } else if (/^\S$/.test(event.key)) [...buttons.slice(at + 1), ...buttons].find(starts)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
