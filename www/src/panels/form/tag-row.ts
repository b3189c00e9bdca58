import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Step } from "../../engine/types.ts";
import { remove } from "../../json/edit.ts";
import { shared } from "../../styles/shared.ts";
import { shorten } from "../../text/format.ts";
import { decides } from "../../text/trace.ts";
import { emit } from "../contract.ts";
import { renameTag, setOr } from "./changes.ts";
import "./chip-list.ts";
import { isSelected } from "./context.ts";
import "./coverage-count.ts";
import { controls } from "./control-styles.ts";
import { rolesOf, tagName, type TagRule } from "./model.ts";
import { FormPart } from "./part.ts";
import "./rule-problems.ts";
import { flatten, moveTag, tagActions } from "./tag-actions.ts";
import { rowStyles } from "./tag-row-styles.ts";
import "./text-field.ts";

const ROLES = { primary: "Primary", secondary: "Secondary" };
/** A click on one of these does what it says, and does not select the rule. */
const CONTROLS = "button, input, select, oim-pick, label";

/** A tag rule: its handle, name, value in the alert that is looked at, sources and default. */
@customElement("oim-tag-row")
export class OimTagRow extends FormPart {
  static override styles = [shared, controls, rowStyles];

  @property({ attribute: false }) tag!: TagRule;
  /** How many additional tags there are. */
  @property({ type: Number }) count = 0;
  /** Where what is dragged would land. */
  @state() landing: "before" | "after" | null = null;

