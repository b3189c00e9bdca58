import { consume } from "@lit/context";
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import type { AlertLifecycle, LifecycleEvent, Simulated } from "../engine/types.ts";
import { outlook, panel, shared } from "../styles/shared.ts";
import { count, line, showTime, withCode } from "../text/format.ts";
import type { DocumentName } from "./contract.ts";

/** Incidents, and events of one, that are drawn before the rest is asked for. */
const INCIDENTS = 40;
const EVENTS = 30;
/** Changes of an event that are named. */
const CHANGES = 6;
const CHARACTERS = 80;

const KINDS: Record<LifecycleEvent["kind"], string> = {
  new: "opens",
  updated: "changes",
  duplicate: "is a duplicate, so BigPanda drops it",
  resolved: "is resolved",
  reopened: "opens again",
  rejected: "is rejected",
};

/**
 * What a sequence of payloads does: which alerts belong together, and how each opens, changes and is resolved.
 *
 * @fires oim-payload - A payload is to be shown; the detail is its number in the sequence.
 * @fires oim-series - The sequence is to grow by the present payload (`repeat`) or to lose it (`drop`).
 */
@customElement("oim-timeline")
export class OimTimeline extends LitElement {
  static override styles = [
    shared,
    panel,
    outlook,
    css`
      .incident {
        margin: 8px;
        border: 1px solid var(--oim-line);
        border-radius: 7px;
        overflow: hidden;
      }

      .who {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 2px 10px;
        padding: 7px 11px;
        border-bottom: 1px solid var(--oim-line);
        background: var(--oim-raised);
      }

      .who h3 {
        padding: 0;
        font-size: 13px;
        overflow-wrap: anywhere;
      }

      .who .muted {
        font-size: var(--oim-small);
      }

      li {
        position: relative;
      }

      li .line {
        padding-inline-start: 32px;
      }

      /* The thread from event to event. */
      li:not(:last-child)::after {
        position: absolute;
        inset: 18px auto -8px 17px;
        width: 1px;
        background: var(--oim-line-strong);
        content: "";
      }

      .dot {
        position: absolute;
        inset: 10px auto auto 13px;
        width: 9px;
        height: 9px;
        border-radius: 50%;
        background: var(--tone);
      }

      .dot.duplicate {
        border: 1.5px solid var(--oim-muted);
        background: var(--oim-surface);
      }

      @media (forced-colors: active) {
        .dot:not(.duplicate) {
          background: CanvasText;
        }
      }

      .here {
        background: var(--oim-accent-soft);
      }

      .change {
        display: block;
        font-size: var(--oim-small);
      }

      .more {
        margin: 4px 12px 8px;
      }
    `,
  ];

  @property({ attribute: false }) simulated: Simulated | null = null;
  /** The text that is to be brought first, where one is empty. */
  @property() wanted: DocumentName | null = null;
  /** How many payloads the sequence has. */
  @property({ type: Number }) payloads = 1;
  /** The one that is in the editor. */
  @property({ type: Number }) at = 0;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  @state() incidents = INCIDENTS;
  @state() events = EVENTS;

  override render() {
    const { payloads } = this;
    const missing = this.#missing;
    const simulated = missing === null ? this.simulated : null;
    return html`
      <section aria-label="Timeline">
        <div class="head">
          <h2>Timeline</h2>
          <span class="note">${missing === "payload" ? nothing : html`${count(payloads, "payload")} in order`}${simulated ? `, ${count(simulated.incidents.length, "incident")}` : ""}</span>
          <span class="fill"></span>
          ${
            this.readonly || missing === "payload"
              ? nothing
              : html`
                <button class="small" @click=${() => this.#emit("oim-series", "repeat")} title="Adds a copy of this payload to the end of the sequence">Add this payload</button>
                ${payloads > 1 ? html`<button class="small" @click=${() => this.#emit("oim-series", "drop")} title="Removes the payload in the editor from the sequence">Remove it</button>` : nothing}
              `
          }
        </div>
        <div class="scroll" tabindex="0" role="group" aria-label="Incidents">${simulated ? this.#body(simulated) : html`<p class="muted">${missing === null ? "Waiting for the engine…" : `There is no ${missing === "payload" ? "payload" : "configuration"} yet.`}</p>`}</div>
      </section>
    `;
  }

  /** What there has to be before anything can be simulated. One of several payloads may be empty. */
  get #missing(): DocumentName | null {
    return this.wanted === "payload" && this.payloads > 1 ? null : this.wanted;
  }

