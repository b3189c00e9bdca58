import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { MenuItem } from "../../controls/menu.ts";
import type { Step } from "../../engine/types.ts";
import { move, remove } from "../../json/edit.ts";
import { shorten } from "../../text/format.ts";
import { decides } from "../../text/trace.ts";
import {
  addItem,
  additionalPath,
  demote,
  newTag,
  promote,
  proposeName,
  removeItem,
  renameTag,
  setOr,
  tagNames,
} from "./changes.ts";
import { chips, land, problems, start, stop, textField } from "./controls.ts";
import { emit } from "../contract.ts";
import type { OimForm } from "./form.ts";
import { rolesOf, tagName, type TagRule } from "./model.ts";

const ROLES = { primary: "Primary", secondary: "Secondary", additional: "" };

/** Rows for the tags: the primary, the secondary, the others in their order. */
export function tagSection(form: OimForm): TemplateResult {
  const { model } = form;
  const additional = model.tags.filter(({ role }) => role === "additional");
  const primary = model.properties
    ? model.properties.primary.items.length > 0
    : model.tags.some(({ role }) => role === "primary");
  return html`
    <section class="part" aria-labelledby="tags">
      <header>
        <h3 id="tags">Tags</h3>
        <p>The first source that has a value is used.</p>
      </header>
      ${primary ? nothing : html`<p class="hint ${form.body.trim() === "" ? "" : "error"}">No primary tag yet. BigPanda cannot receive events without one.</p>`}
      <div class="rows">
        ${model.tags.map((tag) => row(form, tag, additional.length))}
      </div>
      <div class="new">
        <oim-pick
          data-focus="new-tag"
          .label=${primary ? "Add a tag from a field" : "Choose the field of the primary tag"}
          .placeholder=${primary ? "+ tag from a field" : "+ primary tag from a field"}
          .options=${form.sources}
          .free=${true}
          .disabled=${form.locked}
          @oim-picked=${(event: CustomEvent<string>) => addTag(form, event.detail, primary ? "additional" : "primary")}
        ></oim-pick>
      </div>
    </section>
  `;
}

function addTag(form: OimForm, path: string, role: TagRule["role"]): void {
  const name = proposeName(path, tagNames(form.model));
  form.edit(newTag(form.body, form.model, name, path, role), {
    focus: "new-tag",
    say: `Tag ${name} from ${path} added`,
  });
}

function row(form: OimForm, tag: TagRule, count: number): TemplateResult {
  const { pointer, role, index } = tag;
  const key = `tag${pointer}`;
  const name = tagName(tag);
  const landing = form.landing?.list === "tags" && role === "additional" ? form.landing.index : -1;
  const edge = landing === index ? "before" : landing === index + 1 && index === count - 1 ? "after" : "";
  const menu = (event: Event) => form.openMenu(event.currentTarget, `Tag ${name}`, actions(form, tag, count));
  const shift = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || form.locked || role !== "additional") return;
    event.preventDefault();
    moveTag(form, tag, index + step, count, "handle");
  };
  return html`
    <div
      class="row ${form.isSelected(pointer) ? "chosen" : ""} ${edge}"
      role="group"
      aria-label="Tag ${name || "without a name"}${role === "additional" ? "" : `, ${role}`}"
      data-rule=${pointer}
      @click=${(event: Event) => rowClicked(form, event, pointer)}
      @dragover=${(event: DragEvent) => overRow(form, event, tag)}
      @drop=${(event: DragEvent) => dropRow(form, event, count)}
    >
      ${
        tag.broken
          ? brokenRow(form, tag)
          : html`
        <div class="top">
          <button
            class="plain handle"
            data-focus="${key}/handle"
            aria-label="Tag ${name}: ${role === "additional" ? `${index + 1} of ${count}, Alt and arrows move it` : role}"
            title=${role === "additional" ? "Drag, or Alt+arrows, to move" : "The primary and the secondary come first"}
            draggable=${role === "additional" && !form.locked ? "true" : "false"}
            @keydown=${shift}
            @click=${() => form.select(pointer)}
            @dragstart=${(event: DragEvent) => {
              const line = (event.currentTarget as HTMLElement).closest(".row");
              if (line) event.dataTransfer?.setDragImage(line, 8, 8);
              start(form, event, { group: "tags", list: "tags", index }, name);
            }}
            @dragend=${() => stop(form)}
          >
            ${role === "additional" ? grip() : nothing}
          </button>
          ${textField(form, {
            key: `${key}/name`,
            label: `Name of the tag ${name}`,
            value: tag.name ?? "",
            placeholder: name || "name",
            className: "name",
            commit: (text) => form.edit(renameTag(form.model, tag, text.trim())),
          })}
          ${rolesOf(form.model, tag).map((one) => html`<span class="badge">${ROLES[one]}</span>`)}
          ${liveValue(form, tag)}
          <button class="plain more" data-focus="${key}/more" aria-haspopup="menu" aria-label="Actions for the tag ${name}" ?disabled=${form.locked} @click=${menu}>⋯</button>
        </div>
        <div class="below">
          <span class="word">from</span>
          ${chips(form, { list: tag.source, key: `${key}/source`, group: "sources", label: `sources of ${name || "this tag"}`, noun: "source", options: form.sources, placeholder: "+ field", tail: behind(form, tag, key) })}
        </div>
      `
      }
      ${problems(form, form.problemsAt(pointer))}
    </div>
  `;
}

