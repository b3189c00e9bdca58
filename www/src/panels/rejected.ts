import { consume } from "@lit/context";
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { selectionContext } from "../app/context.ts";
import type { Rejection, Step } from "../engine/types.ts";
import { shared } from "../styles/shared.ts";
import { withCode } from "../text/format.ts";
import { type Selection, emit } from "./contract.ts";
import "./step-list.ts";

/**
 * An element of the payload that gave no alert, and why.
 *
 * @fires oim-select - The element, or a step, is looked at.
 * @fires oim-opened - The steps were asked for, or are no longer wanted.
 */
@customElement("oim-rejected")
export class OimRejected extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        border: 1px dashed var(--oim-line-strong);
        border-radius: 7px;
        overflow: hidden;
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
        overflow-wrap: anywhere;
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

      .go[aria-pressed="true"] {
        background: var(--oim-mark);
      }

      .go:focus-visible,
      .ask:focus-visible {
        outline-offset: -2px;
      }

      oim-step-list,
      p {
        margin: 0;
        padding: 2px 8px 8px;
      }

      p {
        padding-inline: 11px;
        color: var(--oim-muted);
        font-size: var(--oim-small);
        font-style: italic;
      }
    `,
  ];

  @property({ attribute: false }) rejection!: Rejection;
  /** `null` while there is no trace. */
  @property({ attribute: false }) steps: Step[] | null = null;
  @consume({ context: selectionContext, subscribe: true })
  @state()
  selection: Selection | null = null;
  /** The steps are to be shown. */
  @property({ type: Boolean }) asked = false;

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".go")?.focus(options);
  }

  override render() {
    const { index, message, pointer } = this.rejection;
    const { selection } = this;
    const name = index === null ? "The payload" : `Alert ${index + 1}`;
    const pressed = selection?.kind === "field" && selection.pointer === pointer;
    // Only an element that could have been an alert has steps.
    const explained = ["primary-empty", "event-filtered"].includes(this.rejection.code) && index !== null;
    return html`
      <div class="line">
        <button class="plain go" aria-pressed=${pressed} @click=${() => this.#select(pressed)}>${name}: ${withCode(message)}</button>
        ${
          explained
            ? html`<button class="plain ask" aria-expanded=${this.asked} aria-label="why? ${name}" @click=${this.#ask}>why?</button>`
            : nothing
        }
      </div>
      ${explained && this.asked ? this.#answer(index) : nothing}
    `;
  }

  #answer(index: number) {
    if (!this.steps) return html`<p>Tracing the payload…</p>`;
    // An alert that the filter keeps is rejected for want of a primary value, so that rule's steps are the answer.
    const isFiltered = this.rejection.code === "event-filtered";
    const steps = this.steps.filter(({ kind, rule }) =>
      isFiltered ? kind === "filter" : kind !== "filter" && rule.endsWith("/primary_property"),
    );
    return html`<oim-step-list .alert=${index} .steps=${steps}></oim-step-list>`;
  }

  #select(pressed: boolean): void {
    const { pointer } = this.rejection;
    emit(this, "oim-select", pressed ? null : { kind: "field", pointer, path: "" });
  }

  #ask = (): void => {
    this.dispatchEvent(new CustomEvent("oim-opened", { bubbles: true }));
  };
}
