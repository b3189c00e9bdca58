import { consume } from "@lit/context";
import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { selectionContext } from "../app/context.ts";
import { repeat } from "lit/directives/repeat.js";
import type { Alert, Rejection, Step } from "../engine/types.ts";
import { shared } from "../styles/shared.ts";
import { line, showTime, withoutCode } from "../text/format.ts";
import { decides, reasons, sameStep } from "../text/trace.ts";
import type { AlertLists } from "./alert-cards.ts";
import { type Selection, emit } from "./contract.ts";
import { VirtualList } from "./virtual-list.ts";

/** In pixels; the styles say the same. */
const ROW = 30;
/** Characters of a value that are drawn. */
const CHARACTERS = 160;
/** Rows that the page keys move. */
const PAGE = 15;
/** Tags that have a column before somebody chooses. */
const COLUMNS = 6;

/** A column: what stands above it, and which value of an alert it shows. */
interface Column {
  id: "status" | "primary" | "secondary" | "time" | "tag";
  label: string;
  /** The name of the tag. */
  tag?: string;
}

const FIRST: Column[] = [
  { id: "status", label: "Status" },
  { id: "primary", label: "Primary" },
  { id: "secondary", label: "Secondary" },
  { id: "time", label: "Time (UTC)" },
];

/**
 * The alerts as a table, one line each, then what was rejected. A cell shows its explanation in the editors.
 *
 * @fires oim-select - The step that decided a value is looked at.
 */
