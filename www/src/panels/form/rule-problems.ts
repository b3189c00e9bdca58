import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Diagnostic } from "../../engine/types.ts";
import { severities, shared } from "../../styles/shared.ts";
import { withCode } from "../../text/format.ts";
import { emit } from "../contract.ts";
import { FormPart } from "./part.ts";

/** As many problems as are shown at one rule. */
const SHOWN = 4;

/** The problems at a rule, each with its fix. */
@customElement("oim-rule-problems")
export class OimRuleProblems extends FormPart {
  static override styles = [
    shared,
    severities,
    css`
      :host {
        display: block;
      }

      ul {
        margin: 4px 0 0;
        padding: 0;
        font-size: 12.5px;
        line-height: 18px;
        list-style: none;
      }

      li {
        padding-inline-start: 14px;
        background: radial-gradient(circle at 4px 9px, currentcolor 3px, transparent 3.6px);
      }

      .link {
        padding: 0 2px;
        border: 0;
        border-radius: 3px;
        color: var(--oim-accent);
        background: none;
        font-size: 12.5px;
        text-align: start;
        cursor: pointer;
      }

      .link:hover {
        text-decoration: underline;
      }

      .link.quiet {
        color: var(--oim-muted);
      }
    `,
  ];

  @property({ attribute: false }) list: readonly Diagnostic[] = [];

  override render() {
    const { list } = this;
    if (list.length === 0) return nothing;
    return html`
      <ul role="list" aria-label="Problems here">
        ${list.slice(0, SHOWN).map((one) => this.#problem(one))}
        ${list.length > SHOWN ? html`<li class="info">and ${list.length - SHOWN} more in the list of problems</li>` : nothing}
      </ul>
    `;
  }

  #problem(one: Diagnostic) {
    const { suggestion } = one;
    return html`
      <li class=${one.severity}>
        <span><span class="unseen">${one.severity}: </span>${withCode(one.message)}</span>
        ${suggestion && !this.form.locked ? html`<button class="link" @click=${() => emit(this, "oim-fix", one)}>Fix: ${withCode(suggestion.title)}</button>` : nothing}
        <button class="link quiet" aria-label="Show in the text: ${one.message}" @click=${() => emit(this, "oim-go", one)}>show</button>
      </li>
    `;
  }
}