/** What comes behind the sources: what stands in where none holds anything, and whether an object is taken apart. */
function behind(form: OimForm, tag: TagRule, key: string): TemplateResult {
  return html`
    ${
      // Version 2 does not document a default; one that is there can be taken back.
      form.model.properties && tag.fallback === null
        ? nothing
        : html`
          <span class="word" aria-hidden="true">else</span>
          ${textField(form, {
            key: `${key}/default`,
            label: `Default of the tag ${tagName(tag)}`,
            value: tag.fallback ?? "",
            placeholder: "nothing",
            className: "default",
            commit: (text) => form.edit([setOr([...tag.path, "default_to"], text)]),
          })}
        `
    }
    ${
      flattens(form, tag)
        ? html`
          <label class="check" title="Makes a tag of each field of the object">
            <input type="checkbox" data-focus="${key}/flatten" .checked=${live(tag.flatten)} ?disabled=${form.locked} @change=${() => flatten(form, tag)} />
            flatten
          </label>
        `
        : nothing
    }
  `;
}

function brokenRow(form: OimForm, tag: TagRule): TemplateResult {
  return html`
    <div class="top">
      ${tag.role === "additional" ? nothing : html`<span class="badge">${ROLES[tag.role]}</span>`}
      <span class="hint error">${tag.broken}</span>
      <button class="link" ?disabled=${form.locked} @click=${() => form.edit([remove(tag.path)], { focus: "new-tag", say: "removed" })}>Remove</button>
    </div>
  `;
}

/** A click on a row looks at its rule; a click on one of its buttons does what that says. */
function rowClicked(form: OimForm, event: Event, pointer: string): void {
  const inner = event
    .composedPath()
    .find((node) => node instanceof HTMLElement && node.matches("button, input, oim-pick, label"));
  if (!(inner instanceof HTMLButtonElement)) form.select(pointer);
}

/** What the rule gives in the alert that is looked at. */
function liveValue(form: OimForm, { pointer, fallback }: TagRule): TemplateResult {
  if (!form.tracedAlert) return html`<span class="live"></span>`;
  const given = form.tracedAlert.steps.filter((step) => step.rule === pointer && step.kind === "tag" && decides(step));
  const names = [...new Set(given.map((step) => step.tag ?? ""))];
  if (names.length > 1) return html`<span class="live"><i>${names.length} tags</i></span>`;
  const [step] = given;
  if (!step) return html`<span class="live none">no value</span>`;
  const text = valueOf(form, step, fallback);
  return html`<span class="live" title=${text.slice(0, 1000)}>${shorten(text)}</span>`;
}

function valueOf(form: OimForm, step: Step, fallback: string | null): string {
  const value = form.tracedAlert?.alert.tags[step.tag ?? ""];
  if (value !== undefined) return Array.isArray(value) ? value.join(", ") : value;
  return step.value ?? fallback ?? "";
}

function flattens(form: OimForm, { flatten: on, source }: TagRule): boolean {
  return (
    on || source.items.some(({ text }) => form.fields.some((field) => field.path === text && field.type === "object"))
  );
}

function flatten(form: OimForm, tag: TagRule): void {
  form.edit([setOr([...tag.path, "flatten"], !tag.flatten)], { say: tag.flatten ? "flatten is off" : "flatten is on" });
}

