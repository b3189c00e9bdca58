import { consume } from "@lit/context";
import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import { load } from "../app/later.ts";
import { KeptFocus } from "../controls/kept-focus.ts";
import type { Alert, Diagnostic, Rejection, Step } from "../engine/types.ts";
import { panel, shared, switches } from "../styles/shared.ts";
import { count, countWithoutAlert, line, withCode } from "../text/format.ts";
import "./alert-cards.ts";
import type { AlertLists, CardMemories } from "./alert-cards.ts";
import { seenTags, usualColumns } from "./alert-table.ts";
import "./alert.ts";
import { alertsStyles } from "./alerts-styles.ts";
import { type DocumentName, type Outcome, emit } from "./contract.ts";
import type { Coverage } from "../state/rejections.ts";
import { PagedCache } from "./paged-cache.ts";

type View = "cards" | "table" | "json";
const VIEWS: [View, string][] = [
  ["cards", "Cards"],
  ["table", "Table"],
  ["json", "JSON"],
];
/** Tags offered as columns. A payload with a thousand fields makes as many tags. */
const OFFERED = 200;

/**
 * What became of the payload: alerts, and what was rejected, as cards, as a table or as JSON.
 *
 * @fires oim-additional - The switch for additional tags was turned.
 * @fires oim-select - See the views.
 * @fires oim-suggest - A configuration is to be proposed.
 */
@customElement("oim-alerts")
export class OimAlerts extends LitElement {
  static override styles = [shared, panel, switches, alertsStyles];

  @property({ attribute: false }) outcome: Outcome | null = null;
  @property() additional: "ignore" | "map" = "ignore";
  /** The configuration itself makes tags of the fields that no rule uses. */
  @property({ type: Boolean }) mapped = false;
  /** The texts have an error, and the outcome is the last one before it. */
  @property({ type: Boolean }) outdated = false;
  /** The error that keeps alerts from coming, where there is no list of problems. */
  @property({ attribute: false }) error: Diagnostic | null = null;
  /** The text that is to be brought first, where one is empty. */
  @property() wanted: DocumentName | null = null;
  /** The payload has an error that keeps everything from reading it. */
  @property({ type: Boolean }) unreadable = false;
  /** The configuration is for another payload, of which this one has only so many fields. */
  @property({ attribute: false }) foreign: Coverage | null = null;
  /** A configuration is proposed already, and waits to be used. */
  @property({ type: Boolean }) proposed = false;
  /** Why the engine stopped for good, else empty. */
  @property() stopped = "";
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  @state() view: View = "cards";
  /** The tags that have a column in the table; `null` while nobody chose. */
  @state() columns: string[] | null = null;
  @state() news = 0;
  #version = -1;
  #alerts = new PagedCache<Alert>(() => (this.news += 1));
  #rejected = new PagedCache<Rejection>(() => (this.news += 1));
  #traces = new PagedCache<Step[]>(() => (this.news += 1), 1);
  #memories: CardMemories = { alerts: new Map(), rejected: new Set() };

  constructor() {
    super();
    new KeptFocus(this);
  }

  override willUpdate(): void {
    const { outcome } = this;
    if (!outcome || outcome.version === this.#version) return;
    this.#version = outcome.version;
    this.#alerts.start((from, amount) => outcome.alerts(from, amount));
    this.#rejected.start((from, amount) => outcome.rejected(from, amount));
    this.#traces.start(async (index) => [await outcome.trace(index)]);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".view")?.focus(options);
  }

  override render() {
    const { outcome } = this;
    const tally = outcome ? this.#tally(outcome) : nothing;
    return html`
      <section aria-label="Alerts">
        <div class="head">
          <h2>Alerts</h2>
          <span class="note" title=${tally}>${tally}</span>
          <span class="fill"></span>
          <fieldset class="segments">
            <legend class="unseen">View</legend>
            ${VIEWS.map(
              ([view, label]) => html`
                <label>
                  <input type="radio" name="view" .checked=${this.view === view} @change=${() => (this.view = view)}>
                  <span>${label}</span>
                </label>
              `,
            )}
          </fieldset>
          <label class="switch" title=${this.mapped ? "The configuration has `map_remaining`" : "Fields that no rule uses become tags, named by their path"}>
            <input type="checkbox" role="switch" .checked=${this.mapped || this.additional === "map"} ?disabled=${this.mapped} @change=${this.#turn}>
            Additional tags
          </label>
        </div>
        ${
          this.stopped
            ? html`<p class="banner">The engine stopped on these texts (${line(this.stopped, 300)}). They are unchanged; edit them to start it again.</p>`
            : nothing
        }
        ${
          outcome?.partial && !this.outdated
            ? html`<p class="banner partial">Partial: BigPanda may make other alerts, because the configuration asks for something that is not simulated. See Problems.</p>`
            : nothing
        }
        ${this.foreign && !this.outdated && !this.proposed && this.wanted === null ? this.#foreign(this.foreign) : nothing}
        <div class="body ${this.outdated ? "outdated" : ""}">${outcome ? this.#view(outcome) : this.#empty(this.stopped ? "" : "Starting the engine…")}</div>
        ${this.outdated ? html`<p class="banner over">These alerts are from before ${this.error ? html`an error: ${explained(this.error)}` : "the error. See Problems."}</p>` : nothing}
      </section>
    `;
  }

  #view(outcome: Outcome) {
    if (this.wanted === "payload") return this.#empty("Paste a payload of your tool, and its alerts appear here.");
    if (this.wanted === "config") return this.#suggestion();
    if (outcome.alertCount === 0 && outcome.rejectedCount === 0) {
      return this.#empty(
        this.outdated || !outcome.ran
          ? html`No alerts yet. ${this.error ? explained(this.error) : "Fix the error first."}`
          : "The payload holds no alerts.",
      );
    }
    const lists: AlertLists = { outcome, alerts: this.#alerts, rejected: this.#rejected, traces: this.#traces };
    switch (this.view) {
      case "json":
        void load("json");
        return html`<oim-alert-json class="view" .outcome=${outcome}></oim-alert-json>`;
      case "table":
        return html`
          <div class="table">
            <div class="bar">${this.#chooser(outcome)}</div>
            <oim-alert-table class="view" .lists=${lists} .news=${this.news} .columns=${this.#columns(outcome)}></oim-alert-table>
          </div>
        `;
      case "cards":
        return html`
          <oim-alert-cards class="view" .lists=${lists} .news=${this.news} .memories=${this.#memories}></oim-alert-cards>
        `;
    }
  }

