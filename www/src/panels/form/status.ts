import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Option } from "../../controls/combobox.ts";
import { STATUSES } from "../../json/attributes.ts";
import { remove, set } from "../../json/edit.ts";
import { shorten, withCode } from "../../text/format.ts";
import { addItem, mapValue, statusesOf, withMap } from "./changes.ts";
import "./chip-list.ts";
import "./coverage-count.ts";
import type { List } from "./model.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";

/** The status that BigPanda uses where no default is set. */
const DEFAULT = "critical";
/** As many values as are offered at once. */
const OFFERED = 8;

/** How payload values become a status. */
@customElement("oim-form-status")
export class OimFormStatus extends FormSection {
  static override styles = [
    ...FormSection.styles,
    css`
      .map {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 4px 10px;
        margin-block: 8px;
      }

      .line {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: subgrid;
        align-items: center;
      }

      .offer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 6px;
      }

      .offer .small {
        padding: 0 7px;
        color: var(--oim-text);
        font-family: var(--oim-mono);
      }
    `,
  ];

  override readonly heading = "Status";
  override readonly hint = "Values match exactly. Sources are tried in order.";

  override pointers(): string[] {
    return [this.form.model.status.pointer];
  }

  override hasContent(): boolean {
    return true;
  }

  override summary(): string {
    const { source } = this.form.model.status;
    return source.items.length > 0 ? `from ${source.items.map(({ text }) => text).join(", ")}` : "no source";
  }

  override aside() {
    const status = this.form.current?.alert.status;
    return status ? html`<span class="status ${status}">${status}</span>` : nothing;
  }

  override content() {
    const { form } = this;
    const { status } = form.model;
    const held = form.statusValues();
    const mapped = new Set(status.map.flatMap(({ values }) => values.items.map(({ text }) => text)));
    const free = held.filter((value) => !mapped.has(value));
    const options = [
      ...free.map((value) => ({ value, note: "in this payload" })),
      ...held.filter((value) => mapped.has(value)).map((value) => ({ value, note: "already mapped" })),
    ];
    return html`
      ${status.broken ? html`<p class="hint error">${withCode(status.broken)}</p>` : nothing}
      <div class="below">
        <oim-chip-list
          .list=${status.source}
          key="status/source"
          group="sources"
          lead="from"
          label="sources of the status"
          noun="source"
          placeholder="+ field"
          .options=${form.sources}
          .add=${(text: string) => form.edit([addItem(status.source, text), ...withMap(form.model)], { focus: "status/source/+", say: `${text} added` })}
        ></oim-chip-list>
      </div>
      <div class="map" role="group" aria-label="Values of each status">
        ${statusesOf(form.model).map((name) => this.#line(name, options))}
      </div>
      ${this.#default()} ${free.length > 0 && !form.locked ? this.#offer(free) : nothing}
      <oim-rule-problems .list=${form.problemsAt(status.pointer)}></oim-rule-problems>
    `;
  }

  #line(name: string, options: readonly Option[]) {
    const { form } = this;
    const values = this.#valuesOf(name);
    const say = (text: string) => `${text} means ${name}`;
    return html`
      <div class="line">
        <span class="status ${name}">${name}</span>
        <oim-chip-list
          .list=${values}
          key="status/${name}"
          group="values"
          label="values for ${name}"
          noun="value"
          unordered
          placeholder="+ value"
          .options=${options.filter(({ value }) => !values.items.some(({ text }) => text === value))}
          .add=${(text: string) => form.edit(mapValue(form.model, text, name), { focus: `status/${name}/+`, say: say(text) })}
          .adopt=${(text: string) => form.edit(mapValue(form.model, text, name), { say: say(text) })}
        ></oim-chip-list>
      </div>
    `;
  }

  /** The status where no value matches. */
  #default() {
    const { form } = this;
    const { fallback, path } = form.model.status;
    const names: readonly string[] = STATUSES;
    const isKnown = fallback === null || names.includes(fallback);
    const pick = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      const change = value === "" ? remove([...path, "default_to"]) : set([...path, "default_to"], value);
      form.edit([change], { focus: "status/default", say: value === "" ? "no default" : `default ${value}` });
    };
    return html`
      <label class="default word">
        Default:
        <select data-focus="status/default" aria-label="Default status" ?disabled=${form.locked} @change=${pick}>
          <option value="" .selected=${live(fallback === null)}>(none)</option>
          ${isKnown ? nothing : html`<option value=${fallback} .selected=${live(true)}>${shorten(fallback, 40)}</option>`}
          ${names.map((name) => html`<option value=${name} .selected=${live(fallback === name)}>${name}</option>`)}
        </select>
      </label>
      <oim-coverage-count .counts=${form.counts?.at(`${form.model.status.pointer}/default_to`, fallback ?? DEFAULT) ?? null} label="the default status"></oim-coverage-count>
      ${isKnown ? nothing : html`<p class="hint error">The default is <code>${shorten(fallback)}</code>, a status that BigPanda does not have.</p>`}
      ${fallback === null ? html`<span class="hint">No default is set, so BigPanda uses ${DEFAULT}.</span>` : nothing}
    `;
  }

  /** Values of the payload that no status has. */
  #offer(free: readonly string[]) {
    return html`
      <p class="hint offer">
        Not listed yet:
        ${free
          .slice(0, OFFERED)
          .map(
            (value, index) =>
              html`<button class="small mono" data-focus="status/free/${index}" aria-haspopup="menu" @click=${(event: Event) => this.#choose(event, value)}>${shorten(value, 40)}</button>`,
          )}
        ${free.length > OFFERED ? html`and ${free.length - OFFERED} more` : nothing}
      </p>
    `;
  }

  #choose(event: Event, value: string): void {
    const { form } = this;
    const items = STATUSES.map((status) => ({
      label: `means ${status}`,
      run: () =>
        form.edit(mapValue(form.model, value, status), {
          focus: `status/${status}/+`,
          say: `${value} means ${status}`,
        }),
    }));
    form.openMenu(event.currentTarget, `Status of ${shorten(value, 40)}`, items);
  }

  #valuesOf(name: string): List {
    const { map, path } = this.form.model.status;
    const there = map.find(({ status }) => status === name);
    return there?.values ?? { path: [...path, "status_map", name], items: [], state: "missing" };
  }
}
