import { consume } from "@lit/context";
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import { load } from "../app/later.ts";
import type { Alert, Diagnostic, Rejection, Step } from "../engine/types.ts";
import { panel, shared, switches } from "../styles/shared.ts";
import { count, countWithoutAlert, line, withCode } from "../text/format.ts";
import "./alert-cards.ts";
import type { AlertLists, CardMemories } from "./alert-cards.ts";
import { seenTags, usualColumns } from "./alert-table.ts";
import "./alert.ts";
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
  static override styles = [
    shared,
    panel,
    switches,
    css`
      section {
        position: relative;
        /* Where the page gives no height, the list must not grow to all of its items. */
        max-height: max(92vh, 480px);
      }

      .body {
        display: flex;
        flex: 1;
        min-height: 0;
      }

      .table {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-width: 0;
      }

      .bar {
        padding: 6px 12px;
      }

      .foreign {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 12px;
        align-items: center;
      }

      .foreign p {
        flex: 1 1 220px;
        margin: 0;
      }

      .foreign button {
        color: var(--oim-text);
      }

      .empty p {
        margin: 0 0 10px;
      }

      .outdated {
        filter: grayscale(1);
      }

      .banner {
        flex: none;
        margin: 8px 8px 0;
        padding: 7px 11px;
        border-radius: 6px;
        color: var(--oim-warning);
        background: var(--oim-warning-soft);
        font-size: 12.5px;
        overflow-wrap: anywhere;
      }

      /* It comes and goes with every half-typed word, so it takes no room. */
      .over {
        position: absolute;
        inset: auto 8px 8px;
      }

      .segments {
        display: inline-flex;
        margin: 0;
        padding: 1px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 7px;
        background: var(--oim-surface);
      }

      .segments label {
        position: relative;
        font-size: var(--oim-small);
        line-height: 18px;
        cursor: pointer;
      }

      .segments input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }

      .segments span {
        display: block;
        padding: 1px 9px;
        border-radius: 5px;
        color: var(--oim-muted);
      }

      .segments label:hover span {
        color: var(--oim-text);
      }

      .segments input:checked + span {
        color: var(--oim-accent);
        background: var(--oim-accent-soft);
      }

      .segments input:focus-visible + span {
        outline: 2px solid var(--oim-accent);
        outline-offset: 1px;
      }

      .menu {
        position: relative;
        width: fit-content;
        font-size: var(--oim-small);
      }

      summary {
        padding: 1px 9px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 6px;
        background: var(--oim-surface);
        line-height: 20px;
        cursor: pointer;
      }

      summary:hover {
        background: var(--oim-hover);
      }

      .choices {
        position: absolute;
        z-index: 4;
        inset: calc(100% + 4px) auto auto 0;
        width: max-content;
        max-width: min(280px, 70vw);
        max-height: 300px;
        padding: 6px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 7px;
        background: var(--oim-surface);
        box-shadow: 0 8px 28px rgb(0 0 0 / 16%);
        overflow: auto;
      }

      .choices label {
        display: flex;
        align-items: center;
        gap: 7px;
        padding: 2px 6px;
        border-radius: 4px;
        overflow-wrap: anywhere;
        cursor: pointer;
      }

      .choices label:hover {
        background: var(--oim-hover);
      }

      .switch {
        gap: 7px;
        padding: 2px 4px;
        font-size: var(--oim-small);
      }
    `,
  ];

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
    return html`
      <section aria-label="Alerts">
        <div class="head">
          <h2>Alerts</h2>
          <span class="note">${outcome ? this.#tally(outcome) : nothing}</span>
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
            Map additional tags
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
    return html`
      <div class="empty">
        <p>There is no configuration yet. ${this.proposed ? "One is proposed under Configuration." : "Paste one, fill in the form, or have one proposed for this payload."}</p>
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
