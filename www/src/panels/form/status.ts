import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { STATUSES } from "../../json/attributes.ts";
import { set } from "../../json/edit.ts";
import { shorten, withCode } from "../../text/format.ts";
import { addItem, mapValue, statusesOf, withMap } from "./changes.ts";
import { chips, problems } from "./controls.ts";
import type { OimForm } from "./form.ts";
import type { List } from "./model.ts";

/** How payload values become a status. */
export function statusSection(form: OimForm): TemplateResult {
  const { status } = form.model;
  const known: readonly string[] = STATUSES;
  const held = form.statusValues();
  const mapped = new Set(status.map.flatMap(({ values }) => values.items.map(({ text }) => text)));
  const free = held.filter((value) => !mapped.has(value));
  const options = [
    ...free.map((value) => ({ value, note: "in this payload" })),
    ...held.filter((value) => mapped.has(value)).map((value) => ({ value, note: "already mapped" })),
  ];
  return html`
    <section class="part ${form.isSelected(status.pointer) ? "chosen" : ""}" aria-labelledby="status" data-rule=${status.pointer}>
      <header @click=${() => form.select(status.pointer)}>
        <h3 id="status">Status</h3>
        <p>Values match exactly. Sources are tried in order.</p>
        ${form.tracedAlert ? html`<span class="status ${form.tracedAlert.alert.status}">${form.tracedAlert.alert.status}</span>` : nothing}
      </header>
      ${status.broken ? html`<p class="hint error">${withCode(status.broken)}</p>` : nothing}
      <div class="below">
        <span class="word">from</span>
        ${chips(form, {
          list: status.source,
          key: "status/source",
          group: "sources",
          label: "sources of the status",
          noun: "source",
          options: form.sources,
          placeholder: "+ field",
          add: (text) =>
            form.edit([addItem(status.source, text), ...withMap(form.model)], {
              focus: "status/source/+",
              say: `${text} added`,
            }),
        })}
      </div>
      <div class="map" role="group" aria-label="Values of each status">
        <div class="labels" aria-hidden="true"><span>status</span><span>values of the payload</span><span>default</span></div>
        ${statusesOf(form.model).map((name) => {
          const values = listOf(form, name);
          return html`
            <div class="line">
              <span class="status ${name}">${name}</span>
              ${chips(form, {
                list: values,
                key: `status/${name}`,
                group: "values",
                label: `values for ${name}`,
                noun: "value",
                ordered: false,
                options: options.filter(({ value }) => !values.items.some(({ text }) => text === value)),
                placeholder: "+ value",
                add: (text) =>
                  form.edit(mapValue(form.model, text, name), {
                    focus: `status/${name}/+`,
                    say: `${text} means ${name}`,
                  }),
                adopt: (text) => form.edit(mapValue(form.model, text, name), { say: `${text} means ${name}` }),
              })}
              ${
                known.includes(name)
                  ? html`<input
                    type="radio"
                    name="default_to"
                    data-focus="status/default/${name}"
                    aria-label="${name} is the default"
                    title=${name === "critical" && status.fallback === null ? "Without a default BigPanda uses critical" : "The status where no value matches"}
                    .checked=${live(status.fallback === name)}
                    ?disabled=${form.locked}
                    @change=${() => form.edit([set([...status.path, "default_to"], name)], { say: `${name} is the default` })}
                  />`
                  : html`<span></span>`
              }
            </div>
          `;
        })}
      </div>
      ${status.fallback !== null && !known.includes(status.fallback) ? html`<p class="hint error">The default is <code>${shorten(status.fallback)}</code>, a status that BigPanda does not have.</p>` : nothing}
      ${status.fallback === null ? html`<p class="hint">No default is set, so BigPanda uses critical.</p>` : nothing}
      ${
        free.length > 0 && !form.locked
          ? html`
            <p class="hint offer">
              Not listed yet:
              ${free
                .slice(0, 8)
                .map(
                  (value, index) =>
                    html`<button class="small mono" data-focus="status/free/${index}" aria-haspopup="menu" @click=${(event: Event) => offer(form, event, value)}>${shorten(value, 40)}</button>`,
                )}
              ${free.length > 8 ? html`and ${free.length - 8} more` : nothing}
            </p>
          `
          : nothing
      }
      ${problems(form, form.problemsAt(status.pointer))}
    </section>
  `;
}

function offer(form: OimForm, event: Event, value: string): void {
  const items = STATUSES.map((status) => ({
    label: `means ${status}`,
    run: () =>
      form.edit(mapValue(form.model, value, status), { focus: `status/${status}/+`, say: `${value} means ${status}` }),
  }));
  form.openMenu(event.currentTarget, `Status of ${shorten(value, 40)}`, items);
}

function listOf({ model }: OimForm, status: string): List {
  const there = model.status.map.find((entry) => entry.status === status);
  return there?.values ?? { path: [...model.status.path, "status_map", status], items: [], state: "missing" };
}
