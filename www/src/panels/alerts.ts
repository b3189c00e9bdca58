import { css, html, LitElement, nothing } from "lit";
import type { Answer } from "../engine/protocol.ts";
import type { Step } from "../engine/types.ts";
import { panel, shared } from "../styles/shared.ts";
import { count } from "../text/count.ts";
import "./alert.ts";
import "./rejected.ts";

/** Up to this many alerts are all open at first. Of more, only the first. */
const ALL_OPEN = 2;

/**
 * What became of the payload: alerts, and what was rejected.
 *
 * @fires oim-more - Someone wants to see more alerts than there are in the answer.
 * @fires oim-additional - The switch for additional tags was turned; the detail is `ignore` or `map`.
 * @fires oim-step, oim-explain, oim-reject - See {@link OimAlert} and {@link OimRejected}.
 */
export class OimAlerts extends LitElement {
  static override properties = {
    answer: { attribute: false },
    selected: { attribute: false },
    outdated: { type: Boolean },
    stopped: {},
    additional: {},
  };

  static override styles = [
    shared,
    panel,
    css`
      .list {
        display: grid;
        gap: 8px;
        padding: 8px;
      }

      .outdated {
        filter: grayscale(1);
      }

      .banner {
        margin: 8px 8px 0;
        padding: 7px 11px;
        border-radius: 6px;
        color: var(--oim-warning);
        background: var(--oim-warning-soft);
        font-size: 12.5px;
      }

      .switch {
        display: inline-flex;
        align-items: center;
        gap: 7px;
        padding: 2px 4px;
        font-size: var(--oim-small);
        cursor: pointer;
      }

      .switch input {
        position: relative;
        width: 28px;
        height: 16px;
        margin: 0;
        border: 1px solid var(--oim-muted);
        border-radius: 99px;
        appearance: none;
        cursor: pointer;
      }

      .switch input::before {
        position: absolute;
        inset: 2px auto 2px 2px;
        width: 10px;
        border-radius: 50%;
        background: var(--oim-muted);
        content: "";
        transition: transform 120ms;
      }

      .switch input:checked {
        border-color: var(--oim-accent);
        background: var(--oim-accent);
      }

      .switch input:checked::before {
        background: var(--oim-surface);
        transform: translateX(12px);
      }
    `,
  ];

  declare answer: Answer | null;
  declare selected: Step | null;
  /** The texts have an error, and the answer is the last one before it. */
  declare outdated: boolean;
  /** Why the engine stopped for good, else empty. */
  declare stopped: string;
  declare additional: "ignore" | "map";

  constructor() {
    super();
    this.answer = null;
    this.selected = null;
    this.outdated = false;
    this.stopped = "";
    this.additional = "ignore";
  }

  override render() {
    const { answer } = this;
    return html`
      <section aria-label="Alerts">
        <div class="head">
          <h2>Alerts</h2>
          <span class="note">${answer ? this.#tally(answer) : nothing}</span>
          <span class="fill"></span>
          <label class="switch" title="Fields that no rule uses become tags, named by their path">
            <input type="checkbox" role="switch" .checked=${this.additional === "map"} @change=${this.#turn}>
            Map additional tags
          </label>
        </div>
        <div class="scroll" tabindex="-1">
          ${this.stopped
            ? html`<p class="banner">The engine stopped on these texts (${this.stopped}). They are untouched: change them and it starts again.</p>`
            : nothing}
          ${this.outdated ? html`<p class="banner">These are the alerts from before the error. See the problems.</p>` : nothing}
          ${answer ? this.#list(answer) : html`<p class="empty">${this.stopped ? nothing : "Starting the engine…"}</p>`}
        </div>
      </section>
    `;
  }

  #list(answer: Answer) {
    const { alerts, alertCount, rejected, traces } = answer;
    const steps = new Map(traces?.map((trace) => [trace.index, trace.steps]));
    if (alertCount === 0 && rejected.length === 0) {
      return html`<p class="empty">${this.outdated || !answer.ran ? "Nothing yet: mend the error first." : "The payload holds no alerts."}</p>`;
    }
    return html`
      <div class="list ${this.outdated ? "outdated" : ""}">
        ${alerts.map(
          (alert, place) => html`
            <oim-alert
              .alert=${alert}
              .steps=${traces ? (steps.get(alert.index) ?? []) : null}
              .selected=${this.selected}
              .receivedAt=${answer.receivedAt}
              .open=${alertCount <= ALL_OPEN || place === 0}
            ></oim-alert>
          `,
        )}
        ${alertCount > alerts.length
          ? html`<button class="small" @click=${() => this.#fire("oim-more")}>Show more of ${count(alertCount, "alert")}</button>`
          : nothing}
        ${rejected.length > 0
          ? html`
              <oim-rejected
                .rejected=${rejected}
                .total=${answer.rejectedCount}
                .steps=${traces ? steps : null}
                .selected=${this.selected}
              ></oim-rejected>
            `
          : nothing}
      </div>
    `;
  }

  #tally({ alertCount, rejectedCount }: Answer): string {
    return [String(alertCount), rejectedCount > 0 ? `${rejectedCount} rejected` : ""].filter(Boolean).join(" · ");
  }

  #turn = (event: Event): void => {
    this.#fire("oim-additional", (event.target as HTMLInputElement).checked ? "map" : "ignore");
  };

  #fire(type: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define("oim-alerts", OimAlerts);