/** The menu of a tag, as BigPanda's own page has it. */
function actions(form: OimForm, tag: TagRule, count: number): MenuItem[] {
  const { model } = form;
  const { role, index } = tag;
  const name = tagName(tag);
  return [
    ...(model.properties ? listItems(form, tag) : roleItems(form, tag)),
    {
      label: "Move up",
      note: "Alt+↑",
      disabled: role !== "additional" || index === 0,
      run: () => moveTag(form, tag, index - 1, count, "more"),
    },
    {
      label: "Move down",
      note: "Alt+↓",
      disabled: role !== "additional" || index === count - 1,
      run: () => moveTag(form, tag, index + 1, count, "more"),
    },
    { label: "Flatten an object", checked: tag.flatten, run: () => flatten(form, tag) },
    { label: "Name by its source", disabled: tag.name === null, run: () => form.edit(renameTag(model, tag, "")) },
    {
      label: "Remove",
      run: () => form.edit([remove(tag.path)], { focus: nextTo(form, tag, count), say: `${name} removed` }),
    },
  ];
}

/** Version 2: the lists of the properties, in which a tag stands or not. */
function listItems(form: OimForm, tag: TagRule): MenuItem[] {
  const name = tagName(tag);
  const focus = `tag${tag.pointer}/more`;
  return (["primary", "secondary"] as const).flatMap((role) => {
    const list = form.model.properties?.[role];
    if (!list) return [];
    const at = list.items.findIndex(({ text }) => text === name);
    const change = at < 0 ? addItem(list, name) : removeItem(list, at);
    const say = `${name} ${at < 0 ? "can be" : "is no longer"} ${role}`;
    return [{ label: `Can be ${role}`, checked: at >= 0, run: () => form.edit([change], { focus, say }) }];
  });
}

/** Version 1: a property is a rule, so a tag takes the place of another one. */
function roleItems(form: OimForm, tag: TagRule): MenuItem[] {
  const { body, model } = form;
  const { role } = tag;
  const name = tagName(tag);
  const to = (place: string, say: string) => ({ focus: `tag${place}/more`, say });
  const base = model.base.map((step) => `/${step}`).join("");
  const canLeave = role !== "primary" || model.tags.some((other) => other.role === "secondary");
  return [
    {
      label: "Make primary",
      disabled: role === "primary",
      run: () =>
        form.edit(
          promote(body, model, tag, "primary"),
          to(`${base}/primary_property`, `${name} is now the primary tag`),
        ),
    },
    {
      label: "Make secondary",
      disabled: role === "secondary" || !canLeave,
      ...(canLeave ? {} : { note: "needs another primary" }),
      run: () =>
        form.edit(
          promote(body, model, tag, "secondary"),
          to(`${base}/secondary_property`, `${name} is now the secondary tag`),
        ),
    },
    {
      label: "Not secondary",
      disabled: role !== "secondary",
      run: () =>
        form.edit(
          demote(body, model, tag),
          to(`${base}/additional_attributes/0`, `${name} is no longer the secondary tag`),
        ),
    },
  ];
}

function nextTo(form: OimForm, { role, index }: TagRule, count: number): string {
  const base = additionalPath(form.model)
    .map((step) => `/${step}`)
    .join("");
  if (role !== "additional" || count < 2) return "new-tag";
  return `tag${base}/${Math.min(index, count - 2)}/more`;
}

function moveTag(form: OimForm, tag: TagRule, to: number, count: number, part: "handle" | "more"): void {
  const name = tagName(tag);
  if (to < 0 || to >= count) return emit(form, "oim-say", `${name} is the ${to < 0 ? "first" : "last"} already`);
  const base = additionalPath(form.model)
    .map((step) => `/${step}`)
    .join("");
  form.edit([move(additionalPath(form.model), tag.index, to)], {
    focus: `tag${base}/${to}/${part}`,
    say: `${name} is now ${to + 1} of ${count}`,
  });
}

function overRow(form: OimForm, event: DragEvent, { role, index }: TagRule): void {
  if (form.drag?.group !== "tags" || role !== "additional") return;
  event.preventDefault();
  const { top, bottom } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  land(form, { list: "tags", index: event.clientY > (top + bottom) / 2 ? index + 1 : index });
}

function dropRow(form: OimForm, event: DragEvent, count: number): void {
  const { drag, landing } = form;
  if (drag?.group !== "tags" || landing?.list !== "tags") return;
  event.preventDefault();
  stop(form);
  const tag = form.model.tags.find(({ role, index }) => role === "additional" && index === drag.index);
  const to = landing.index > drag.index ? landing.index - 1 : landing.index;
  if (tag && to !== drag.index) moveTag(form, tag, to, count, "handle");
}

function grip(): TemplateResult {
  return html`<svg viewBox="0 0 8 14" width="8" height="14" aria-hidden="true"><path d="M2 2h.01M6 2h.01M2 7h.01M6 7h.01M2 12h.01M6 12h.01" stroke="currentColor" stroke-width="2" stroke-linecap="round"></path></svg>`;
}
