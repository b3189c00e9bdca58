/** Controls that every section of the form is made of. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Option } from "../../controls/combobox.ts";
import type { Diagnostic } from "../../engine/types.ts";
import { shorten, withCode } from "../../text/format.ts";
import { outcome } from "../../text/trace.ts";
import { addItem, moveItem, removeItem } from "./changes.ts";
import { emit } from "../contract.ts";
import type { OimForm } from "./form.ts";
import type { Item, List } from "./model.ts";

/** As many problems as are told at one rule. */
const PROBLEMS = 4;

interface TextField {
  /** Names the field for focus and draft. */
  key: string;
  label: string;
  value: string;
  placeholder?: string;
  className?: string;
  commit: (text: string) => void;
}

/** A text field that commits on Enter, on leaving, and when typing rests. Escape takes back what is not committed. */
export function textField(
  form: OimForm,
  { key, label, value, placeholder = "", className = "", commit }: TextField,
): TemplateResult {
  const shown = form.draft?.key === key ? form.draft.text : value;
  return html`
    <input
      class="text ${className}"
      data-focus=${key}
      aria-label=${label}
      title=${label}
      autocomplete="off"
      spellcheck="false"
      placeholder=${placeholder}
      size=${Math.max(6, Math.min(40, (shown || placeholder).length + 1))}
      .value=${live(shown)}
      @input=${(event: Event) => form.scheduleCommit(key, (event.target as HTMLInputElement).value, commit)}
      @blur=${() => form.endTyping("commit")}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Enter") form.endTyping("commit");
        if (event.key === "Escape" && form.draft) {
          event.stopPropagation();
          form.endTyping("discard");
        }
      }}
    />
  `;
}

