import { consume } from "@lit/context";
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import type { Alert, Field, Step } from "../engine/types.ts";
import { rangeAt } from "../json/pointer.ts";
import { panel, shared } from "../styles/shared.ts";
import { count, line, showTime, withCode } from "../text/format.ts";
import {
  chainOf,
  decides,
  grouped,
  happened,
  ofField,
  ofRule,
  partName,
  placed,
  ruleName,
  ruleOf,
  summary,
  type Use,
  type Uses,
} from "../text/trace.ts";
import { type Outcome, type Selection, emit } from "./contract.ts";
import { PagedCache } from "./paged-cache.ts";
import "./step-list.ts";
import { whyStyles } from "./why-styles.ts";

/** Alerts looked at for a field or a rule. */
const LOOKED_AT = 50;
/** The same of a payload with very many, where each trace takes longer. */
const LOOKED_AT_OF_MANY = 10;
const MANY = 2_000;
/** Alerts listed below a rule before the rest is only counted. */
const LISTED = 12;
/** Characters of a value that are shown. */
const CHARACTERS = 200;

/**
 * Why, both ways: what the field, the rule or the value became that is looked at; with nothing selected, everything
 * that happened to one alert.
 *
 * @fires oim-select - A step is looked at, or nothing any more.
 * @fires oim-map - A field that no rule looks at is to be mapped.
 */
@customElement("oim-why")
export class OimWhy extends LitElement {
  static override styles = [shared, panel, whyStyles];

  @property({ attribute: false }) outcome: Outcome | null = null;
  @property({ attribute: false }) selection: Selection | null = null;
  @property({ attribute: false }) current: { alert: Alert; steps: Step[] } | null = null;
  @property({ attribute: false }) fields: Field[] = [];
  @property({ attribute: false }) body = "";
  @property({ type: Boolean }) outdated = false;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  /** The element whose steps are shown as a whole; `null`: that of the current alert. */
  @state() element: number | null = null;
  @state() news = 0;
  #version = -1;
  #traces = new PagedCache<Step[]>(() => (this.news += 1), 1);

  override willUpdate(changed: Map<string, unknown>): void {
    const { outcome, current } = this;
    const before = changed.get("current") as { alert: Alert } | null | undefined;
    if (changed.has("current") && before?.alert.index !== current?.alert.index) this.element = null;
    if (!outcome || outcome.version === this.#version) return;
    this.#version = outcome.version;
    this.#traces.start(async (index) => [await outcome.trace(index)]);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".scroll")?.focus(options);
  }

  override render() {
    const { outcome, selection } = this;
    const whole = !selection && this.#elements > 0;
    return html`
      <section aria-label="Why">
        <div class="head">
          <h2>Why</h2>
          <span class="fill"></span>
          ${whole ? this.#pager() : nothing}
          ${selection ? html`<button class="small" @click=${() => emit(this, "oim-select", null)}>Whole alert</button>` : nothing}
        </div>
        <div class="scroll" tabindex="-1" role="group" aria-label="Explanation">
          <div class="content">${outcome && this.#elements > 0 ? this.#content(selection) : html`<p class="quiet">Nothing has been processed yet.</p>`}</div>
        </div>
      </section>
    `;
  }

  #content(selection: Selection | null) {
    switch (selection?.kind) {
      case "step":
        return this.#step(selection.alert, selection.step);
      case "field":
        return this.#field(selection.pointer, selection.path);
      case "rule":
        return this.#rule(selection.pointer);
      default:
        return this.#whole(this.#shown);
    }
  }

