import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { hide, showBelow } from "../../controls/popup.ts";
import { shared } from "../../styles/shared.ts";
import { count, shorten } from "../../text/format.ts";
import { emit } from "../contract.ts";
import type { ItemCounts } from "./counts.ts";
import { FormPart } from "./part.ts";

/** A number of fewer alerts says nothing. */
const LEAST = 2;

/**
 * How often a source, value or default is used in the open payloads. With several payloads it is a button, which lists the
 * payloads behind the number.
 *
 * @fires oim-payload - Another payload is to be opened; the detail is its number, from 0.
 */
@customElement("oim-coverage-count")
export class OimCoverageCount extends FormPart {
  static override shadowRootOptions = { ...FormPart.shadowRootOptions, delegatesFocus: true };

  static override styles = [
    shared,
    css`
      :host {
        display: inline-flex;
        align-items: center;
      }

      .count {
        padding: 0 4px;
        border-radius: 4px;
        color: var(--oim-muted);
        font: 11px / 16px var(--oim-font);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }

      button.count {
        text-decoration: underline dotted;
        text-underline-offset: 2px;
      }

      button.count:hover {
        color: var(--oim-accent);
        background: var(--oim-hover);
      }

      .count.never {
        color: var(--oim-warning);
      }

      [popover] {
        position: fixed;
        inset: auto;
        width: max-content;
        max-width: min(340px, 94vw);
        margin: 0;
        padding: 8px 12px 10px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 8px;
        color: var(--oim-text);
        background: var(--oim-surface);
        box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
        font: 12.5px / 18px var(--oim-font);
        overflow: auto;
      }

      p {
        margin: 0;
      }

      h4 {
        margin: 8px 0 3px;
        font-size: var(--oim-small);
        font-weight: 600;
      }

      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .small {
        padding: 0 8px;
      }

      .small[aria-current] {
        border-color: var(--oim-accent);
        color: var(--oim-accent);
        background: var(--oim-accent-soft);
      }

      .more {
        color: var(--oim-muted);
        font-size: var(--oim-small);
        line-height: 22px;
      }
    `,
  ];

  @property({ attribute: false }) counts: ItemCounts | null = null;
  /** What is counted: a source, a value, a default. */
  @property() label = "";
  /** It is in a list of chips: arrow keys reach it, not Tab, and what is never used stands out. */
  @property({ type: Boolean, attribute: "in-list" }) inList = false;
  @state() open = false;

  /** There is a list of payloads behind the number. */
  get isButton(): boolean {
    return (this.counts?.total ?? 0) >= LEAST && this.form.payloads.count > 1;
  }

  override render() {
    const { counts } = this;
    // In a single alert the chip itself shows it.
    if (!counts || counts.total < LEAST) return nothing;
    const { used, total } = counts;
    const text = `${used} of ${total}`;
    const look = this.inList && used === 0 ? "count never" : "count";
    if (!this.isButton)
      return html`<span class=${look} title="used in ${text} alerts"><span class="unseen">used in </span>${text}</span>`;
    return html`
      <button
        class="plain ${look}"
        tabindex=${this.inList ? -1 : 0}
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        aria-label="${shorten(this.label, 60)}: used in ${text} alerts, list the payloads"
        title="used in ${text} alerts"
        @click=${this.#show}
      >${text}</button>
      <div popover="auto" role="dialog" aria-label="Payloads for ${shorten(this.label, 60)}" @toggle=${this.#toggled} @keydown=${this.#key}>
        ${this.open ? this.#list(counts) : nothing}
      </div>
    `;
  }

  #list({ total, outcomes }: ItemCounts) {
    const { payloads } = this.form;
    return html`
      <p><code>${shorten(this.label, 60)}</code> in ${count(total, "alert")} of ${count(payloads.count, "payload")}</p>
      ${outcomes.length === 0 ? html`<p class="more">No alert has this value.</p>` : nothing}
      ${outcomes.map(
        ({ words, count: { count, payloads: places } }, index) => html`
          <h4 id="outcome-${index}">${words}: ${count}</h4>
          <ul role="list" aria-labelledby="outcome-${index}">
            ${places.map(
              (place) =>
                html`<li><button class="small" aria-current=${place === payloads.at ? "true" : nothing} @click=${() => this.#go(place)}>${shorten(payloads.name(place), 40)}</button></li>`,
            )}
            ${hasMore(count, places.length) ? html`<li class="more">and perhaps others</li>` : nothing}
          </ul>
        `,
      )}
    `;
  }

  get #popup(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("[popover]");
  }

  #show = async (event: Event): Promise<void> => {
    event.stopPropagation();
    const anchor = event.currentTarget as HTMLElement;
    this.open = true;
    await this.updateComplete;
    const popup = this.#popup;
    if (!popup) return;
    showBelow(popup, anchor);
    (popup.querySelector<HTMLElement>("[aria-current]") ?? popup.querySelector("button"))?.focus();
  };

  #toggled = (event: ToggleEvent): void => {
    this.open = event.newState === "open";
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  };

  #close(): void {
    hide(this.#popup);
    this.renderRoot.querySelector("button")?.focus();
  }

  #go(place: number): void {
    const { payloads } = this.form;
    this.#close();
    emit(this, "oim-payload", place);
    emit(this, "oim-say", `${payloads.name(place)} of ${payloads.count} is open`);
  }
}

/** The engine lists ten payloads of a count at most. */
const LISTED = 10;

function hasMore(count: number, listed: number): boolean {
  return listed >= LISTED && count > listed;
}
