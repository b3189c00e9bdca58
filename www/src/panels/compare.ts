import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { ComparedAlerts } from "../engine/protocol.ts";
import type { Change } from "../engine/types.ts";
import type { Difference } from "../json/differences.ts";
import { outlook, panel, shared } from "../styles/shared.ts";
import { count, withCode } from "../text/format.ts";
import { ruleName } from "../text/trace.ts";
import { CHANGE_KINDS, changedValues, changeRow, changeStyles } from "./change-rows.ts";
import { type DocumentName, emit } from "./contract.ts";

/** Rows of a kind before the rest is asked for. */
const ROWS = 40;

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/**
 * What the present configuration changes against another one: in its text, and in the alerts of the payloads.
 *
 * @fires oim-baseline - Compare with another: its number, or a name under which the present one is kept.
 * @fires oim-baseline-file - Compare with the configuration in this file.
 * @fires oim-select, oim-say - See the contract of panels.
 */
@customElement("oim-compare")
export class OimCompare extends LitElement {
  static override styles = [
    shared,
    panel,
    outlook,
    changeStyles,
    css`
      .go {
        color: var(--oim-accent);
        font-size: var(--oim-small);
      }

      .more {
        margin: 4px 12px 8px;
      }
    `,
  ];

  @property({ attribute: false }) compared: ComparedAlerts | null = null;
  /** What differs in the two texts; `null` where one of them is not JSON. */
  @property({ attribute: false }) differences: Difference[] | null = null;
  /** The text that is to be brought first, where one is empty. */
  @property() wanted: DocumentName | null = null;
  /** What the present configuration can be compared with, in words, and which of it is chosen. */
  @property({ attribute: false }) baselines: string[] = [];
  @property({ type: Number }) at = 0;
  @property({ type: Number }) payloads = 1;
  @state() rows = ROWS;

  override render() {
    const { compared, baselines, at } = this;
    return html`
      <section aria-label="Compare">
        <div class="head">
          <h2>Compare</h2>
          <label class="note">
            Compare with
            <select @change=${this.#choose}>
              ${baselines.map((label, index) => html`<option value=${index} .selected=${live(index === at)}>${label}</option>`)}
            </select>
          </label>
          <span class="fill"></span>
          <button class="small" @click=${this.#keep} title="Keeps the configuration as it is now, and compares with it">Keep this one</button>
          <button class="small" @click=${this.#open} title="Opens a configuration to compare with">Open a file…</button>
          <input type="file" aria-label="Configuration to compare with" hidden @change=${this.#opened} />
        </div>
        <div class="scroll" tabindex="0" role="group" aria-label="Changes">${this.wanted === "config" ? html`<p class="muted">There is no configuration yet.</p>` : compared ? this.#body(compared) : html`<p class="muted">Waiting for the engine…</p>`}</div>
      </section>
    `;
  }

  #body(compared: ComparedAlerts) {
    const { same, changes, counts, diagnostics } = compared;
    const { differences } = this;
    const broken = diagnostics.find(({ severity, configuration }) => severity === "error" && configuration !== null);
    return html`
      ${differences === null ? nothing : differences.length === 0 ? html`<p class="muted">The two configurations are the same. Edit yours to see what changes in the alerts.</p>` : this.#texts(differences)}
      ${broken && changes.length === 0 ? html`<p class="muted">The ${broken.configuration} configuration cannot be run: ${withCode(broken.message)}.</p>` : nothing}
      ${same ? this.#same(compared) : nothing}
      ${
        counts.identity > 0
          ? html`<p class="warn">${count(counts.identity, "alert")} would count as different. Open alerts would never be resolved, and each would appear a second time.</p>`
          : nothing
      }
      ${CHANGE_KINDS.map(([kind, label]) =>
        this.#kind(
          label,
          changes.filter((change) => change.kind === kind),
          counts[kind],
        ),
      )}
    `;
  }

  /** What is to be said where no alert differs. */
  #same({ hasAlerts }: ComparedAlerts) {
    const { payloads, wanted, differences } = this;
    if (hasAlerts)
      return differences?.length === 0
        ? nothing
        : html`<p class="muted">The alerts of ${count(payloads, "payload")} are the same with both configurations.</p>`;
    if (wanted === "payload" && payloads === 1) return html`<p class="muted">There is no payload yet.</p>`;
    return html`<p class="muted">Neither configuration gives an alert for ${payloads === 1 ? "the payload" : `any of the ${payloads} payloads`}.</p>`;
  }

  #texts(differences: Difference[]) {
    return html`
      <h3>Configuration: ${count(differences.length, "difference")}</h3>
      <ul role="list">
        ${differences.slice(0, this.rows).map(
          ({ pointer, before, after }) => html`
            <li class="row">
              <button class="plain go" @click=${() => emit(this, "oim-select", { kind: "rule", pointer })}>${ruleName(pointer)}</button>
              <span>${changedValues(before, after)}<span class="message"> ${pointer}</span></span>
            </li>
          `,
        )}
      </ul>
      ${this.#more(differences.length)}
    `;
  }

  #kind(label: string, changes: Change[], all: number) {
    if (changes.length === 0) return nothing;
    return html`
      <h3>${label}: ${count(all, "change")}</h3>
      <ul role="list">
        ${changes.slice(0, this.rows).map((change) => changeRow(change, this.payloads))}
      </ul>
      ${this.#more(changes.length)}
    `;
  }

  #more(all: number): TemplateResult | typeof nothing {
    return all > this.rows
      ? html`<button class="small more" @click=${() => (this.rows += ROWS)}>Show more of ${all}</button>`
      : nothing;
  }

  #choose = ({ target }: Event): void => this.#compareWith(Number((target as HTMLSelectElement).value));

  #keep = (): void => {
    this.#compareWith(`as kept at ${TIME.format(Date.now())}`);
    emit(this, "oim-say", "Changes count from the present configuration.");
  };

  #compareWith(detail: number | string): void {
    this.dispatchEvent(new CustomEvent("oim-baseline", { detail }));
  }

  #open = (): void => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click();

  #opened = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) this.dispatchEvent(new CustomEvent("oim-baseline-file", { detail: file }));
    // So that the same file can be opened again.
    input.value = "";
  };
}
