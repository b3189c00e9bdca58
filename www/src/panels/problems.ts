import { consume } from "@lit/context";
import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import { KeptFocus } from "../controls/kept-focus.ts";
import type { CodeInfo, Diagnostic, Severity } from "../engine/types.ts";
import { panel, shared } from "../styles/shared.ts";
import { BASIS, codes } from "../text/codes.ts";
import { fixable } from "../text/fixes.ts";
import { count, withCode } from "../text/format.ts";
import { emit } from "./contract.ts";
import { list } from "./problems-styles.ts";

const STEP = 50;
const SEVERITIES: Severity[] = ["error", "warning", "info"];
const DOCUMENTS = { body: "Configuration", payload: "Payload" };

/**
 * What is wrong, where, what it means, and the way out.
 *
 * @fires oim-go - Someone wants to see the place of a diagnostic.
 * @fires oim-fix - Someone takes the suggestion of a diagnostic.
 * @fires oim-fix-all - Someone wants all fixed that can be fixed at once.
 */
@customElement("oim-problems")
export class OimProblems extends LitElement {
  static override styles = [shared, panel, list];

  @property({ attribute: false }) diagnostics: Diagnostic[] = [];
  /** The texts have been looked at. */
  @property({ type: Boolean }) ready = false;
  /** One of the texts is still empty. */
  @property({ type: Boolean }) waiting = false;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  @state() limit = STEP;
  /** The one severity that is listed; `null` for all. */
  @state() only: Severity | null = null;
  /** The row that the Tab key reaches. */
  @state() at = 0;
  /** The rows whose code is explained. */
  @state() meant: ReadonlySet<string> = new Set();
  /** What is known of the codes; `null` while it is not loaded. */
  @state() known: Map<string, CodeInfo> | null = null;
  @state() failed = false;

  constructor() {
    super();
    new KeptFocus(this);
  }

  get #listed(): Diagnostic[] {
    const { diagnostics, only } = this;
    return only ? diagnostics.filter(({ severity }) => severity === only) : diagnostics;
  }

  override willUpdate(): void {
    // With the last one of its kind gone, there would be no way back to the others.
    if (this.only && this.#listed.length === 0) this.only = null;
    this.at = Math.max(0, Math.min(this.at, this.#listed.length - 1));
  }

  override focus(options?: FocusOptions): void {
    const row = this.renderRoot.querySelector<HTMLElement>('.go[tabindex="0"]');
    (row ?? this.renderRoot.querySelector<HTMLElement>("section"))?.focus(options);
  }

  /** Gives the focus to the row of a problem. False where it is not listed. */
  show({ code, document, range, message }: Diagnostic): boolean {
    const isIt = (one: Diagnostic) =>
      one.code === code && one.document === document && one.message === message && one.range?.start === range?.start;
    const row = this.diagnostics.findIndex(isIt);
    if (row < 0) return false;
    this.only = null;
    this.at = row;
    this.limit = Math.max(this.limit, row + 1);
    void this.updateComplete.then(() => this.focus());
    return true;
  }

  override render() {
    const listed = this.#listed;
    const fixes = this.readonly ? 0 : fixable(this.diagnostics).length;
    return html`
      <section aria-label="Problems" tabindex="-1">
        <div class="head">
          <h2>Problems</h2>
          ${
            this.diagnostics.length > 0
              ? html`<div class="filters" role="group" aria-label="Show only">${SEVERITIES.map((severity) => this.#filter(severity))}</div>`
              : html`<span class="note ${this.ready ? "" : "unknown"}">${this.#nothing}</span>`
          }
          <span class="fill"></span>
          ${fixes > 1 ? html`<button class="small" @click=${() => emit(this, "oim-fix-all", null)}>Fix ${fixes} of them</button>` : nothing}
        </div>
        <div class="scroll" ?hidden=${listed.length === 0}>
          <ul @keydown=${this.#move}>
            ${listed.slice(0, this.limit).map((diagnostic, row) => this.#row(diagnostic, row))}
          </ul>
          ${
            listed.length > this.limit
              ? html`<button class="small more" @click=${() => (this.limit += STEP)}>Show more of ${count(listed.length, "problem")}</button>`
              : nothing
          }
        </div>
      </section>
    `;
  }

  /** Why nothing is listed. */
  get #nothing(): string {
    return this.ready && this.waiting
      ? "Nothing to check yet."
      : "None: the configuration is valid and the payload can be read.";
  }

  #filter(severity: Severity) {
    const amount = this.diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    if (amount === 0) return nothing;
    const turn = () => {
      this.only = this.only === severity ? null : severity;
      this.at = 0;
      this.limit = STEP;
    };
    return html`<button aria-pressed=${this.only === severity} @click=${turn}>
      <span class="severity ${severity}">${severity === "info" ? `${amount} info` : count(amount, severity)}</span>
    </button>`;
  }

  #row(diagnostic: Diagnostic, row: number) {
    const { severity, message, help, code, document, range, suggestion } = diagnostic;
    const key = `${code} ${document} ${diagnostic.pointer}`;
    const explained = this.meant.has(key);
    // One row is in the order of the Tab key; the arrow keys lead to the others.
    const reached = this.at === row ? 0 : -1;
    return html`
      <li @focusin=${() => (this.at = row)}>
        <button class="plain go" tabindex=${reached} @click=${() => emit(this, "oim-go", diagnostic)}>
          <span class="severity ${severity}">${severity}</span>
          <span class="message">${withCode(message)}</span>
          <span class="place">${DOCUMENTS[document]}${range ? ` ${range.line}:${range.column}` : nothing}</span>
          ${help ? html`<span class="help">${withCode(help)}</span>` : nothing}
        </button>
        <div class="tools">
          ${
            suggestion && !this.readonly
              ? html`<button class="small fix" tabindex=${reached} @click=${() => emit(this, "oim-fix", diagnostic)}>Fix: ${withCode(suggestion.title)}</button>`
              : nothing
          }
          <button
            class="plain code"
            tabindex=${reached}
            aria-expanded=${explained}
            aria-label="What ${code} means"
            title="What this means and where the rule comes from"
            @click=${() => this.#explain(key)}
          >${code}</button>
        </div>
        ${explained ? html`<div class="meaning">${this.#meaning(code)}</div>` : nothing}
      </li>
    `;
  }

  #meaning(code: string) {
    if (this.failed) return html`<p>The explanation could not be loaded.</p>`;
    const info = this.known?.get(code);
    if (!info) return html`<p>${this.known ? "There is no explanation for this code." : "Loading…"}</p>`;
    return html`
      <h3>${info.title}</h3>
      <p>${withCode(info.why)}</p>
      <p><b>What to do:</b> ${withCode(info.fix)}</p>
      <p><span class="badge">${BASIS[info.basis]}</span> ${withCode(info.source)}</p>
    `;
  }

  #explain(key: string): void {
    const meant = new Set(this.meant);
    if (!meant.delete(key)) meant.add(key);
    this.meant = meant;
    if (this.known) return;
    this.failed = false;
    codes().then(
      (known) => (this.known = known),
      () => (this.failed = true),
    );
  }

  #move = (event: KeyboardEvent): void => {
    const rows = Math.min(this.#listed.length, this.limit);
    const to = { ArrowDown: this.at + 1, ArrowUp: this.at - 1, Home: 0, End: rows - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (to < 0 || to >= rows) return;
    this.at = to;
    void this.updateComplete.then(() => this.focus());
  };
}
