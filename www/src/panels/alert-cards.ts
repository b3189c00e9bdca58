import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Alert, Rejection, Step } from "../engine/types.ts";
import { shared } from "../styles/shared.ts";
import { countWithoutAlert } from "../text/format.ts";
import { type CardMemory, newMemory } from "./alert.ts";
import type { Outcome } from "./contract.ts";
import type { PagedCache } from "./paged-cache.ts";
import "./rejected.ts";
import { VirtualList } from "./virtual-list.ts";

/** Up to this many alerts are all open at first. Of more, only the first. */
const ALL_OPEN = 2;

/** What the views of the alerts show, and how they get it. */
export interface AlertLists {
  outcome: Outcome;
  alerts: PagedCache<Alert>;
  rejected: PagedCache<Rejection>;
  /** By the index of the alert. */
  traces: PagedCache<Step[]>;
}

/** What was opened, by the alert's place in the list. It outlives an answer, and a change to another view. */
export interface CardMemories {
  alerts: Map<number, CardMemory>;
  rejected: Set<number>;
}

/**
 * The alerts as cards, then what was rejected. Only those in view are drawn.
 *
 * @fires oim-select - See {@link OimAlert}.
 */
@customElement("oim-alert-cards")
export class OimAlertCards extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex: 1;
        min-width: 0;
        min-height: 0;
      }

      .scroll {
        flex: 1;
        min-width: 0;
        overflow: auto;
        overscroll-behavior: contain;
        /* The list itself keeps the place when something above grows. */
        overflow-anchor: none;
      }

      .sizer {
        position: relative;
      }

      .item {
        position: absolute;
        inset: 0 8px auto;
      }

      h3 {
        margin: 0;
        padding: 6px 4px 2px;
        font-size: 12.5px;
        font-weight: 650;
      }

      .waits {
        height: 38px;
        border: 1px solid var(--oim-line);
        border-radius: 7px;
        background: var(--oim-raised);
      }
    `,
  ];

  @property({ attribute: false }) lists!: AlertLists;
  /** Grows when something has come. */
  @property({ attribute: false }) news = 0;
  @property({ attribute: false }) memories!: CardMemories;
  /** The item that gets the focus as soon as it is drawn. */
  #goal: number | null = null;
  #virtual = new VirtualList(this, {
    scroller: () => this.renderRoot.querySelector(".scroll"),
    height: 40,
    padding: 8,
    gap: 8,
  });

  override willUpdate(): void {
    const { alertCount, rejectedCount } = this.lists.outcome;
    this.#virtual.count = alertCount + (rejectedCount > 0 ? rejectedCount + 1 : 0);
  }

  override updated(): void {
    const items = [...this.renderRoot.querySelectorAll(".item")];
    // A card draws itself after the list; measured before, it would have no height, and the list would jump.
    const drawn = items.map((item) => (item.firstElementChild as Partial<LitElement> | null)?.updateComplete);
    void Promise.all(drawn).then(() => this.#virtual.measure(items.filter((item) => item.isConnected)));
    if (this.#goal === null) return;
    const card = this.renderRoot.querySelector<LitElement>(`[data-index="${this.#goal}"] > :not(.waits)`);
    if (!card) return;
    this.#goal = null;
    void card.updateComplete.then(() => card.focus());
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".scroll")?.focus(options);
  }

  override render() {
    const { alertCount } = this.lists.outcome;
    const { items, height } = this.#virtual;
    const place = (start: number) => `transform: translateY(${start}px)`;
    const item = (index: number, start: number, content: unknown) =>
      html`<div class="item" data-index=${index} .style=${place(start)}>${content}</div>`;
    const alerts = items.filter(({ index }) => index < alertCount);
    const heading = items.find(({ index }) => index === alertCount);
    const rejected = items.filter(({ index }) => index > alertCount);
    return html`
      <div class="scroll" tabindex="-1" role="group" aria-label="Cards" @keydown=${this.#move} @focusin=${this.#pin} @focusout=${this.#unpin} @oim-opened=${this.#opened}>
        <div class="sizer" .style=${`height: ${height}px`}>
          ${
            alertCount > 0
              ? html`
                <div role="feed" aria-label="Alerts">
                  ${repeat(
                    alerts,
                    ({ index }) => index,
                    ({ index, start }) => item(index, start, this.#card(index)),
                  )}
                </div>
              `
              : nothing
          }
          ${heading ? item(heading.index, heading.start, html`<h3>${countWithoutAlert(this.lists.outcome)}</h3>`) : nothing}
          ${
            rejected.length > 0
              ? html`
                <div role="list" aria-label="Rejected">
                  ${repeat(
                    rejected,
                    ({ index }) => index,
                    ({ index, start }) => this.#rejected(index, place(start)),
                  )}
                </div>
              `
              : nothing
          }
        </div>
      </div>
    `;
  }

  #card(place: number) {
    const { outcome, alerts, traces } = this.lists;
    alerts.need(place);
    const alert = outcome.alertNow(place) ?? alerts.at(place);
    if (!alert) return html`<div class="waits"></div>`;
    const memory = this.#memory(place);
    if (memory.open) traces.need(alert.index);
    return html`
      <oim-alert
        .alert=${alert}
        .steps=${traces.at(alert.index) ?? null}
        .memory=${memory}
        .receivedAt=${outcome.receivedAt}
        .position=${place + 1}
        .total=${outcome.alertCount}
      ></oim-alert>
    `;
  }

  #rejected(index: number, style: string) {
    const { outcome, rejected, traces } = this.lists;
    const place = index - outcome.alertCount - 1;
    rejected.need(place);
    const one = rejected.at(place);
    const asked = this.memories.rejected.has(place);
    if (asked && one?.index != null) traces.need(one.index);
    return html`
      <div class="item" role="listitem" data-index=${index} .style=${style} aria-setsize=${outcome.rejectedCount} aria-posinset=${place + 1}>
        ${
          one
            ? html`
              <oim-rejected
                .rejection=${one}
                .steps=${one.index === null ? null : (traces.at(one.index) ?? null)}
                .asked=${asked}
                @oim-opened=${() => this.#ask(place)}
              ></oim-rejected>
            `
            : html`<div class="waits"></div>`
        }
      </div>
    `;
  }

  #memory(place: number): CardMemory {
    const { alerts } = this.memories;
    const open = place === 0 || this.lists.outcome.alertCount <= ALL_OPEN;
    const memory = alerts.get(place) ?? newMemory(open);
    if (!memory.touched) memory.open = open;
    alerts.set(place, memory);
    return memory;
  }

  #ask(place: number): void {
    const { rejected } = this.memories;
    if (!rejected.delete(place)) rejected.add(place);
  }

  #opened = (): void => this.requestUpdate();

  /** What has the focus stays drawn, wherever one scrolls. */
  #pin = (event: Event): void => {
    this.#virtual.pinned = indexOf(event);
  };

  #unpin = (): void => {
    this.#virtual.pinned = null;
  };

  /** The arrow keys go from card to card while the focus is on its heading. */
  #move = (event: KeyboardEvent): void => {
    const index = indexOf(event);
    const { alertCount, rejectedCount } = this.lists.outcome;
    const last = alertCount + (rejectedCount > 0 ? rejectedCount : -1);
    const heading =
      event.composedPath()[0] instanceof HTMLElement && (event.composedPath()[0] as HTMLElement).matches(".open, .go");
    // While the next card is still being drawn, keys go on from it.
    const from = heading ? (this.#goal ?? index) : null;
    if (from === null) return;
    // Between the alerts and what was rejected stands a heading.
    const over = (to: number, by: number) => (to === alertCount ? to + by : to);
    const to = {
      ArrowDown: over(from + 1, 1),
      ArrowUp: over(from - 1, -1),
      Home: alertCount > 0 ? 0 : 1,
      End: last,
    }[event.key];
    if (to === undefined || to < 0 || to > last) return;
    event.preventDefault();
    this.#go(to);
  };

  #go(index: number): void {
    this.#goal = index;
    this.#virtual.show(index);
  }
}

/** The item that an event comes from. */
function indexOf(event: Event): number | null {
  const item = event
    .composedPath()
    .find((target) => target instanceof HTMLElement && target.dataset.index !== undefined);
  return item ? Number((item as HTMLElement).dataset.index) : null;
}