  #body(simulated: Simulated) {
    const { incidents, events } = simulated;
    const rejected = events.filter(({ kind }) => kind === "rejected");
    return html`
      ${
        this.payloads === 1
          ? html`<p class="muted">Payloads are simulated as if they came one minute after the other. Add this payload once more and change its status there, or open a file with one payload on each line.</p>`
          : nothing
      }
      ${incidents.slice(0, this.incidents).map((incident) => this.#incident(incident, simulated))}
      ${
        incidents.length > this.incidents
          ? html`<button class="small more" @click=${() => (this.incidents += INCIDENTS)}>Show more of ${count(incidents.length, "incident")}</button>`
          : nothing
      }
      ${
        rejected.length > 0
          ? html`<h3>${count(simulated.counts.rejected, "rejected", "rejected")}</h3><ul role="list">${rejected.slice(0, this.events).map((event) => this.#event(event))}</ul>`
          : nothing
      }
      ${incidents.length === 0 && rejected.length === 0 ? html`<p class="muted">No payload gives an alert. See Problems.</p>` : nothing}
    `;
  }

  #incident(incident: AlertLifecycle, { events }: Simulated) {
    const own = incident.events
      .map((place) => events[place])
      .filter((event): event is LifecycleEvent => event !== undefined);
    const opened = showTime(incident.openedAt)?.utc ?? String(incident.openedAt);
    const resolved =
      incident.resolvedAt === null ? null : (showTime(incident.resolvedAt)?.utc ?? String(incident.resolvedAt));
    return html`
      <article class="incident">
        <div class="who">
          <span class="status ${incident.status}">${incident.status}</span>
          <h3>${line(incident.incident_identifier.flat().join(" · "), CHARACTERS * 2)}</h3>
          <span class="muted">${resolved ? `open from ${opened} to ${resolved}` : `open since ${opened}`}</span>
        </div>
        <ol role="list">${own.slice(0, this.events).map((event) => this.#event(event))}</ol>
        ${own.length > this.events ? html`<button class="small more" @click=${() => (this.events += EVENTS)}>Show more of ${count(own.length, "event")}</button>` : nothing}
      </article>
    `;
  }

  #event(event: LifecycleEvent) {
    const { payload, index, kind, status, previousStatus, changes, message, outOfOrder } = event;
    const place = `Payload ${payload + 1}${index === null ? "" : `, alert ${index + 1}`}`;
    // A new incident changes every tag; its card has them.
    const visible = kind === "updated" || kind === "reopened" || kind === "resolved" ? changes : [];
    return html`
      <li>
        <span class="dot ${kind} ${status ?? "none"}"></span>
        <button class="plain line ${payload === this.at && this.payloads > 1 ? "here" : ""}" @click=${() => this.#emit("oim-payload", payload)}>
          <span class="muted">${place}</span> ${KINDS[kind]}${message ? html`: ${withCode(message)}` : nothing}
          ${
            previousStatus !== null && status !== null && previousStatus !== status
              ? html`<span class="status ${previousStatus}">${previousStatus}</span> <span class="arrow">→</span> <span class="status ${status}">${status}</span>`
              : kind === "new" && status
                ? html`<span class="status ${status}">${status}</span>`
                : nothing
          }
          ${outOfOrder ? html`<span class="change muted">Its time is before that of an earlier payload: BigPanda goes by the time, so there the earlier one may stay.</span>` : nothing}
          ${visible
            .slice(0, CHANGES)
            .map(
              ({ tag, before, after }) =>
                html`<span class="change"><code>${tag}</code> <span class="value">${text(before)}</span> <span class="arrow">→</span> <span class="value">${text(after)}</span></span>`,
            )}
          ${visible.length > CHANGES ? html`<span class="change muted">and ${count(visible.length - CHANGES, "more tag")}</span>` : nothing}
        </button>
      </li>
    `;
  }

  #emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** A tag's value in a line. */
function text(value: string | string[] | null): string {
  if (value === null) return "no tag";
  return line(Array.isArray(value) ? value.join(", ") : value, CHARACTERS);
}
