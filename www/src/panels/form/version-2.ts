/** The version of the configuration, and the sections that only version 2 has. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Diagnostic } from "../../engine/types.ts";
import { remove, set } from "../../json/edit.ts";
import { rangeAt } from "../../json/pointer.ts";
import { line } from "../../text/format.ts";
import { emit } from "../contract.ts";
import { addItem, chooseVersion, tagNames } from "./changes.ts";
import { chips, problems } from "./controls.ts";
import type { OimForm } from "./form.ts";
import type { Model, Version } from "./model.ts";

const VERSIONS: [Version, string][] = [
  ["1", "Version 1, for organizations that joined before 2023"],
  ["2", "Version 2, for those that joined later"],
];

/** Which version it is; a choice while the configuration says nothing of it. */
export function versionSection(form: OimForm): TemplateResult {
  const { model } = form;
  const version = model.version ?? "1";
  const pointer = pointerIn(model, "version");
  const choice = model.versionIsOpen
    ? html`
      <div class="choices" role="radiogroup" aria-labelledby="version">
        ${VERSIONS.map(
          ([value, label]) => html`
            <label class="check">
              <input
                type="radio"
                name="version"
                data-focus="version/${value}"
                .checked=${live(version === value)}
                ?disabled=${form.locked}
                @change=${() => form.edit([chooseVersion(model, value)], { focus: `version/${value}`, say: `version ${value}` })}
              />
              ${label}
            </label>
          `,
        )}
      </div>
    `
    : nothing;
  return html`
    <section class="part ${form.isSelected(pointer) ? "chosen" : ""}" aria-labelledby="version" data-rule=${pointer}>
      <header>
        <h3 id="version">Version of the configuration</h3>
        ${model.versionIsOpen ? nothing : html`<span class="badge">Version ${version}</span>`}
        ${
          version === "1" && !model.versionIsOpen && !form.readonly
            ? html`<button class="small migrate" ?disabled=${form.locked} @click=${() => emit(form, "oim-migrate", null)}>Migrate to version 2</button>`
            : nothing
        }
      </header>
      ${choice} ${problems(form, form.problemsAt(pointer))}
    </section>
  `;
}

const PROPERTIES = [
  ["primary", "Primary"],
  ["secondary", "Secondary"],
] as const;

/** The tags that can be the primary and the secondary property. */
export function propertySection(form: OimForm): TemplateResult | typeof nothing {
  const { properties } = form.model;
  if (!properties) return nothing;
  const known = tagNames(form.model);
  return html`
    <section class="part" aria-labelledby="properties">
      <header>
        <h3 id="properties">Properties</h3>
        <p>The first tag of a list that an alert has is its property.</p>
      </header>
      ${PROPERTIES.map(([role, label]) => {
        const list = properties[role];
        const pointer = pointerIn(form.model, `${role}_property`);
        const free = known.filter((name) => !list.items.some(({ text }) => text === name));
        return html`
          <div class="${form.isSelected(pointer) ? "chosen" : ""}" role="group" aria-label="${label} property" data-rule=${pointer}>
            <div class="below">
              <span class="badge">${label}</span>
              ${chips(form, {
                list,
                key: `property/${role}`,
                label: `tags that can be ${role}`,
                noun: "tag",
                options: free.map((value) => ({ value })),
                placeholder: "+ tag",
                add: (text) =>
                  form.edit([addItem(list, text)], { focus: `property/${role}/+`, say: `${text} can be ${role}` }),
              })}
            </div>
            ${problems(form, form.problemsAt(pointer))}
          </div>
        `;
      })}
    </section>
  `;
}

/** Which events are dropped. */
export function filterSection(form: OimForm): TemplateResult | typeof nothing {
  const { model } = form;
  if (!model.properties) return nothing;
  const { path, pointer, text } = model.filter;
  const key = "filter";
  const shown = form.draft?.key === key ? form.draft.text : text;
  const found = form.problemsAt(pointer);
  const commit = (value: string) => form.edit([value.trim() === "" ? remove(path) : set(path, value)]);
  const isInvalid = found.some(({ severity }) => severity === "error");
  return html`
    <section class="part ${form.isSelected(pointer) ? "chosen" : ""}" aria-labelledby="filter" data-rule=${pointer}>
      <header @click=${() => form.select(pointer)}>
        <h3 id="filter">Filter</h3>
        <p>Events that match it are dropped.</p>
      </header>
      <textarea
        class="text filter"
        data-focus=${key}
        aria-label="Filter of events, in BPQL"
        aria-invalid=${isInvalid}
        autocomplete="off"
        spellcheck="false"
        rows=${Math.min(6, Math.max(1, Math.ceil(shown.length / 48)))}
        placeholder=${`@alert.severity = "info" AND env IN [test, lab]`}
        .value=${live(shown)}
        ?readonly=${form.locked}
        @input=${(event: Event) => form.scheduleCommit(key, (event.target as HTMLTextAreaElement).value, commit)}
        @blur=${() => form.endTyping("commit")}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Escape" || !form.draft) return;
          event.stopPropagation();
          form.endTyping("discard");
        }}
      ></textarea>
      ${found.map((one) => marked(form.body, pointer, text, one))} ${problems(form, found)}
    </section>
  `;
}

/** Characters around a mistake that are shown. */
const AROUND = 40;

/** The part of the filter that a problem is about, marked in the filter. */
function marked(body: string, pointer: string, text: string, { range }: Diagnostic): TemplateResult | typeof nothing {
  const place = rangeAt(body, pointer);
  if (!place || !range || range.start <= place.start || range.end >= place.end) return nothing;
  // Places are those of the JSON text, where a character may take several.
  const lengthTo = (end: number): number => {
    try {
      return (JSON.parse(`"${body.slice(place.start + 1, end)}"`) as string).length;
    } catch {
      return -1;
    }
  };
  const [start, end] = [lengthTo(range.start), lengthTo(range.end)];
  if (start < 0 || end < start) return nothing;
  const before = `${start > AROUND ? "…" : ""}${text.slice(Math.max(0, start - AROUND), start)}`;
  const after = `${text.slice(end, end + AROUND)}${text.length > end + AROUND ? "…" : ""}`;
  const part = end > start ? text.slice(start, end) : "⌃";
  return html`<p class="hint filter-place"><code>${line(before, 2 * AROUND)}<mark>${line(part, 2 * AROUND)}</mark>${line(after, 2 * AROUND)}</code></p>`;
}

function pointerIn({ base }: Model, name: string): string {
  return [...base, name].map((step) => `/${step}`).join("");
}