  /** Elements of the payload that gave an alert or were rejected. */
  get #elements(): number {
    return this.outcome ? this.outcome.alertCount + this.outcome.rejectedCount : 0;
  }

  get #shown(): number {
    return Math.min(this.element ?? this.current?.alert.index ?? 0, Math.max(0, this.#elements - 1));
  }

  #pager() {
    const shown = this.#shown;
    const last = this.#elements - 1;
    const go = (to: number) => () => (this.element = to);
    return html`
      <span class="pager" role="group" aria-label="Which alert">
        <button class="small" aria-label="Previous alert" ?disabled=${shown <= 0} @click=${go(shown - 1)}>‹</button>
        <span>Alert ${shown + 1} of ${this.#elements}</span>
        <button class="small" aria-label="Next alert" ?disabled=${shown >= last} @click=${go(shown + 1)}>›</button>
      </span>
    `;
  }

  /** The steps of an element; `null` while they are on their way. */
  #steps(element: number): Step[] | null {
    const { current } = this;
    if (current?.alert.index === element && !this.#traces.fresh(element)) return current.steps;
    this.#traces.need(element);
    return this.#traces.at(element) ?? null;
  }

  /** The elements looked at: the first ones, and those that are spoken of. */
  #lookedAt(...besides: (number | null | undefined)[]): number[] {
    const amount = Math.min(this.#elements, this.#elements > MANY ? LOOKED_AT_OF_MANY : LOOKED_AT);
    const known = [this.current?.alert.index, ...besides].filter((element): element is number => element != null);
    return [...new Set([...Array(amount).keys(), ...known])].sort((a, b) => a - b);
  }

  #uses(elements: number[], of: (steps: Step[]) => Step[]): { uses: Use[]; waits: boolean } {
    const uses: Use[] = [];
    let waits = false;
    for (const alert of elements) {
      const steps = this.#steps(alert);
      waits ||= steps === null;
      for (const step of of(steps ?? [])) uses.push({ alert, step });
    }
    return { uses, waits: waits && !this.outdated };
  }

  #whole(element: number) {
    const steps = this.#steps(element);
    if (!steps) return this.#waiting();
    if (steps.length === 0)
      return html`<p class="quiet">This element of the payload is not an object, so no rule was applied.</p>`;
    const groups = grouped(steps.map((step) => ({ alert: element, step })));
    return html`<h3 class="unseen">Every value of alert ${element + 1}</h3>${groups.map((group) => this.#chain(group, element))}`;
  }

  /** One value of one alert: its name, what it is, and how that came. */
  #chain(group: Uses, element: number) {
    const steps = group.uses.map(({ step }) => step);
    return html`
      <div class="group">
        <h4>${heading(group)}<span class="value">${result(steps)}</span></h4>
        ${this.#why(element, steps)}
      </div>
    `;
  }

  #step(element: number, step: Step) {
    const all = this.#steps(element) ?? [];
    const chain = chainOf(step, all);
    const steps = chain.length > 0 ? chain : [step];
    const others =
      step.payloadPointer === undefined
        ? []
        : ofField(step.payloadPointer, all).filter((other) => !steps.includes(other));
    const [group] = grouped([{ alert: element, step }]);
    return html`
      <h3 class="title">${group ? heading(group) : nothing}<span class="quiet">of alert ${element + 1}</span></h3>
      <p class="say">${withCode(summary(steps))}</p>
      <div class="group">${this.#why(element, steps)}</div>
      ${
        others.length > 0
          ? html`
            <p class="quiet also">The same field also:</p>
            ${grouped(others.map((other) => ({ alert: element, step: other }))).map((one) => this.#chain(one, element))}
          `
          : nothing
      }
    `;
  }

  #field(pointer: string, given: string) {
    const { path, element } = placed(pointer, this.fields);
    const field =
      this.fields.find((one) => one.pointer === pointer) ?? this.fields.find((one) => one.path === (given || path));
    const elements = this.#lookedAt(element);
    // Of the other alerts, the same path; a field outside the array is the same for all.
    const same = (steps: Step[]) => steps.filter(({ source }) => source === (given || path));
    const { uses, waits } = this.#uses(elements, (steps) => {
      const exact = ofField(pointer, steps);
      return exact.length > 0 ? exact : same(steps);
    });
    const title = html`
      <h3 class="title"><span class="mono">${line(given || path || "the payload", CHARACTERS)}</span>
        ${field ? html`<span class="quiet">${field.type}${field.example === "" ? nothing : html` · ${line(field.example, 80)}`}</span>` : nothing}
      </h3>
    `;
    if (uses.length === 0) {
      if (waits) return html`${title}${this.#waiting()}`;
      const map = (event: Event) =>
        field && emit(this, "oim-map", { field, anchor: event.currentTarget as HTMLElement });
      return html`
        ${title}
        <p class="say">No rule uses this field.</p>
        ${field && !this.readonly ? html`<p><button class="small" @click=${map}>Map this field…</button></p>` : nothing}
        ${this.#onlySome(elements)}
      `;
    }
    return html`
      ${title}
      <p class="say">${field?.type === "object" ? "These rules use this object or its fields:" : "These rules use this field:"}</p>
      ${grouped(uses).map((group) => this.#group(group, element))}
      ${this.#onlySome(elements)}
    `;
  }

  #rule(pointer: string) {
    const rule = ruleOf(pointer);
    const part = partName(pointer);
    const elements = this.#lookedAt();
    const { uses, waits } = this.#uses(elements, (steps) => ofRule(pointer, steps, (at) => textAt(this.body, at)));
    const title = html`<h3 class="title">${ruleName(rule)}${part ? html`<span class="quiet">${part}</span>` : nothing}</h3>`;
    if (uses.length === 0) {
      if (waits) return html`${title}${this.#waiting()}`;
      return html`${title}<p class="say">No alert uses this part of the configuration.</p>${this.#onlySome(elements)}`;
    }
    return html`${title}${grouped(uses).map((group) => this.#group(group, this.current?.alert.index ?? null))}${this.#onlySome(elements)}`;
  }

  /** What a rule did in several alerts: counted, then alert by alert, that which is looked at first. */
  #group(group: Uses, first: number | null) {
    const byAlert = Map.groupBy(group.uses, ({ alert }) => alert);
    const alerts = [...byAlert.keys()].sort((a, b) => Number(b === first) - Number(a === first) || a - b);
    const rest = alerts.length - LISTED;
    return html`
      <div class="group">
        <h4>${heading(group)}<span class="value sum">${tally(group.uses)}</span></h4>
        ${alerts.slice(0, LISTED).map(
          (alert) => html`
            <div class="row">
              <span class="who">Alert ${alert + 1}</span>
              ${this.#why(
                alert,
                (byAlert.get(alert) ?? []).map(({ step }) => step),
              )}
            </div>
          `,
        )}
        ${rest > 0 ? html`<div class="rest">and in ${count(rest, "more alert")}</div>` : nothing}
      </div>
    `;
  }

  #why(alert: number, steps: Step[]): TemplateResult {
    return html`<oim-step-list .alert=${alert} .steps=${steps}></oim-step-list>`;
  }

  #waiting() {
    return html`<p class="quiet">${this.outdated ? "Fix the error first to see explanations." : "Tracing…"}</p>`;
  }

  #onlySome(elements: number[]) {
    if (elements.length >= this.#elements) return nothing;
    return html`<p class="quiet also">Looked at ${count(elements.length, "alert")} of ${this.#elements}.</p>`;
  }
}

