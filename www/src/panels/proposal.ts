import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { pathOf } from "../json/tree.ts";
import { panel, shared } from "../styles/shared.ts";
import { count, shorten, withCode } from "../text/format.ts";
import { type Proposal, type ProposalReason, emit } from "./contract.ts";
import { chooseInstead } from "./proposal-edit.ts";

/** What the attributes are for, for the names of reasons. */
const NAMES: Record<string, string> = {
  is_array: "Alerts",
  array_source: "Alerts",
  primary_property: "Primary",
  secondary_property: "Secondary",
  timestamp: "Time",
  additional_attributes: "Tag",
  incident_identifier: "Identity",
  default_to: "Default status",
};

/**
 * Why a proposed configuration is as it is, with what else could have been chosen. Nothing is applied before "Use this".
 *
 * @fires oim-proposal - The text of the configuration to take, other choices included; `null`: none.
 * @fires oim-select, oim-say - See the contract of panels.
 */
@customElement("oim-proposal")
export class OimProposal extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      :host {
        container-type: inline-size;
      }

      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .reason {
        display: grid;
        grid-template-columns: 104px minmax(0, 1fr);
        gap: 1px 10px;
        padding: 7px 12px;
        font-size: 13px;
      }

      .reason + .reason {
        border-top: 1px solid var(--oim-line);
      }

      .what {
        color: var(--oim-muted);
        font-size: var(--oim-small);
        line-height: 19px;
      }

      .choice {
        font: 600 12.5px / 19px var(--oim-mono);
        overflow-wrap: anywhere;
        unicode-bidi: isolate;
      }

      button.choice:hover {
        text-decoration: underline;
      }

      .sure {
        margin-inline-start: 6px;
        padding: 0 6px;
        border-radius: 4px;
        font: 600 10.5px / 16px var(--oim-font);
      }

      .sure.medium {
        color: var(--oim-warning);
        background: var(--oim-warning-soft);
      }

      .sure.low {
        color: var(--oim-critical);
        background: var(--oim-critical-soft);
      }

      .why,
      .other {
        grid-column: 2;
        margin: 0;
        color: var(--oim-muted);
        font-size: 12.5px;
        line-height: 18px;
      }

      .other {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 3px 5px;
        margin-top: 2px;
      }

      .other .small {
        padding: 0 7px;
        color: var(--oim-text);
        font: 12px / 18px var(--oim-mono);
        overflow-wrap: anywhere;
      }

      .small.use {
        border-color: var(--oim-accent);
        color: var(--oim-surface);
        background: var(--oim-accent);
      }

      @container (max-width: 400px) {
        .reason {
          grid-template-columns: minmax(0, 1fr);
        }

        .why,
        .other {
          grid-column: 1;
        }
      }
    `,
  ];

  @property({ attribute: false }) proposal: Proposal | null = null;
  /** The proposed text with the other choices made so far. */
  @state() text = "";
  /** What is chosen instead, by the pointer of the reason. */
  #instead = new Map<string, string>();

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("proposal")) return;
    this.text = this.proposal?.text ?? "";
    this.#instead = new Map();
  }

  override render() {
    const { proposal } = this;
    const reasons = proposal?.reasons ?? [];
    const unsure = reasons.filter(({ confidence }) => confidence !== "high").length;
    return html`
      <section aria-label="Proposed configuration">
        <div class="head">
          <h2>Proposed configuration</h2>
          <span class="note">${unsure > 0 ? `${count(unsure, "choice")} to look at` : "made from the payload"}</span>
          <span class="fill"></span>
          <button class="small" @click=${() => emit(this, "oim-proposal", null)}>Keep mine</button>
          ${this.text ? html`<button class="small use" @click=${() => emit(this, "oim-proposal", this.text)}>Use this</button>` : nothing}
        </div>
        <div class="scroll" tabindex="-1">
          ${reasons.length === 0 ? html`<p class="empty">There is no proposal for this payload. See Problems.</p>` : nothing}
          <ul role="list" aria-label="Reasons">
            ${reasons.map((reason) => this.#reason(reason))}
          </ul>
        </div>
      </section>
    `;
  }

  #reason(reason: ProposalReason) {
    const { pointer, message, confidence, payloadPointer } = reason;
    const choice = this.#instead.get(pointer) ?? reason.choice;
    const own = choice === reason.choice;
    const others = [reason.choice, ...(reason.alternatives ?? [])].filter((other) => other !== choice);
    return html`
      <li class="reason">
        <span class="what">${nameOf(pointer)}</span>
        <span>
          ${
            payloadPointer !== undefined && own
              ? html`<button class="plain choice" title="Show it in the payload" @click=${() => emit(this, "oim-select", { kind: "field", pointer: payloadPointer, path: choice })}>${shorten(choice)}</button>`
              : html`<span class="choice">${shorten(choice)}</span>`
          }
          ${confidence === "high" || !own ? nothing : html`<span class="sure ${confidence}">${confidence === "low" ? "a guess" : "likely"}</span>`}
        </span>
        <p class="why">${own ? withCode(message) : "your choice"}</p>
        ${
          others.length > 0 && this.text
            ? html`<p class="other">or ${others.map((other) => html`<button class="small" aria-label="${nameOf(pointer)}: ${other} instead of ${choice}" @click=${() => this.#choose(reason, choice, other)}>${shorten(other, 60)}</button>`)}</p>`
            : nothing
        }
      </li>
    `;
  }

  #choose({ pointer }: ProposalReason, choice: string, other: string): void {
    const text = chooseInstead(this.text, pointer, choice, other);
    if (text === null) return;
    this.text = text;
    this.#instead.set(pointer, other);
    emit(this, "oim-say", `${nameOf(pointer)}: ${other}`);
  }
}

/** What a reason is about, in words. */
function nameOf(pointer: string): string {
  const [first = "", second = "", third = ""] = pathOf(pointer.replace(/^\/config(?=\/)/, ""));
  if (first !== "status") return NAMES[first] ?? first;
  if (second === "status_map") return third ? `Values for ${third}` : "Status values";
  if (second === "source") return Number(third) > 0 ? `Status, source ${Number(third) + 1}` : "Status";
  return NAMES[second] ?? "Status";
}
