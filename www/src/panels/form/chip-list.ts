import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../../controls/combobox.ts";
import type { Option } from "../../controls/combobox.ts";
import { shared } from "../../styles/shared.ts";
import { shorten, withoutCode } from "../../text/format.ts";
import { outcome } from "../../text/trace.ts";
import { emit } from "../contract.ts";
import { addItem, moveItem, removeItem } from "./changes.ts";
import { chipStyles } from "./chip-styles.ts";
import { OimCoverageCount } from "./coverage-count.ts";
import type { Item, List } from "./model.ts";
import { FormPart } from "./part.ts";

/**
 * A list of strings as chips that can be added, moved, dragged and removed. Tab reaches one of them, the arrow keys reach
 * all.
 */
@customElement("oim-chip-list")
export class OimChipList extends FormPart {
  static override styles = [shared, chipStyles];

  @property({ attribute: false }) list: List = { path: [], items: [], state: "missing" };
  /** Names the list for focus and for dragging. */
  @property() key = "";
  @property() label = "";
  /** What an item is. */
  @property() noun = "";
  /** The word before the list. */
  @property() lead = "";
  @property() placeholder = "";
  @property({ attribute: false }) options: readonly Option[] = [];
  /** Lists of one group exchange items; without one, a list keeps to itself. */
  @property() group = "";
  /** The order of the items means nothing. */
  @property({ type: Boolean }) unordered = false;
  /** Adds an item, where that is more than an item of the list. */
  @property({ attribute: false }) add: ((text: string) => void) | null = null;
  /** Takes an item of another list of the group. Without it, a copy is put where it is dropped. */
  @property({ attribute: false }) adopt: ((text: string) => void) | null = null;
  /** What is doubtful about an item, in a word or two. */
  @property({ attribute: false }) doubt: ((item: Item) => string | null) | null = null;
  /** Where what is dragged would land: before the item of this index. */
  @state() landing: number | null = null;
  /** The chip that Tab reaches. */
  @state() active = 0;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("list")) this.active = Math.max(0, Math.min(this.active, this.list.items.length - 1));
  }

  override render() {
    const { key, label, landing } = this;
    const { items } = this.list;
    return html`
      ${this.lead ? html`<span class="lead">${this.lead}</span>` : nothing}
      <ul
        class="${this.unordered ? "" : "ordered"} ${items.length === 0 && landing !== null ? "landing" : ""}"
        role="list"
        aria-label=${label}
        @dragover=${this.#over}
        @dragleave=${this.#leave}
        @drop=${this.#drop}
      >
        ${items.map((item, index) => this.#chip(item, index))}
        <li class="adder">
          <oim-pick
            data-focus="${key}/+"
            .label=${`Add a ${this.noun} to ${label}`}
            .placeholder=${this.placeholder}
            .options=${this.options}
            .free=${true}
            .disabled=${this.form.locked}
            @oim-picked=${({ detail }: CustomEvent<string>) => this.#add(detail)}
          ></oim-pick>
        </li>
      </ul>
    `;
  }

  #chip(item: Item, index: number) {
    const { form, key, label, noun, unordered, landing } = this;
    const last = this.list.items.length - 1;
    const step = form.current?.steps.find(({ sourcePointer }) => sourcePointer === item.pointer);
    const result = step ? outcome(step).words : "";
    const counts = form.counts?.at(item.pointer, item.text) ?? null;
    const doubt = this.doubt?.(item) ?? null;
    const notes = [result, doubt].filter(Boolean);
    const edge = landing === index ? "before" : landing === index + 1 && index === last ? "after" : "";
    return html`
      <li class="chip ${step ? `is-${step.outcome}` : ""} ${item.odd ? "odd" : ""} ${doubt ? "doubtful" : ""} ${form.selected === item.pointer ? "chosen" : ""} ${edge}">
        <button
          class="plain what"
          data-focus="${key}/${index}"
          data-pointer=${item.pointer}
          tabindex=${index === this.active ? 0 : -1}
          aria-label="${shorten(item.text) || "empty"}, ${noun} ${index + 1} of ${last + 1}${notes.map((note) => `, ${note}`).join("")}"
          aria-keyshortcuts=${unordered ? "Delete" : "Alt+ArrowLeft Alt+ArrowRight Delete"}
          title="${item.text.slice(0, 300)}${notes.length > 0 ? `: ${withoutCode(notes.join(", "))}` : ""}&#10;${unordered ? "" : "Alt+arrows move, "}Delete removes"
          draggable=${form.locked || this.list.state !== "list" ? "false" : "true"}
          @click=${() => form.select(item.pointer)}
          @focus=${() => (this.active = index)}
          @keydown=${(event: KeyboardEvent) => this.#key(event, index)}
          @dragstart=${(event: DragEvent) => this.#start(event, index)}
          @dragend=${this.#stop}
        >${shorten(item.text) || "(empty)"}</button>
        ${doubt ? html`<span class="doubt" aria-hidden="true">${doubt}</span>` : nothing}
        <oim-coverage-count data-focus="${key}/${index}/count" .counts=${counts} .label=${item.text} in-list @keydown=${this.#countKey}></oim-coverage-count>
        <button class="plain x" tabindex="-1" aria-label="Remove ${shorten(item.text)} from ${label}" ?disabled=${form.locked} @click=${() => this.#remove(index)}>×</button>
      </li>
    `;
  }

  #add(text: string): void {
    if (this.add) this.add(text);
    else this.form.edit([addItem(this.list, text)], { focus: `${this.key}/+`, say: `${text} added` });
  }

  #remove(index: number): void {
    const { key, list } = this;
    const last = list.items.length - 1;
    this.form.edit([removeItem(list, index)], {
      focus: index < last ? `${key}/${index}` : index > 0 ? `${key}/${index - 1}` : `${key}/+`,
      say: `${list.items[index]?.text ?? ""} removed`,
    });
  }

  #move(index: number, to: number): void {
    const { key, list, noun } = this;
    const { length } = list.items;
    const text = list.items[index]?.text ?? "";
    if (to < 0 || to >= length) return emit(this, "oim-say", `${text} is the ${to < 0 ? "first" : "last"} already`);
    this.form.edit([moveItem(list, index, to)], {
      focus: `${key}/${to}`,
      say: `${text} is now ${noun} ${to + 1} of ${length}`,
    });
  }

  #key(event: KeyboardEvent, index: number): void {
    const { locked } = this.form;
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (step && event.altKey && !this.unordered && !locked) this.#move(index, index + step);
    else if ((event.key === "Delete" || event.key === "Backspace") && !locked) this.#remove(index);
    else if (step && !event.altKey) this.#go(event.currentTarget as HTMLElement, step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #countKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    // Keys in the list that a count opens are not for the chips.
    if (!step || event.composedPath().some((node) => node instanceof Element && node.matches("[popover]"))) return;
    event.preventDefault();
    this.#go(event.currentTarget as HTMLElement, step);
  };

  /** Gives the focus to the next chip, or the one before. */
  #go(from: HTMLElement, step: number): void {
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>("[data-focus]")].filter(
      (one) => one === from || !(one instanceof OimCoverageCount) || one.isButton,
    );
    all[all.indexOf(from) + step]?.focus();
  }

  get #group(): string {
    return this.group || this.key;
  }

  #start(event: DragEvent, index: number): void {
    event.stopPropagation();
    event.dataTransfer?.setData("text/plain", this.list.items[index]?.text ?? "");
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    this.form.dragging.item = { group: this.#group, list: this.key, index };
  }

  #stop = (): void => {
    this.form.dragging.item = null;
    this.landing = null;
  };

  /** Notes where in the list what is dragged would land, by the middle of the chips in the direction of reading. */
  #over = (event: DragEvent): void => {
    if (this.form.dragging.item?.group !== this.#group) return;
    event.preventDefault();
    event.stopPropagation();
    const chips = [...this.renderRoot.querySelectorAll<HTMLElement>(".chip")];
    const before = chips.findIndex((chip) => {
      const { left, right, top, bottom } = chip.getBoundingClientRect();
      return event.clientY < top || (event.clientY <= bottom && event.clientX < (left + right) / 2);
    });
    this.landing = before < 0 ? this.list.items.length : before;
  };

  #leave = (event: DragEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !this.renderRoot.contains(to)) this.landing = null;
  };

  #drop = (event: DragEvent): void => {
    const { item } = this.form.dragging;
    const { key, list, landing, noun } = this;
    if (item?.group !== this.#group || landing === null) return;
    event.preventDefault();
    event.stopPropagation();
    const text = event.dataTransfer?.getData("text/plain") ?? "";
    this.#stop();
    if (item.list !== key) return this.adopt ? this.adopt(text) : this.#copy(text, landing);
    const to = landing > item.index ? landing - 1 : landing;
    if (to === item.index) return;
    this.form.edit([moveItem(list, item.index, to)], {
      focus: `${key}/${to}`,
      say: `${text} is now ${noun} ${to + 1} of ${list.items.length}`,
    });
  };

  #copy(text: string, index: number): void {
    if (this.list.items.some((item) => item.text === text)) return;
    this.form.edit([addItem(this.list, text, index)], { focus: `${this.key}/${index}`, say: `${text} added` });
  }
}