/** What is wrong at a rule, each with its fix. */
export function problems(form: OimForm, list: readonly Diagnostic[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`
    <ul class="problems" role="list" aria-label="Problems here">
      ${list.slice(0, PROBLEMS).map(
        (one) => html`
          <li class=${one.severity}>
            <span><span class="unseen">${one.severity}: </span>${withCode(one.message)}</span>
            ${one.suggestion && !form.locked ? html`<button class="link" @click=${() => emit(form, "oim-fix", one)}>Fix: ${withCode(one.suggestion.title)}</button>` : nothing}
            <button class="link quiet" aria-label="Show in the text: ${one.message}" @click=${() => emit(form, "oim-go", one)}>show</button>
          </li>
        `,
      )}
      ${list.length > PROBLEMS ? html`<li class="info">and ${list.length - PROBLEMS} more in the list of problems</li>` : nothing}
    </ul>
  `;
}

interface ChipList {
  list: List;
  /** Names the list for focus and for dragging. */
  key: string;
  label: string;
  /** What an item is. */
  noun: string;
  options: readonly Option[];
  placeholder: string;
  /** Lists of one group exchange items; alone a list keeps to itself. */
  group?: string;
  /** Items have an order that means something. */
  ordered?: boolean;
  /** Stands behind the list. */
  tail?: TemplateResult;
  /** Does it where adding is more than adding an item. */
  add?: (text: string) => void;
  /** Takes an item of another list of the group. Without it, a copy is put where it is dropped. */
  adopt?: (text: string) => void;
}

/** A list of texts as chips that can be added, moved, dragged and removed. */
export function chips(form: OimForm, wish: ChipList): TemplateResult {
  const { list, key, label, noun, options, placeholder, group = key, ordered = true } = wish;
  const { items } = list;
  const add =
    wish.add ?? ((text: string) => form.edit([addItem(list, text)], { focus: `${key}/+`, say: `${text} added` }));
  const free = items.length === 0 && form.landing?.list === key;
  return html`
    <ul
      class="chips ${ordered ? "ordered" : ""} ${free ? "landing" : ""}"
      role="list"
      aria-label=${label}
      @dragover=${(event: DragEvent) => over(form, event, group, key, items.length)}
      @drop=${(event: DragEvent) => drop(form, event, wish)}
    >
      ${items.map((item, index) => chip(form, wish, item, index))}
      <li class="adder">
        <oim-pick
          data-focus="${key}/+"
          .label=${`Add a ${noun} to ${label}`}
          .placeholder=${placeholder}
          .options=${options}
          .free=${true}
          .disabled=${form.locked}
          @oim-picked=${(event: CustomEvent<string>) => add(event.detail)}
        ></oim-pick>
      </li>
      ${wish.tail ? html`<li class="tail">${wish.tail}</li>` : nothing}
    </ul>
  `;
}

function chip(form: OimForm, wish: ChipList, item: Item, index: number): TemplateResult {
  const { list, key, label, noun, group = key, ordered = true } = wish;
  const last = list.items.length - 1;
  const step = form.tracedAlert?.steps.find(({ sourcePointer }) => sourcePointer === item.pointer);
  const told = step ? outcome(step).words : "";
  const remove = () =>
    form.edit([removeItem(list, index)], {
      focus: index < last ? `${key}/${index}` : index > 0 ? `${key}/${index - 1}` : `${key}/+`,
      say: `${item.text} removed`,
    });
  const shift = (to: number) => {
    if (to < 0 || to > last) return emit(form, "oim-say", `${item.text} is the ${to < 0 ? "first" : "last"} already`);
    form.edit([moveItem(list, index, to)], {
      focus: `${key}/${to}`,
      say: `${item.text} is now ${noun} ${to + 1} of ${last + 1}`,
    });
  };
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (step && event.altKey && ordered && !form.locked) shift(index + step);
    else if ((event.key === "Delete" || event.key === "Backspace") && !form.locked) remove();
    else if (step && !event.altKey) sibling(event.currentTarget as HTMLElement, step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const landing = form.landing?.list === key ? form.landing.index : -1;
  const edge = landing === index ? "before" : landing === index + 1 && index === last ? "after" : "";
  return html`
    <li class="chip ${step ? `is-${step.outcome}` : ""} ${item.odd ? "odd" : ""} ${form.selection?.kind === "rule" && form.selection.pointer === item.pointer ? "chosen" : ""} ${edge}">
      <button
        class="plain what"
        data-focus="${key}/${index}"
        data-pointer=${item.pointer}
        aria-label="${shorten(item.text) || "empty"}, ${noun} ${index + 1} of ${last + 1}${told ? `, ${told}` : ""}"
        aria-keyshortcuts=${ordered ? "Alt+ArrowLeft Alt+ArrowRight Delete" : "Delete"}
        title="${item.text.slice(0, 300)}${told ? `: ${told.replaceAll("`", "")}` : ""}&#10;${ordered ? "Alt+arrows move, " : ""}Delete removes"
        draggable=${form.locked || list.state !== "list" ? "false" : "true"}
        @click=${() => form.select(item.pointer)}
        @keydown=${pressed}
        @dragstart=${(event: DragEvent) => start(form, event, { group, list: key, index }, item.text)}
        @dragend=${() => stop(form)}
      >${shorten(item.text) || "(empty)"}</button>
      <button class="plain x" tabindex="-1" aria-label="Remove ${shorten(item.text)} from ${label}" ?disabled=${form.locked} @click=${remove}>×</button>
    </li>
  `;
}

/** Gives the focus to the next or the last chip. */
function sibling(from: HTMLElement, step: number): void {
  const all = [...(from.closest("ul")?.querySelectorAll<HTMLElement>("[data-focus]") ?? [])];
  all[all.indexOf(from) + step]?.focus();
}

/** Begins to drag an item. */
export function start(form: OimForm, event: DragEvent, drag: OimForm["drag"], text: string): void {
  event.stopPropagation();
  event.dataTransfer?.setData("text/plain", text);
  if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  form.drag = drag;
}

/** Ends dragging, wherever it was dropped. */
export function stop(form: OimForm): void {
  form.drag = null;
  form.landing = null;
  form.requestUpdate();
}

/** Notes where in a list what is dragged would land, by the middle of the items in the way of reading. */
function over(form: OimForm, event: DragEvent, group: string, list: string, length: number): void {
  if (form.drag?.group !== group) return;
  event.preventDefault();
  event.stopPropagation();
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(".chip")];
  const before = items.findIndex((item) => {
    const { left, right, top, bottom } = item.getBoundingClientRect();
    return event.clientY < top || (event.clientY <= bottom && event.clientX < (left + right) / 2);
  });
  land(form, { list, index: before < 0 ? length : before });
}

/** Shows where it would land. */
export function land(form: OimForm, landing: NonNullable<OimForm["landing"]>): void {
  if (form.landing?.list === landing.list && form.landing.index === landing.index) return;
  form.landing = landing;
  form.requestUpdate();
}

function drop(form: OimForm, event: DragEvent, { list, key, group = key, noun, adopt: taken }: ChipList): void {
  const { drag, landing } = form;
  if (!drag || drag.group !== group || landing?.list !== key) return;
  const { index } = landing;
  const copy = (text: string) => {
    if (!list.items.some((item) => item.text === text))
      form.edit([addItem(list, text, index)], { focus: `${key}/${index}`, say: `${text} added` });
  };
  const adopt = taken ?? copy;
  event.preventDefault();
  event.stopPropagation();
  const text = event.dataTransfer?.getData("text/plain") ?? "";
  stop(form);
  if (drag.list !== key) return adopt(text);
  const to = index > drag.index ? index - 1 : index;
  if (to !== drag.index)
    form.edit([moveItem(list, drag.index, to)], {
      focus: `${key}/${to}`,
      say: `${text} is now ${noun} ${to + 1} of ${list.items.length}`,
    });
}