@customElement("oim-alert-table")
export class OimAlertTable extends LitElement {
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
        overflow-anchor: none;
      }

      table {
        width: max-content;
        min-width: 100%;
        border-collapse: separate;
        border-spacing: 0;
        table-layout: fixed;
        font-size: 12.5px;
      }

      col.status {
        width: 118px;
      }

      col.primary,
      col.secondary {
        width: 190px;
      }

      col.time,
      col.tag {
        width: 152px;
      }

      th,
      td {
        height: 30px;
        padding: 0 10px;
        overflow: hidden;
        border-bottom: 1px solid var(--oim-line);
        line-height: 20px;
        text-align: start;
        text-overflow: ellipsis;
        unicode-bidi: isolate;
        white-space: nowrap;
      }

      th {
        position: sticky;
        z-index: 1;
        top: 0;
        color: var(--oim-muted);
        background: var(--oim-raised);
        font-size: var(--oim-small);
        font-weight: 600;
      }

      td {
        /* Not below the heading. */
        scroll-margin-top: 31px;
        cursor: pointer;
      }

      tr:not(.gap):hover td {
        background: var(--oim-hover);
      }

      tr td:focus-visible {
        outline-offset: -2px;
      }

      tr td[aria-selected="true"] {
        background: var(--oim-mark);
        box-shadow: inset 0 0 0 1px var(--oim-mark-line);
      }

      td:nth-child(2) {
        font-weight: 600;
      }

      td:nth-child(4) {
        font-variant-numeric: tabular-nums;
      }

      .gap td {
        padding: 0;
        border: 0;
      }

      .rejected td {
        color: var(--oim-muted);
        font-style: italic;
        font-weight: 400;
      }

      .status {
        color: var(--oim-unknown);
        font-weight: 650;
      }

      /* A border, which is painted in forced colours as well. */
      .status:not(:empty)::before {
        display: inline-block;
        margin-inline-end: 6px;
        border: 4px solid;
        border-radius: 50%;
        content: "";
      }

      .critical .status {
        color: var(--oim-critical);
      }

      .warning .status {
        color: var(--oim-warning);
      }

      .ok .status {
        color: var(--oim-ok);
      }

      .acknowledged .status {
        color: var(--oim-acknowledged);
      }
    `,
  ];

  @property({ attribute: false }) lists!: AlertLists;
  /** Grows when something has come. */
  @property({ attribute: false }) news = 0;
  /** The tags that have a column. */
  @property({ attribute: false }) columns: string[] = [];
  @consume({ context: selectionContext, subscribe: true })
  @state()
  selection: Selection | null = null;
  /** The cell that the Tab key reaches; row 0 is the first alert. */
  @state() at: { row: number; column: number } = { row: 0, column: 0 };
  /** The present cell gets the focus as soon as it is drawn. */
  #goal = false;
  #virtual = new VirtualList(this, { scroller: () => this.renderRoot.querySelector(".scroll"), height: ROW });

  get #all(): Column[] {
    return [...FIRST, ...this.columns.map((tag): Column => ({ id: "tag", label: tag, tag }))];
  }

  override willUpdate(): void {
    const { alertCount, rejectedCount } = this.lists.outcome;
    this.#virtual.count = alertCount + rejectedCount;
    const row = Math.max(0, Math.min(this.at.row, alertCount + rejectedCount - 1));
    const column = Math.min(this.at.column, this.#all.length - 1);
    if (row !== this.at.row || column !== this.at.column) this.at = { row, column };
  }

  override updated(): void {
    if (!this.#goal) return;
    const { row, column } = this.at;
    const place = row < this.lists.outcome.alertCount ? column : 0;
    const cell = this.renderRoot.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${place}"]`);
    if (!cell) return;
    this.#goal = false;
    cell.focus();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>("[tabindex='0']")?.focus(options);
  }

  override render() {
    const { alertCount, rejectedCount } = this.lists.outcome;
    const columns = this.#all;
    const { items, height } = this.#virtual;
    const above = items[0]?.start ?? 0;
    const below = height - (items.at(-1)?.end ?? 0);
    // Scrolled far away from the cell that was reached last, the Tab key finds the first one there is.
    const reached = items.some(({ index }) => index === this.at.row) ? this.at.row : (items[0]?.index ?? 0);
    const gap = (pixels: number) =>
      html`<tr class="gap" aria-hidden="true"><td colspan=${columns.length} .style=${`height: ${pixels}px`}></td></tr>`;
    return html`
      <div class="scroll">
        <table role="grid" aria-label="Alerts" aria-rowcount=${alertCount + rejectedCount + 1} aria-colcount=${columns.length}
          @keydown=${this.#move} @click=${this.#click}>
          <colgroup>${columns.map(({ id }) => html`<col class=${id}>`)}</colgroup>
          <thead>
            <tr aria-rowindex="1">
              ${columns.map(({ label, id }) => html`<th scope="col" class=${id === "tag" ? "mono" : ""} title=${label}>${line(label, 80)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${above > 0 ? gap(above) : nothing}
            ${repeat(
              items,
              ({ index }) => index,
              ({ index }) => this.#row(index, columns, index === reached),
            )}
            ${below > 0 ? gap(below) : nothing}
          </tbody>
        </table>
      </div>
    `;
  }

  #row(row: number, columns: Column[], reached: boolean) {
    const { outcome, alerts, rejected } = this.lists;
    if (row >= outcome.alertCount) {
      const place = row - outcome.alertCount;
      rejected.need(place);
      return this.#rejected(row, rejected.at(place), columns.length, reached);
    }
    const alert = this.#alert(row);
    alerts.need(row);
    const selected = this.#selected(alert);
    return html`
      <tr aria-rowindex=${row + 2} class=${alert?.status ?? ""}>
        ${columns.map((column, place) => {
          const value = alert ? valueOf(alert, column) : undefined;
          const text = value === undefined ? "" : line(value, CHARACTERS);
          return html`<td
            data-row=${row}
            data-column=${place}
            tabindex=${reached && this.at.column === place ? 0 : -1}
            aria-selected=${selected === idOf(column, alert)}
            title=${text}
          >${column.id === "status" ? html`<span class="status">${text}</span>` : text}</td>`;
        })}
      </tr>
    `;
  }

  #rejected(row: number, rejection: Rejection | undefined, width: number, reached: boolean) {
    const { selection } = this;
    const pressed = rejection !== undefined && selection?.kind === "field" && selection.pointer === rejection.pointer;
    const name = rejection?.index == null ? "the payload" : `alert ${rejection.index + 1}`;
    const text = rejection ? `rejected · ${name}: ${withoutCode(rejection.message)}` : "";
    return html`
      <tr aria-rowindex=${row + 2} class="rejected">
        <td colspan=${width} data-row=${row} data-column="0" tabindex=${reached ? 0 : -1} aria-selected=${pressed} title=${text}>${line(text, 400)}</td>
      </tr>
    `;
  }

  #alert(place: number): Alert | undefined {
    return this.lists.outcome.alertNow(place) ?? this.lists.alerts.at(place);
  }

  /** The column of the selected step, if it is one of this alert's. */
  #selected(alert: Alert | undefined): string | null {
    const { selection } = this;
    if (!alert || selection?.kind !== "step" || selection.alert !== alert.index) return null;
    const { kind, tag } = selection.step;
    return kind === "tag" ? `tag ${tag}` : kind;
  }

  #click = (event: MouseEvent): void => {
    const cell = (event.composedPath()[0] as Element).closest<HTMLElement>("td[data-row]");
    if (!cell) return;
    this.at = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
    cell.focus();
    void this.#select();
  };

  /** Shows what decided the value of the present cell. */
  async #select(): Promise<void> {
    const { outcome, rejected, traces } = this.lists;
    const { row, column } = this.at;
    const { selection } = this;
    if (row >= outcome.alertCount) {
      const pointer = rejected.at(row - outcome.alertCount)?.pointer;
      const same = selection?.kind === "field" && selection.pointer === pointer;
      return emit(this, "oim-select", pointer === undefined || same ? null : { kind: "field", pointer, path: "" });
    }
    const alert = this.#alert(row);
    const { id, tag } = this.#all[column] ?? {};
    if (!alert || !id) return;
    let steps: Step[];
    try {
      steps = traces.fresh(alert.index) ?? (await outcome.trace(alert.index));
    } catch {
      // A newer answer has come, and its alerts are about to be shown.
      return;
    }
    const kind = id === "status" ? "status" : id === "time" ? "timestamp" : "tag";
    const name = { primary: alert.primary_property, secondary: alert.secondary_property }[id as string] ?? tag;
    const all = reasons(alert, steps);
    const step = all.find((one) => one.kind === kind && (kind !== "tag" || one.name === name))?.steps.find(decides);
    const same =
      step && selection?.kind === "step" && selection.alert === alert.index && sameStep(selection.step, step);
    emit(this, "oim-select", step && !same ? { kind: "step", alert: alert.index, step } : null);
  }

  #move = (event: KeyboardEvent): void => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      void this.#select();
      return;
    }
    const { row, column } = this.at;
    const all = event.ctrlKey || event.metaKey;
    const rows = this.lists.outcome.alertCount + this.lists.outcome.rejectedCount;
    const columns = this.#all.length;
    const to = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      PageDown: [row + PAGE, column],
      PageUp: [row - PAGE, column],
      Home: [all ? 0 : row, 0],
      End: [all ? rows - 1 : row, columns - 1],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    const clamp = (value: number, end: number) => Math.max(0, Math.min(value, end - 1));
    this.at = { row: clamp(to[0] ?? 0, rows), column: clamp(to[1] ?? 0, columns) };
    this.#goal = true;
    this.#virtual.show(this.at.row);
  };
}

/** Which tags have a column as long as nobody chose: the first ones that are neither primary nor secondary. */
export function usualColumns(alerts: Iterable<Alert>): string[] {
  return seenTags(alerts).slice(0, COLUMNS);
}

/** The names of all tags, in the order of their first alert. */
export function seenTags(alerts: Iterable<Alert>): string[] {
  const seen = new Set<string>();
  for (const { tags, primary_property, secondary_property } of alerts) {
    for (const name of Object.keys(tags)) if (name !== primary_property && name !== secondary_property) seen.add(name);
  }
  return [...seen];
}

function valueOf(alert: Alert, { id, tag }: Column): string | undefined {
  if (id === "status") return alert.status;
  if (id === "time") return showTime(alert.timestamp)?.utc.replace(" UTC", "") ?? String(alert.timestamp);
  const name = id === "primary" ? alert.primary_property : id === "secondary" ? alert.secondary_property : tag;
  const value = name == null ? undefined : alert.tags[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** A column as {@link OimAlertTable} names the selected one. */
function idOf({ id, tag }: Column, alert: Alert | undefined): string {
  if (id === "time") return "timestamp";
  if (id === "status") return id;
  return `tag ${id === "tag" ? tag : id === "primary" ? alert?.primary_property : alert?.secondary_property}`;
}
