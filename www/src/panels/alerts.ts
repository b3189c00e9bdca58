import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Alert, Rejection, Step } from "../engine/types.ts";
import { panel, shared } from "../styles/shared.ts";
import { count } from "../text/count.ts";
import { line } from "../text/shown.ts";
import "./alert.ts";
import type { AlertLists, CardMemories } from "./alert-cards.ts";
import "./alert-cards.ts";
import "./alert-json.ts";
import { seenTags, usualColumns } from "./alert-table.ts";
import { alertsStyles } from "./alerts-styles.ts";
import { type Outcome, type Selection, tell } from "./contract.ts";
import { Windows } from "./windows.ts";

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
 */
@customElement("oim-alerts")
export class OimAlerts extends LitElement {
  static override styles = [shared, panel, alertsStyles];

  @property({ attribute: false }) outcome: Outcome | null = null;
  @property({ attribute: false }) selection: Selection | null = null;
  @property() additional: "ignore" | "map" = "ignore";
  /** The texts have an error, and the outcome is the last one before it. */
  @property({ type: Boolean }) outdated = false;
  /** Why the engine stopped for good, else empty. */
  @property() stopped = "";
  @state() view: View = "cards";
  /** The tags that have a column in the table; `null` while nobody chose. */
  @state() columns: string[] | null = null;
  @state() news = 0;
  #version = -1;
  #alerts = new Windows<Alert>(() => (this.news += 1));
  #rejected = new Windows<Rejection>(() => (this.news += 1));
  #traces = new Windows<Step[]>(() => (this.news += 1), 1);
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
          ${this.view === "table" && outcome ? this.#chooser(outcome) : nothing}
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
          <label class="switch" title="Fields that no rule uses become tags, named by their path">
            <input type="checkbox" role="switch" .checked=${this.additional === "map"} @change=${this.#turn}>
            Map additional tags
          </label>
        </div>
        ${
          this.stopped
            ? html`<p class="banner">The engine stopped on these texts (${line(this.stopped, 300)}). They are untouched: change them and it starts again.</p>`
            : nothing
        }
        ${this.outdated ? html`<p class="banner">These are the alerts from before the error. See the problems.</p>` : nothing}
        <div class="body ${this.outdated ? "outdated" : ""}">${outcome ? this.#view(outcome) : this.#empty(this.stopped ? "" : "Starting the engine…")}</div>
      </section>
    `;
  }

  #view(outcome: Outcome) {
    if (outcome.alertCount === 0 && outcome.rejectedCount === 0) {
      return this.#empty(
        this.outdated || !outcome.ran ? "Nothing yet: mend the error first." : "The payload holds no alerts.",
      );
    }
    const lists: AlertLists = { outcome, alerts: this.#alerts, rejected: this.#rejected, traces: this.#traces };
    switch (this.view) {
      case "json":
        return html`<oim-alert-json class="view" .outcome=${outcome}></oim-alert-json>`;
      case "table":
        return html`
          <oim-alert-table class="view" .lists=${lists} .news=${this.news} .columns=${this.#columns(outcome)} .selection=${this.selection}></oim-alert-table>
        `;
      case "cards":
        return html`
          <oim-alert-cards class="view" .lists=${lists} .news=${this.news} .memories=${this.#memories} .selection=${this.selection}></oim-alert-cards>
        `;
    }
  }

  #empty(words: string) {
    return html`<p class="empty">${words}</p>`;
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

  #tally({ alertCount, rejectedCount }: Outcome): string {
    const rejected = rejectedCount > 0 ? ` · ${count(rejectedCount, "rejected", "rejected")}` : "";
    return count(alertCount, "alert") + rejected;
  }

  #turn = (event: Event): void => {
    tell(this, "oim-additional", (event.target as HTMLInputElement).checked ? "map" : "ignore");
  };
}
