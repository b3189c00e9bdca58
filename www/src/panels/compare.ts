import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Change, Compared } from "../engine/types.ts";
import type { Difference } from "../json/differences.ts";
import { outlook, panel, shared } from "../styles/shared.ts";
import { count, withCode } from "../text/format.ts";
import { ruleName } from "../text/trace.ts";
import { CHANGE_KINDS, changedValues, changeRow, changeStyles } from "./change-rows.ts";
import { emit } from "./contract.ts";

/** Rows of a kind before the rest is asked for. */
const ROWS = 40;

/**
 * What the present configuration changes against an earlier one: in its text, and in the alerts of the payloads.
 *
 * @fires oim-baseline - The present configuration becomes the one to compare with.
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

  @property({ attribute: false }) compared: Compared | null = null;
  /** What differs in the two texts. */
  @property({ attribute: false }) differences: Difference[] = [];
  /** What the earlier configuration is, in words. */
  @property() since = "";
  @property({ type: Number }) payloads = 1;
  @state() rows = ROWS;

  override render() {
    const { compared, since } = this;
    return html`
      <section aria-label="Compare">
        <div class="head">
          <h2>Compare</h2>
          <span class="note">with ${since}</span>
          <span class="fill"></span>
          <button class="small" @click=${this.#keep} title="From now on, changes count from the configuration as it is">Compare from here</button>
        </div>
        <div class="scroll" tabindex="0" role="group" aria-label="Changes">${compared ? this.#body(compared) : html`<p class="muted">Waiting for the engine…</p>`}</div>
      </section>
    `;
  }

  #body(compared: Compared) {
    const { same, changes, counts, diagnostics } = compared;
    const broken = diagnostics.find(({ severity, configuration }) => severity === "error" && configuration !== null);
    return html`
      ${this.differences.length === 0 ? html`<p class="muted">The configuration is unchanged. Edit it to see what changes in the alerts.</p>` : this.#texts()}
      ${broken && changes.length === 0 ? html`<p class="muted">The ${broken.configuration} configuration cannot be run: ${withCode(broken.message)}.</p>` : nothing}
      ${same && this.differences.length > 0 ? html`<p class="muted">The alerts of ${count(this.payloads, "payload")} are the same with both configurations.</p>` : nothing}
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

  #texts() {
    const { differences } = this;
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

  #keep = (): void => {
    this.dispatchEvent(new CustomEvent("oim-baseline"));
    emit(this, "oim-say", "Changes count from the present configuration.");
  };
}
