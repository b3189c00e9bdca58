import { css, html, LitElement, nothing } from "lit";
import type { Diagnostic, Severity } from "../engine/types.ts";
import { panel, shared } from "../styles/shared.ts";
import { count } from "../text/count.ts";
import { withCode } from "../text/ticks.ts";

const STEP = 50;
const SEVERITIES: Severity[] = ["error", "warning", "info"];
const DOCUMENTS = { body: "Configuration", payload: "Payload" };

/**
 * What is wrong, and where.
 *
 * @fires oim-go - Someone wants to see the place of a diagnostic, which is the detail.
 * @fires oim-fix - Someone takes the suggestion of a diagnostic, which is the detail.
 */
export class OimProblems extends LitElement {
  static override properties = { diagnostics: { attribute: false }, ready: { type: Boolean }, limit: { state: true } };

  static override styles = [
    shared,
    panel,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li + li {
        border-top: 1px solid var(--oim-line);
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
      }

      li .go {
        display: grid;
        flex: 1 1 100%;
        grid-template-columns: 76px minmax(0, 1fr) auto;
        gap: 1px 10px;
        min-width: 0;
        padding: 7px 12px;
        font-size: 13px;
        line-height: 1.4;
      }

      li .go:hover {
        background: var(--oim-hover);
      }

      li .go:focus-visible {
        outline-offset: -2px;
      }

      .severity {
        font-size: var(--oim-small);
        font-weight: 650;
        line-height: 18px;
      }

      .severity::before {
        display: inline-block;
        width: 8px;
        height: 8px;
        margin-inline-end: 6px;
        border-radius: 50%;
        background: currentcolor;
        content: "";
      }

      .error {
        color: var(--oim-critical);
      }

      .warning {
        color: var(--oim-warning);
      }

      .warning::before {
        border-radius: 1px;
        transform: rotate(45deg);
      }

      .info {
        color: var(--oim-muted);
      }

      .info::before {
        border-radius: 1px;
      }

      .place,
      .help {
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }

      .place {
        text-align: end;
      }

      .help {
        grid-column: 2 / -1;
      }

      .code {
        color: var(--oim-muted);
        font-family: var(--oim-mono);
        font-size: 11.5px;
        white-space: nowrap;
      }

      .fix {
        max-width: calc(100% - 110px);
        margin: -2px 12px 8px 98px;
        overflow-wrap: anywhere;
        text-align: start;
      }

      .more {
        margin: 8px 12px;
      }
    `,
  ];

  declare diagnostics: Diagnostic[];
  declare ready: boolean;
  declare limit: number;

  constructor() {
    super();
    this.diagnostics = [];
    this.ready = false;
    this.limit = STEP;
  }

  override render() {
    const all = this.diagnostics;
    return html`
      <section aria-label="Problems">
        <div class="head">
          <h2>Problems</h2>
          <span class="note">${SEVERITIES.map((severity) => this.#tally(severity)).filter(Boolean).join(" · ")}</span>
        </div>
        <div class="scroll">
          ${all.length === 0 ? html`<p class="empty">${this.ready ? "None: the configuration is valid and the payload can be read." : nothing}</p>` : nothing}
          <ul>
            ${all.slice(0, this.limit).map((diagnostic) => this.#row(diagnostic))}
          </ul>
          ${all.length > this.limit
            ? html`<button class="small more" @click=${() => (this.limit += STEP)}>Show more of ${count(all.length, "problem")}</button>`
            : nothing}
        </div>
      </section>
    `;
  }

  #row(diagnostic: Diagnostic) {
    const { severity, message, help, code, document, range, suggestion } = diagnostic;
    const tell = (name: string) => () => this.dispatchEvent(new CustomEvent(name, { detail: diagnostic }));
    return html`
      <li>
        <button class="plain go" @click=${tell("oim-go")}>
          <span class="severity ${severity}">${severity}</span>
          <span>${withCode(message)} <span class="code">${code}</span></span>
          <span class="place">${DOCUMENTS[document]}${range ? ` ${range.line}:${range.column}` : nothing}</span>
          ${help ? html`<span class="help">${withCode(help)}</span>` : nothing}
        </button>
        ${suggestion ? html`<button class="small fix" @click=${tell("oim-fix")}>Fix: ${withCode(suggestion.title)}</button>` : nothing}
      </li>
    `;
  }

  #tally(severity: Severity): string {
    const amount = this.diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    if (amount === 0) return "";
    return severity === "info" ? `${amount} info` : count(amount, severity);
  }
}

customElements.define("oim-problems", OimProblems);