  override render() {
    const { form, tag } = this;
    const { pointer, role } = tag;
    const name = tagName(tag);
    return html`
      <div
        class="row ${isSelected(form, pointer) ? "chosen" : ""} ${this.landing ?? ""}"
        role="group"
        aria-label="Tag ${name || "without a name"}${role === "additional" ? "" : `, ${role}`}"
        data-rule=${pointer}
        @click=${this.#clicked}
        @dragover=${this.#over}
        @dragleave=${this.#leave}
        @drop=${this.#drop}
      >
        ${tag.broken ? this.#broken() : html`${this.#top(name)} ${this.#sources(name)}`}
        <oim-rule-problems .list=${form.problemsAt(pointer)}></oim-rule-problems>
      </div>
    `;
  }

  get #key(): string {
    return `tag${this.tag.pointer}`;
  }

  get #isMovable(): boolean {
    return this.tag.role === "additional" && !this.form.locked;
  }

  #top(name: string) {
    const { form, tag, count } = this;
    const { role, index, pointer } = tag;
    const isAdditional = role === "additional";
    return html`
      <div class="top">
        <button
          class="plain handle"
          data-focus="${this.#key}/handle"
          tabindex="-1"
          aria-label="Tag ${name}: ${isAdditional ? `${index + 1} of ${count}, Alt and arrows move it` : role}"
          title=${isAdditional ? "Drag, or Alt+arrows, to move" : "The primary and the secondary come first"}
          draggable=${this.#isMovable ? "true" : "false"}
          @keydown=${(event: KeyboardEvent) => this.#shift(event, "handle")}
          @click=${() => form.select(pointer)}
          @dragstart=${this.#start}
          @dragend=${this.#stop}
        >
          ${isAdditional ? GRIP : nothing}
        </button>
        <oim-text-field
          data-focus="${this.#key}/name"
          kind="name"
          label="Name of the tag ${name}"
          .value=${tag.name ?? ""}
          .placeholder=${name || "name"}
          .disabled=${form.locked}
          @oim-text=${({ detail }: CustomEvent<string>) => form.edit(renameTag(form.model, tag, detail.trim()))}
        ></oim-text-field>
        ${rolesOf(form.model, tag).map((one) => html`<span class="badge">${ROLES[one]}</span>`)}
        ${this.#value()}
        <button class="plain more" data-focus="${this.#key}/more" aria-haspopup="menu" aria-label="Actions for the tag ${name}" aria-keyshortcuts=${isAdditional ? "Alt+ArrowUp Alt+ArrowDown" : nothing} ?disabled=${form.locked} @keydown=${(event: KeyboardEvent) => this.#shift(event, "more")} @click=${this.#menu}>⋯</button>
      </div>
    `;
  }

  #sources(name: string) {
    const { form, tag } = this;
    return html`
      <div class="below">
        <oim-chip-list .list=${tag.source} key="${this.#key}/source" group="sources" lead="from" label="sources of ${name || "this tag"}" noun="source" placeholder="+ field" .options=${form.sources}></oim-chip-list>
        ${this.#default(name)} ${this.#flatten()}
      </div>
    `;
  }

  /** What the tag is where no source has a value. Version 2 does not document it; one that is there can be taken back. */
  #default(name: string) {
    const { form, tag } = this;
    if (form.model.properties && tag.fallback === null) return nothing;
    return html`
      <span class="default">
        <span class="word" aria-hidden="true">Default:</span>
        <oim-text-field
          data-focus="${this.#key}/default"
          kind="default"
          label="Default of the tag ${name}"
          .value=${tag.fallback ?? ""}
          placeholder="(none)"
          .disabled=${form.locked}
          @oim-text=${({ detail }: CustomEvent<string>) => form.edit([setOr([...tag.path, "default_to"], detail)])}
        ></oim-text-field>
        <oim-coverage-count .counts=${form.counts?.at(`${tag.pointer}/default_to`, tag.fallback ?? "") ?? null} label="the default of ${name}"></oim-coverage-count>
      </span>
    `;
  }

  #flatten() {
    const { form, tag } = this;
    const holdsObject = tag.source.items.some(({ text }) =>
      form.fields.some(({ path, type }) => path === text && type === "object"),
    );
    if (!tag.flatten && !holdsObject) return nothing;
    return html`
      <label class="check" title="Makes a tag of each field of the object">
        <input type="checkbox" data-focus="${this.#key}/flatten" .checked=${live(tag.flatten)} ?disabled=${form.locked} @change=${() => flatten(form, tag)} />
        flatten
      </label>
    `;
  }

  #broken() {
    const { form, tag } = this;
    return html`
      <div class="top">
        ${tag.role === "additional" ? nothing : html`<span class="badge">${ROLES[tag.role]}</span>`}
        <span class="hint error">${tag.broken}</span>
        <button class="small" ?disabled=${form.locked} @click=${() => form.edit([remove(tag.path)], { focus: "new-tag", say: "removed" })}>Remove</button>
      </div>
    `;
  }

  /** What the rule gives in the alert that is looked at. */
  #value() {
    const { current } = this.form;
    const { pointer, fallback } = this.tag;
    if (!current) return html`<span class="value"></span>`;
    const given = current.steps.filter((step) => step.rule === pointer && step.kind === "tag" && decides(step));
    const names = new Set(given.map((step) => step.tag ?? ""));
    if (names.size > 1) return html`<span class="value none">${names.size} tags</span>`;
    const [step] = given;
    if (!step) return html`<span class="value none">no value</span>`;
    const text = valueOf(step, current.alert.tags) ?? fallback ?? "";
    return html`<span class="value" title=${text.slice(0, 1000)}>${shorten(text)}</span>`;
  }

  #clicked = (event: Event): void => {
    const inner = event.composedPath().find((node) => node instanceof HTMLElement && node.matches(CONTROLS));
    if (!(inner instanceof HTMLButtonElement)) this.form.select(this.tag.pointer);
  };

  #menu = (event: Event): void => {
    const { form, tag, count } = this;
    form.openMenu(event.currentTarget, `Tag ${tagName(tag)}`, tagActions(form, tag, count));
  };

  #shift(event: KeyboardEvent, part: "handle" | "more"): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || !this.#isMovable) return;
    event.preventDefault();
    this.#move(this.tag, this.tag.index + step, part);
  }

  #move(tag: TagRule, to: number, part: "handle" | "more"): void {
    if (to >= 0 && to < this.count) moveTag(this.form, tag, to, this.count, part);
    else emit(this, "oim-say", `${tagName(tag)} is the ${to < 0 ? "first" : "last"} already`);
  }

  #start = (event: DragEvent): void => {
    event.stopPropagation();
    event.dataTransfer?.setData("text/plain", tagName(this.tag));
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    const row = this.renderRoot.querySelector(".row");
    if (row) event.dataTransfer?.setDragImage(row, 8, 8);
    this.form.dragging.item = { group: "tags", list: "tags", index: this.tag.index };
  };

  #stop = (): void => {
    this.form.dragging.item = null;
    this.landing = null;
  };

  #over = (event: DragEvent): void => {
    if (this.form.dragging.item?.group !== "tags" || this.tag.role !== "additional") return;
    event.preventDefault();
    const { top, bottom } = this.getBoundingClientRect();
    this.landing = event.clientY > (top + bottom) / 2 ? "after" : "before";
  };

  #leave = (event: DragEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !this.renderRoot.contains(to)) this.landing = null;
  };

  #drop = (event: DragEvent): void => {
    const { dragging, model } = this.form;
    const { landing } = this;
    const { item } = dragging;
    if (item?.group !== "tags" || landing === null) return;
    event.preventDefault();
    this.#stop();
    const tag = model.tags.find(({ role, index }) => role === "additional" && index === item.index);
    const before = this.tag.index + (landing === "after" ? 1 : 0);
    const to = before > item.index ? before - 1 : before;
    if (tag && to !== item.index) this.#move(tag, to, "handle");
  };
}

function valueOf({ tag, value }: Step, tags: Record<string, string | string[]>): string | undefined {
  const given = tags[tag ?? ""];
  return given === undefined ? value : [given].flat().join(", ");
}

const GRIP = html`<svg viewBox="0 0 8 14" width="8" height="14" aria-hidden="true"><path d="M2 2h.01M6 2h.01M2 7h.01M6 7h.01M2 12h.01M6 12h.01" stroke="currentColor" stroke-width="2" stroke-linecap="round"></path></svg>`;