  #empty(words: unknown) {
    return html`<p class="empty">${words}</p>`;
  }

  #foreign({ found, all }: Coverage) {
    return html`
      <div class="banner foreign" role="group" aria-label="Another payload">
        <p>This configuration seems to be for another payload: of the ${count(all, "field")} that it reads, this one has ${found === 0 ? "none" : found}.</p>
        ${this.readonly ? nothing : html`<button class="small" @click=${() => emit(this, "oim-suggest", null)}>Suggest one</button>`}
      </div>
    `;
  }

  #suggestion() {
    if (this.unreadable)
      return this.#empty(
        html`There is no configuration yet, and the payload cannot be read. ${this.error ? explained(this.error) : "Fix the error first: see Problems."}`,
      );
    return html`
      <div class="empty">
        <p>There is no configuration yet. ${this.proposed ? "One is proposed under Configuration." : this.readonly ? "" : "Write one, or have one proposed for this payload."}</p>
        ${this.readonly || this.proposed ? nothing : html`<button class="small" @click=${() => emit(this, "oim-suggest", null)}>Suggest one</button>`}
      </div>
    `;
  }

  /** Which tags are columns of the table. */
  #chooser(outcome: Outcome) {
    const chosen = this.#columns(outcome);
    const offered = [...new Set([...seenTags(this.#known(outcome)).slice(0, OFFERED), ...chosen])];
    if (offered.length === 0) return nothing;
    const turn = (tag: string) => (event: Event) => {
      const on = (event.target as HTMLInputElement).checked;
      this.columns = offered.filter((name) => (name === tag ? on : chosen.includes(name)));
    };
    return html`
      <details class="menu" @keydown=${this.#closeOnEscape} @focusout=${this.#closeOnLeave}>
        <summary>Columns</summary>
        <div class="choices" role="group" aria-label="Columns">
          ${offered.map(
            (tag) =>
              html`<label><input type="checkbox" .checked=${chosen.includes(tag)} @change=${turn(tag)}> <span class="mono">${line(tag, 80)}</span></label>`,
          )}
        </div>
      </details>
    `;
  }

  #columns(outcome: Outcome): string[] {
    return this.columns ?? usualColumns(this.#known(outcome));
  }

  /** Alerts that are there without waiting: enough to know the tags that there are. */
  *#known({ alertNow, alertCount }: Outcome): Iterable<Alert> {
    for (let place = 0; place < Math.min(alertCount, 50); place++) {
      const alert = alertNow.call(this.outcome, place);
      if (alert) yield alert;
    }
    yield* this.#alerts.all();
  }

  #closeOnEscape = (event: KeyboardEvent): void => {
    const menu = event.currentTarget as HTMLDetailsElement;
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  };

  #closeOnLeave = (event: FocusEvent): void => {
    const menu = event.currentTarget as HTMLDetailsElement;
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  };

  #tally(outcome: Outcome): string {
    return [count(outcome.alertCount, "alert"), countWithoutAlert(outcome)].filter(Boolean).join(" · ");
  }

  #turn = (event: Event): void => {
    emit(this, "oim-additional", (event.target as HTMLInputElement).checked ? "map" : "ignore");
  };
}

/** What is wrong, and where. */
function explained({ document, message, range }: Diagnostic) {
  const where = range ? `, line ${range.line}, column ${range.column}` : "";
  return html`${document === "payload" ? "Payload" : "Configuration"}${where}: ${withCode(message)}.`;
}