function heading({ rule, kind, tag }: Uses) {
  const name = kind === "identifier" ? "Identity" : ruleName(rule);
  return html`${name}${kind === "tag" && tag !== undefined ? html` <span class="mono">${line(tag, 80)}</span>` : nothing}`;
}

/** What the steps of one value gave. */
function result(steps: Step[]) {
  if (steps[0]?.kind === "filter") {
    const matched = steps.filter(({ outcome }) => outcome === "matched").length;
    return `${matched} of ${steps.length} match`;
  }
  const used = steps.filter(decides);
  if (used.length === 0) return html`<span class="quiet">no value</span>`;
  return used.map((step) => line(gave(step), CHARACTERS)).join(" · ");
}

function gave({ kind, result, value = "" }: Step): string {
  if (kind === "status") return result ?? value;
  return (kind === "timestamp" && result !== undefined && showTime(Number(result))?.utc) || value;
}

/** How often each outcome was, the frequent first. */
function tally(uses: Use[]): string {
  const counts = new Map<string, Set<number>>();
  for (const { alert, step } of uses) {
    const words = happened(step);
    counts.set(words, (counts.get(words) ?? new Set()).add(alert));
  }
  return [...counts]
    .sort((a, b) => b[1].size - a[1].size)
    .map(([words, alerts]) => `${words} in ${alerts.size}`)
    .join(", ");
}

/** The string that a pointer names in JSON text. */
function textAt(body: string, pointer: string): string | null {
  const range = rangeAt(body, pointer);
  try {
    return range ? String(JSON.parse(body.slice(range.start, range.end))) : null;
  } catch {
    return null;
  }
}
