import { consume } from "@lit/context";
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { selectionContext } from "../app/context.ts";
import type { Step } from "../engine/types.ts";
import { shared } from "../styles/shared.ts";
import { withCode } from "../text/format.ts";
import { decides, outcome, sameStep } from "../text/trace.ts";
import { type Selection, emit } from "./contract.ts";

/** What a value is cut to. The editors have the whole. */
const SHOWN = 300;

/**
 * The answer to "why?": every source that was tried, in order, and what became of it.
 *
 * @fires oim-select - Someone selected a step, or let it go.
 */
@customElement("oim-step-list")
export class OimStepList extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }

      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        position: relative;
      }

      /* The thread that ties the steps together, from dot to dot. */
      li:not(:last-child)::before {
        position: absolute;
        inset: 18px auto -6px 13px;
        width: 1px;
        background: var(--oim-line-strong);
        content: "";
      }

      button {
        display: grid;
        grid-template-columns: 12px minmax(0, 1fr);
        gap: 0 9px;
        width: 100%;
        padding: 3px 8px;
        border-radius: 5px;
        font-size: 12.5px;
        line-height: 18px;
      }

      button:hover {
        background: var(--oim-hover);
      }

      button[aria-pressed="true"] {
        background: var(--oim-mark);
        box-shadow: inset 0 0 0 1px var(--oim-mark-line);
      }

      .dot {
        position: relative;
        width: 9px;
        height: 9px;
        margin: 5px 1px;
        border: 1.5px solid var(--oim-muted);
        border-radius: 50%;
        background: var(--oim-surface);
      }

      .decides .dot {
        border-color: var(--oim-ok);
        background: var(--oim-ok);
      }

      @media (forced-colors: active) {
        .decides .dot {
          background: CanvasText;
        }
      }

      .source {
        font-family: var(--oim-mono);
        font-size: 12px;
        overflow-wrap: anywhere;
      }

      .outcome {
        color: var(--oim-muted);
      }

      [aria-pressed="true"] .outcome,
      [aria-pressed="true"] .detail {
        color: var(--oim-text);
      }

      .decides .outcome {
        color: var(--oim-ok);
        font-weight: 600;
      }

      .detail {
        display: block;
        color: var(--oim-muted);
      }
    `,
  ];

  /** The index of the alert that the steps explain. */
  @property({ type: Number }) alert = 0;
  @property({ attribute: false }) steps: Step[] = [];
  @consume({ context: selectionContext, subscribe: true })
  @state()
  selection: Selection | null = null;

  override render() {
    return html`<ol>${this.steps.map((step) => this.#row(step))}</ol>`;
  }

  #row(step: Step) {
    const { value } = step;
    // The identifier is made of tags, everything else of payload fields.
    const source = step.source ?? (step.kind === "identifier" ? step.tag : undefined);
    const { words, more } = outcome(step);
    return html`
      <li class=${decides(step) ? "decides" : ""}>
        <button class="plain" aria-pressed=${this.#pressed(step)} @click=${() => this.#select(step)}>
          <span class="dot"></span>
          <span>
            ${source === undefined ? nothing : html`<span class="source">${source}</span> `}
            ${value === undefined ? nothing : html`<code>${shown(value)}</code> `}
            <span class="outcome">${withCode(words)}</span>
            ${more ? html`<span class="detail">${withCode(more)}</span>` : nothing}
          </span>
        </button>
      </li>
    `;
  }

  #pressed(step: Step): boolean {
    const { selection } = this;
    return selection?.kind === "step" && selection.alert === this.alert && sameStep(selection.step, step);
  }

  #select(step: Step): void {
    emit(this, "oim-select", this.#pressed(step) ? null : { kind: "step", alert: this.alert, step });
  }
}

function shown(value: string): string {
  if (value === "") return '""';
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}
