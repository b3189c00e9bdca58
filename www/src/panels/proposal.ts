import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Alert } from "../engine/types.ts";
import { outlook, panel, shared } from "../styles/shared.ts";
import { count, line, shorten, showTime, withCode } from "../text/format.ts";
import { emit, type Proposal, type ProposalPreview, StaleAnswerError } from "./contract.ts";
import { chooseInstead } from "./proposal-edit.ts";
import { choiceLabel, type ProposalRow, proposalRows } from "./proposal-rows.ts";
import { proposalStyles } from "./proposal-styles.ts";

/** Alerts that are drawn before the rest is only counted. */
const ALERTS = 5;
/** Tags of an alert that are drawn. */
const TAGS = 40;
const CHARACTERS = 200;

/**
 * A proposed configuration: the alerts that it would give, and why it is as it is, with what else could have been
 * chosen. Nothing is applied before "Use this".
 *
 * @fires oim-proposal - The text of the configuration to use, other choices included; `null`: none.
 * @fires oim-select, oim-say - See the contract of panels.
 */
@customElement("oim-proposal")
export class OimProposal extends LitElement {
  static override styles = [shared, panel, outlook, proposalStyles];

  @property({ attribute: false }) proposal: Proposal | null = null;
  /** Runs a body over the payload in the editor. Rejects with `StaleAnswerError` when the texts have changed. */
  @property({ attribute: false }) run: (body: string) => Promise<ProposalPreview | null> = async () => null;
  /** Grows with every answer: what was run before is about other texts. */
  @property({ type: Number }) version = 0;
  /** The proposed text with the other choices made so far. */
  @state() text = "";
  @state() preview: ProposalPreview | null = null;
  /** What is chosen instead, by the pointer of the reason. */
  #instead = new Map<string, string>();

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".scroll")?.focus(options);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("proposal")) this.#propose();
    if (changed.has("text") || changed.has("version")) void this.#run();
  }

  /** Starts from a new proposal. What the user chose instead stays where that choice is still there. */
  #propose(): void {
    const { text, reasons } = this.proposal ?? { text: "", reasons: [] };
    const before = this.#instead;
    this.#instead = new Map();
    this.text = text;
    for (const { pointer, choice, alternatives } of reasons) {
      const own = before.get(pointer);
      if (own === undefined || this.#instead.has(pointer) || !alternatives?.includes(own)) continue;
      const changed = chooseInstead(this.text, pointer, choice, own);
      if (changed === null) continue;
      this.text = changed;
      this.#instead.set(pointer, own);
    }
  }

  async #run(): Promise<void> {
    const { text } = this;
    try {
      const preview = text === "" ? null : await this.run(text);
      if (text === this.text) this.preview = preview;
    } catch (error) {
      // The next answer asks again.
      if (!(error instanceof StaleAnswerError)) throw error;
    }
  }

  override render() {
    const { proposal, preview } = this;
    const rows = proposalRows(proposal?.reasons ?? [], this.#instead, preview);
    const open = rows.filter(({ confidence }) => confidence !== "high");
    const certain = rows.filter(({ confidence }) => confidence === "high");
    return html`
      <section aria-label="Proposed configuration">
        <div class="head">
          <h2>Proposed configuration</h2>
          <span class="note">${open.length > 0 ? `${count(open.length, "choice")} to check` : "nothing to check"}</span>
          <span class="fill"></span>
          <button class="small" @click=${() => emit(this, "oim-proposal", null)}>Keep mine</button>
          <button class="small use" @click=${() => emit(this, "oim-proposal", this.text)}>Use this</button>
        </div>
        <div class="scroll" tabindex="0" role="group" aria-label="Proposal, not in use yet">
          ${preview ? this.#alerts(preview) : nothing}
          ${open.length > 0 ? html`<h3>To check</h3>${this.#list("To check", open)}` : nothing}
          ${
            certain.length > 0
              ? html`
                <details class="certain">
                  <summary>${count(certain.length, "certain choice")}</summary>
                  ${this.#list("Certain", certain)}
                </details>
              `
              : nothing
          }
        </div>
      </section>
    `;
  }

  #alerts({ alerts, alertCount, rejectedCount }: ProposalPreview) {
    const more = alertCount - Math.min(alerts.length, ALERTS);
    return html`
      <h3>${count(alertCount, "alert")}${rejectedCount > 0 ? `, ${rejectedCount} rejected` : ""} <span class="badge">not in use yet</span></h3>
      <div role="list" aria-label="Alerts that the proposal would give">
        ${alerts.slice(0, ALERTS).map((alert) => card(alert))}
      </div>
      ${more > 0 ? html`<p class="muted">and ${count(more, "more alert")}</p>` : nothing}
    `;
  }

  #list(label: string, rows: ProposalRow[]) {
    return html`<ul role="list" aria-label=${label}>${rows.map((row) => this.#row(row))}</ul>`;
  }

  #row(row: ProposalRow) {
    const { name, value, confidence, isOwn, messages, others, choice, pointer } = row;
    const label = (path: string) => choiceLabel(pointer, path);
    return html`
      <li class="reason">
        <span class="what">${name}</span>${value === null ? nothing : html` = <span class="value">${line(value, CHARACTERS)}</span>`}${this.#from(row)}
        ${confidence === "high" || isOwn ? nothing : html`<span class="sure ${confidence}">${confidence === "low" ? "a guess" : "likely"}</span>`}
        <p>${isOwn ? "your choice" : messages.map((message, at) => [at > 0 ? "; " : "", withCode(message)])}</p>
        ${
          others.length > 0
            ? html`<p class="other">or ${others.map((other) => html`<button class="small" aria-label="${name}: ${label(other)} instead of ${label(choice)}" @click=${() => this.#choose(row, other)}>${shorten(label(other), 60)}</button>`)}</p>`
            : nothing
        }
      </li>
    `;
  }

  #from({ from, payloadPointer, value }: ProposalRow) {
    if (from === null) return nothing;
    const before = value === null ? " from " : ", from ";
    return payloadPointer === undefined
      ? html`${before}<span class="choice">${shorten(from)}</span>`
      : html`${before}<button class="plain choice" title="Show it in the payload" @click=${() => emit(this, "oim-select", { kind: "field", pointer: payloadPointer, path: from })}>${shorten(from)}</button>`;
  }

  #choose({ pointer, choice, name }: ProposalRow, other: string): void {
    const text = chooseInstead(this.text, pointer, choice, other);
    if (text === null) return;
    this.text = text;
    this.#instead.set(pointer, other);
    emit(this, "oim-say", `${name}: ${choiceLabel(pointer, other)}`);
  }
}

/** An alert in short; opened, with its time and tags. */
function card(alert: Alert): TemplateResult {
  const { status, tags, primary_property: primary, secondary_property: secondary } = alert;
  const named = [primary, secondary].flatMap((name) => (name && tags[name] !== undefined ? [String(tags[name])] : []));
  const time = showTime(alert.timestamp);
  return html`
    <div role="listitem">
      <details class="alert">
        <summary><span class="status ${status}">${status}</span><span class="who">${line(named.join(" · "), CHARACTERS)}</span></summary>
        <dl>
          <dt>time</dt>
          <dd>${time?.local ?? alert.timestamp}</dd>
          <dt>identity</dt>
          <dd>${line(alert.incident_identifier.flat().join(" / "), CHARACTERS)}</dd>
          ${Object.entries(tags)
            .slice(0, TAGS)
            .map(
              ([name, value]) =>
                html`<dt class="mono">${line(name, CHARACTERS)}</dt><dd>${line(String(value), CHARACTERS)}</dd>`,
            )}
        </dl>
      </details>
    </div>
  `;
}
