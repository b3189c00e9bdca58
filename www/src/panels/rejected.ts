import { css, html, LitElement, nothing } from "lit";
import type { Rejection, Step } from "../engine/types.ts";
import { shared } from "../styles/shared.ts";
import { count } from "../text/count.ts";
import { withCode } from "../text/ticks.ts";
import "./why.ts";

/**
 * What gave no alert, and why.
 *
 * @fires oim-reject - Someone wants to see the part of the payload that a rejection, which is the detail, speaks of.
 * @fires oim-step - See {@link OimWhy}.
 * @fires oim-explain - A "why?" was asked that needs a trace which is not there yet.
 */
export class OimRejected extends LitElement {
  static override properties = {
    rejected: { attribute: false },
    total: { type: Number },
    steps: { attribute: false },
    selected: { attribute: false },
    asked: { state: true },
  };

  static override styles = [
    shared,
    css`
      h3 {
        margin: 6px 4px;
        font-size: 12.5px;
        font-weight: 650;
      }

      ul {
        margin: 0;
        padding: 0;
        border: 1px dashed var(--oim-line-strong);
        border-radius: 7px;
        list-style: none;
        overflow: hidden;
      }

      li + li {
        border-top: 1px dashed var(--oim-line-strong);
      }

      .line {
        display: flex;
        align-items: flex-start;
        font-size: 13px;
      }

      .go {
        flex: 1;
        min-width: 0;
        padding: 7px 11px;
      }

      .ask {
        padding: 7px 11px;
        color: var(--oim-accent);
        font-size: var(--oim-small);
        line-height: 19px;
        white-space: nowrap;
      }

      .go:hover,
      .ask:hover {
        background: var(--oim-hover);
      }

      .go:focus-visible,
      .ask:focus-visible {
        outline-offset: -2px;
      }

      oim-why {
        padding: 2px 8px 8px;
      }

      p {
        margin: 6px 4px;
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }
    `,
  ];

  declare rejected: Rejection[];
  /** How many there are, shown or not. */
  declare total: number;
  /** By place in the array; `null` while there is no trace. */
  declare steps: Map<number, Step[]> | null;
  declare selected: Step | null;
  declare asked: ReadonlySet<number>;

  constructor() {
    super();
    this.rejected = [];
    this.total = 0;
    this.steps = null;
    this.selected = null;
    this.asked = new Set();
  }

  override updated(): void {
    if (this.asked.size > 0 && !this.steps) this.#fire("oim-explain");
  }

  override render() {
    const { rejected, total } = this;
    return html`
      <h3>${count(total, "rejected", "rejected")}</h3>
      <ul>
        ${rejected.map((one) => this.#row(one))}
      </ul>
      ${total > rejected.length ? html`<p>and ${count(total - rejected.length, "more", "more")}</p>` : nothing}
    `;
  }

  #row(one: Rejection) {
    const { index, message } = one;
    const name = index === null ? "The payload" : `Alert ${index + 1}`;
    const asked = index !== null && this.asked.has(index);
    return html`
      <li>
        <div class="line">
          <button class="plain go" @click=${() => this.#fire("oim-reject", one)}>${name}: ${withCode(message)}</button>
          ${index === null || this.#why(index)?.length === 0
            ? nothing
            : html`<button class="plain ask" aria-expanded=${asked} aria-label="why? ${name}" @click=${() => this.#ask(index)}>why?</button>`}
        </div>
        ${asked ? html`<oim-why .steps=${this.#why(index) ?? []} .selected=${this.selected}></oim-why>` : nothing}
      </li>
    `;
  }

  /** An alert is rejected for want of a primary value, so that rule's steps are the answer. */
  #why(index: number): Step[] | undefined {
    if (!this.steps) return undefined;
    return (this.steps.get(index) ?? []).filter((step) => step.rule.endsWith("/primary_property"));
  }

  #ask(index: number): void {
    const asked = new Set(this.asked);
    if (!asked.delete(index)) asked.add(index);
    this.asked = asked;
  }

  #fire(type: string, detail?: Rejection): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

customElements.define("oim-rejected", OimRejected);
