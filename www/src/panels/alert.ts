import { html, LitElement, nothing } from "lit";
import type { Alert, Status, Step } from "../engine/types.ts";
import { shared } from "../styles/shared.ts";
import { count } from "../text/count.ts";
import { decides, reasons, type Reasoned } from "../text/explain.ts";
import { showTime } from "../text/time.ts";
import { alertStyles } from "./alert-styles.ts";
import "./why.ts";

/** Rows drawn at once. A payload with a thousand fields makes as many tags. */
const ROWS = 60;
/** Characters of a value that are drawn; a value may be a megabyte. */
const CHARACTERS = 1_000;
/** Items of a list that are drawn. */
const ITEMS = 60;

/**
 * An alert as BigPanda would have it, each value with its "why?".
 *
 * @fires oim-step - See {@link OimWhy}.
 * @fires oim-explain - A "why?" was asked that needs a trace which is not there yet.
 */
export class OimAlert extends LitElement {
  static override properties = {
    alert: { attribute: false },
    steps: { attribute: false },
    selected: { attribute: false },
    open: { type: Boolean },
    receivedAt: { attribute: false },
    status: { reflect: true },
    asked: { state: true },
    rows: { state: true },
  };

  static override styles = [shared, alertStyles];

  declare alert: Alert;
  /** `null` while there is no trace. */
  declare steps: Step[] | null;
  declare selected: Step | null;
  declare open: boolean;
  /** Epoch milliseconds. */
  declare receivedAt: number;
  declare status: Status;
  declare asked: ReadonlySet<string>;
  declare rows: number;
  /** The answer that was just asked for, until there is a trace to show it by. */
  #shows: string | null = null;

  constructor() {
    super();
    this.steps = null;
    this.selected = null;
    this.open = false;
    this.receivedAt = 0;
    this.asked = new Set();
    this.rows = ROWS;
  }

  override willUpdate(): void {
    this.status = this.alert.status;
  }

  override updated(): void {
    // Large payloads come without a trace, after every edit anew.
    if (this.open && this.asked.size > 0 && !this.steps) this.#fire("oim-explain", null);
    if (!this.#shows || !this.steps) return;
    // What decided is what most people ask for: it is shown in the editors at once.
    const one = reasons(this.alert, this.steps).find((reasoned) => keyOf(reasoned) === this.#shows);
    this.#shows = null;
    this.#fire("oim-step", one?.steps.find(decides) ?? null);
  }

  override render() {
    const { alert, open } = this;
    const [primary, secondary] = [alert.primary_property, alert.secondary_property].map((name) => text(name ? alert.tags[name] : undefined));
    return html`
      <article>
        <h3>
          <button class="plain open" aria-expanded=${open} @click=${() => (this.open = !open)}>
            <span class="status">${alert.status}</span>
            <span class="who"><b>${cut(primary ?? "", 200)}</b>${secondary ? html`<span>${cut(secondary, 200)}</span>` : nothing}</span>
            <span class="chevron"></span>
          </button>
        </h3>
        ${open ? this.#table() : nothing}
      </article>
    `;
  }

  #table() {
    const all = reasons(this.alert, this.steps ?? []);
    const facts = all.filter((one) => one.kind !== "tag");
    const tags = all.filter((one) => one.kind === "tag");
    return html`
      <table>
        <colgroup><col class="name"><col><col class="why"></colgroup>
        <thead class="unseen">
          <tr>
            <th class="name" scope="col">Name</th>
            <th scope="col">Value</th>
            <th class="why" scope="col">Explanation</th>
          </tr>
        </thead>
        <tbody>${facts.map((one) => this.#row(one))}</tbody>
        <tbody>${tags.slice(0, this.rows).map((one) => this.#row(one))}</tbody>
      </table>
      ${tags.length > this.rows
        ? html`<button class="small more" @click=${() => (this.rows += ROWS)}>Show more of ${count(tags.length, "tag")}</button>`
        : nothing}
    `;
  }

  #row(one: Reasoned) {
    const key = keyOf(one);
    const asked = this.asked.has(key);
    const name = one.kind === "tag" ? html`<span class="mono">${one.name}</span>` : one.name;
    return html`
      <tr class="row">
        <th scope="row"><div class="label">${name}${one.role ? html`<span class="badge">${one.role}</span>` : nothing}</div></th>
        <td>${this.#value(one)}</td>
        <td class="why">
          <button class="plain ask" aria-expanded=${asked} aria-label="why? ${one.name}" @click=${() => this.#ask(key, one)}>why?</button>
        </td>
      </tr>
      ${asked ? html`<tr class="answer"><td colspan="3">${this.#answer(one)}</td></tr>` : nothing}
    `;
  }

  #value(one: Reasoned) {
    if (one.value === null) return html`<span class="none">no tag</span>`;
    if (one.kind === "status") return html`<span class="status">${one.value}</span>`;
    if (one.kind === "timestamp") return this.#time();
    const from = one.kind === "tag" && this.steps ? source(one.steps) : null;
    const value = Array.isArray(one.value)
      ? html`${one.value.slice(0, ITEMS).map((item) => html`<span class="item">${cut(item, CHARACTERS)}</span>`)}${
          one.value.length > ITEMS ? html`<span class="none">and ${count(one.value.length - ITEMS, "more", "more")}</span>` : nothing
        }`
      : html`<span class="value">${cut(one.value, CHARACTERS)}</span>`;
    return html`<div class="pair"><span>${value}</span>${from ? html`<span class="from">${from}</span>` : nothing}</div>`;
  }

  #time() {
    const time = showTime(this.alert.timestamp);
    if (!time) return html`<span class="value">${this.alert.timestamp}</span>`;
    const { steps, alert, receivedAt } = this;
    // Without a trace the time itself has to tell.
    const received = steps
      ? steps.some((step) => step.kind === "timestamp" && step.outcome === "received-at")
      : alert.timestamp === Math.floor(receivedAt / 1000);
    return html`
      <time datetime=${time.iso}>${time.local}</time>
      ${received ? html`<span class="badge">received</span>` : nothing}
      <span class="second">${time.utc} · ${this.alert.timestamp}</span>
    `;
  }

  #answer(one: Reasoned) {
    if (!this.steps) return html`<span class="none">Tracing the payload…</span>`;
    if (one.steps.length === 0) return html`<span class="none">No step is recorded for this value.</span>`;
    return html`<oim-why .steps=${one.steps} .selected=${this.selected}></oim-why>`;
  }

  #ask(key: string, one: Reasoned): void {
    const asked = new Set(this.asked);
    const opens = !asked.delete(key);
    if (opens) asked.add(key);
    this.asked = asked;
    this.#shows = opens ? key : null;
    if (!opens && this.selected && one.steps.includes(this.selected)) this.#fire("oim-step", null);
  }

  #fire(type: string, detail: Step | null): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

function keyOf({ kind, name }: Reasoned): string {
  return `${kind} ${name}`;
}

/** Where a tag comes from, in one line. */
function source(steps: Step[]): string | null {
  const step = steps.find(decides);
  if (step?.outcome === "default") return "default";
  return step?.source ?? null;
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value;
}

function cut(value: string, length: number): string {
  return value.length > length ? `${value.slice(0, length)}… (${count(value.length, "character")})` : value;
}

customElements.define("oim-alert", OimAlert);
