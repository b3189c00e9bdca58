import { consume } from "@lit/context";
import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { selectionContext } from "../app/context.ts";
import type { Alert, Status, Step } from "../engine/types.ts";
import { shared } from "../styles/shared.ts";
import { count, line, shown, showTime } from "../text/format.ts";
import { decides, type Reasoned, reasons, sameStep } from "../text/trace.ts";
import { alertStyles } from "./alert-styles.ts";
import { type Selection, emit } from "./contract.ts";
import "./step-list.ts";

/** Rows drawn at once. A payload with a thousand fields makes as many tags. */
const ROWS = 60;
/** Characters of a value that are drawn; a value may be a megabyte. */
const CHARACTERS = 1_000;
/** How far the pointer may move in a click. */
const CLICK_PX = 3;
/** Items of a list that are drawn. */
const ITEMS = 60;

/** What was opened of an alert. It outlives the card, which is drawn only while it is in view. */
export interface CardMemory {
  open: boolean;
  /** Somebody opened or closed it, so it no longer follows the default. */
  touched: boolean;
  /** The values whose "why?" is answered. */
  asked: Set<string>;
  rows: number;
}

export function newMemory(open: boolean): CardMemory {
  return { open, touched: false, asked: new Set(), rows: ROWS };
}

/**
 * An alert as BigPanda would have it, each value with its "why?".
 *
 * @fires oim-select - A step is looked at.
 * @fires oim-opened - Something was opened or closed: the steps may be wanted now.
 */
@customElement("oim-alert")
export class OimAlert extends LitElement {
  static override styles = [shared, alertStyles];

  @property({ attribute: false }) alert!: Alert;
  /** `null` while there is no trace. */
  @property({ attribute: false }) steps: Step[] | null = null;
  @consume({ context: selectionContext, subscribe: true })
  @state()
  selection: Selection | null = null;
  @property({ attribute: false }) memory: CardMemory = newMemory(false);
  /** Epoch milliseconds. */
  @property({ attribute: false }) receivedAt = 0;
  /** One-based place in the list, and the length of it. */
  @property({ attribute: false }) position = 1;
  @property({ attribute: false }) total = 1;
  @property({ reflect: true }) status!: Status;
  #pressedAt = { x: 0, y: 0 };
  /** The answer that was just asked for, until there is a trace to show it by. */
  #shows: string | null = null;

  override willUpdate(): void {
    this.status = this.alert.status;
  }

  override updated(): void {
    if (!this.#shows || !this.steps) return;
    // What decided is what most people ask for: it is shown in the editors at once.
    const one = reasons(this.alert, this.steps).find((reasoned) => keyOf(reasoned) === this.#shows);
    this.#shows = null;
    const step = one?.steps.find(decides);
    if (step) emit(this, "oim-select", { kind: "step", alert: this.alert.index, step });
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".open")?.focus(options);
  }

  override render() {
    const { alert, memory } = this;
    const [primary, secondary] = [alert.primary_property, alert.secondary_property].map((name) =>
      text(name ? alert.tags[name] : undefined),
    );
    return html`
      <article aria-labelledby="who" aria-posinset=${this.position} aria-setsize=${this.total}>
        <h3>
          <button class="plain open" aria-expanded=${memory.open} @click=${this.#turn}>
            <span class="status">${alert.status}</span>
            <span class="who" id="who"><b>${line(primary ?? "", 200)}</b>${secondary ? html`<span> · ${line(secondary, 200)}</span>` : nothing}</span>
            <span class="chevron"></span>
          </button>
        </h3>
        ${memory.open ? this.#table() : nothing}
      </article>
    `;
  }

  #table() {
    const { memory } = this;
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
        <tbody>${tags.slice(0, memory.rows).map((one) => this.#row(one))}</tbody>
      </table>
      ${
        tags.length > memory.rows
          ? html`<button class="small more" @click=${this.#more}>Show more of ${count(tags.length, "tag")}</button>`
          : nothing
      }
    `;
  }

  #row(one: Reasoned) {
    const key = keyOf(one);
    const asked = this.memory.asked.has(key);
    const name = one.kind === "tag" ? html`<span class="mono">${line(one.name, 200)}</span>` : one.name;
    return html`
      <tr class="row">
        <th scope="row"><div class="label">${name}${one.role ? html`<span class="badge">${one.role}</span>` : nothing}</div></th>
        <td class="answerable" title="Why?" @pointerdown=${this.#pressed} @click=${(event: PointerEvent) => this.#clicked(event, key, one)}>${this.#value(one)}</td>
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
      ? html`${one.value.slice(0, ITEMS).map((item) => html`<span class="item">${shown(item, CHARACTERS)}</span>`)}${
          one.value.length > ITEMS
            ? html`<span class="none">and ${count(one.value.length - ITEMS, "more", "more")}</span>`
            : nothing
        }`
      : html`<span class="value">${shown(one.value, CHARACTERS)}</span>`;
    return html`<div class="pair"><span>${value}</span>${from ? html`<span class="from">${from}</span>` : nothing}</div>`;
  }

  #time() {
    const time = showTime(this.alert.timestamp);
    if (!time) return html`<span class="value">${this.alert.timestamp}</span>`;
    const { steps, alert, receivedAt } = this;
    // Without a trace the time itself has to show it.
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
    if (one.steps.length === 0) return html`<span class="none">No steps are recorded for this value.</span>`;
    return html`<oim-step-list .alert=${this.alert.index} .steps=${one.steps}></oim-step-list>`;
  }

  #turn = (): void => {
    this.memory.open = !this.memory.open;
    this.memory.touched = true;
    this.#opened();
  };

  #more = (): void => {
    this.memory.rows += ROWS;
    this.#opened();
  };

  #pressed = ({ clientX, clientY }: PointerEvent): void => {
    this.#pressedAt = { x: clientX, y: clientY };
  };

  /** A click on a value asks why; a value that is selected with the pointer is not asked about. */
  #clicked({ clientX, clientY, detail }: PointerEvent, key: string, one: Reasoned): void {
    const { x, y } = this.#pressedAt;
    if (detail === 1 && Math.hypot(clientX - x, clientY - y) <= CLICK_PX) this.#ask(key, one);
  }

  #ask(key: string, one: Reasoned): void {
    const { asked } = this.memory;
    const opens = !asked.delete(key);
    if (opens) asked.add(key);
    this.#shows = opens ? key : null;
    const { selection } = this;
    const shows = selection?.kind === "step" && one.steps.some((step) => sameStep(step, selection.step));
    if (!opens && shows) emit(this, "oim-select", null);
    this.#opened();
  }

  #opened(): void {
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent("oim-opened", { bubbles: true }));
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
