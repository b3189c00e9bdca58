import { consume } from "@lit/context";
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import type { Alert, Field, Step } from "../engine/types.ts";
import { panel, shared } from "../styles/shared.ts";
import { count, inOneLine, shorten } from "../text/format.ts";
import { type Selection, emit } from "./contract.ts";
import { type Model, readModel } from "./form/model.ts";
import { flattenedUse, type Use, usesOf } from "./form/uses.ts";

/** Rows drawn at first, and with each "show more". */
const PAGE = 150;

/** How the type of a field looks at a glance, and how it is said. */
const TYPES: Record<Field["type"], string> = {
  string: "abc",
  number: "123",
  boolean: "t/f",
  null: "null",
  array: "[ ]",
  object: "{ }",
};

/**
 * Every field of the payload, with what uses it, to be mapped by a click or a key.
 *
 * @fires oim-select, oim-map - See the contract of panels.
 */
@customElement("oim-fields")
export class OimFields extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      :host {
        container-type: inline-size;
      }

      .head {
        flex-wrap: nowrap;
      }

      input {
        flex: 1;
        min-width: 60px;
        padding: 3px 8px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 6px;
        color: var(--oim-text);
        background: var(--oim-surface);
        font: 12px / 18px var(--oim-mono);
      }

      input::placeholder {
        color: var(--oim-muted);
        font-family: var(--oim-font);
        opacity: 1;
      }

      .note {
        white-space: nowrap;
      }

      ul {
        margin: 0;
        padding: 4px;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        border-radius: 5px;
      }

      li:hover {
        background: var(--oim-hover);
      }

      li.chosen {
        background: color-mix(in srgb, var(--oim-mark) 55%, transparent);
        box-shadow: inset 2px 0 0 var(--oim-mark-line);
      }

      .field {
        display: grid;
        flex: 1;
        grid-template-columns: 30px minmax(0, 1fr) minmax(0, 0.9fr);
        align-items: baseline;
        gap: 0 8px;
        min-width: 0;
        padding: 3px 6px;
        font-size: 12.5px;
        line-height: 18px;
      }

      .field:focus-visible {
        outline-offset: -2px;
      }

      .type {
        color: var(--oim-muted);
        font: 10.5px / 18px var(--oim-mono);
      }

      .type.string {
        color: var(--oim-json-string);
      }

      .type.number {
        color: var(--oim-json-number);
      }

      .type:is(.boolean, .null) {
        color: var(--oim-json-word);
      }

      .path {
        font: 12px / 18px var(--oim-mono);
        overflow-wrap: anywhere;
        unicode-bidi: isolate;
      }

      .path span,
      .example,
      .times {
        color: var(--oim-muted);
      }

      .path b {
        font-weight: 600;
      }

      .example {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        unicode-bidi: isolate;
      }

      .times {
        font-size: 11px;
      }

      .use {
        display: inline-block;
        margin-inline-start: 5px;
        padding: 0 5px;
        border-radius: 4px;
        color: var(--oim-muted);
        background: var(--oim-hover);
        font: 600 10.5px / 16px var(--oim-font);
        overflow-wrap: anywhere;
      }

      .use:is(.primary, .secondary) {
        color: var(--oim-accent);
        background: var(--oim-accent-soft);
      }

      .use.status {
        color: var(--oim-ok);
        background: var(--oim-ok-soft);
      }

      .use.time {
        color: var(--oim-acknowledged);
        background: var(--oim-acknowledged-soft);
      }

      .map {
        flex: none;
        margin-inline: 4px 6px;
        padding: 0 8px;
      }

      li:not(:hover, :focus-within, .chosen) .map {
        border-color: transparent;
        color: var(--oim-muted);
        background: none;
      }

      .more {
        margin: 4px 10px 10px;
      }

      kbd {
        padding: 0 4px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 4px;
        font: 11px / 15px var(--oim-mono);
      }

      @container (max-width: 560px) {
        .field {
          grid-template-columns: 30px minmax(0, 1fr);
        }

        .example {
          grid-column: 2;
        }
      }

      @container (max-width: 380px) {
        .hint {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) fields: Field[] = [];
  @property() body = "";
  @property({ attribute: false }) selection: Selection | null = null;
  @property({ attribute: false }) current: { alert: Alert; steps: Step[] } | null = null;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  @state() wanted = "";
  @state() shown = PAGE;
  /** The row that Tab reaches. */
  @state() active = 0;
  #uses = new Map<string, Use[]>();
  #found: Field[] = [];
  #model: Model | null = null;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("body")) {
      const { model } = readModel(this.body);
      // While the text is broken the last marks are better than none.
      if (model) {
        this.#uses = usesOf(model);
        this.#model = model;
      }
    }
    if (changed.has("fields") || changed.has("wanted")) {
      const words = this.wanted.toLowerCase().split(/\s+/).filter(Boolean);
      this.#found = this.fields.filter(({ path, type, example }) => {
        const text = `${path} ${type} ${example}`.toLowerCase();
        return words.every((word) => text.includes(word));
      });
      if (changed.has("wanted")) this.shown = PAGE;
      if (this.active >= this.#found.length) this.active = 0;
    }
    if (changed.has("selection") && this.selection) {
      const at = this.#found.findIndex((field) => this.#isChosen(field));
      if (at >= 0) {
        this.active = at;
        this.shown = Math.max(this.shown, at + 20);
      }
    }
  }

  override render() {
    const { fields, wanted, shown } = this;
    const found = this.#found;
    return html`
      <section aria-label="Fields">
        <div class="head">
          <h2>Fields</h2>
          <input type="search" aria-label="Filter the fields" placeholder="Filter by path, type or value" autocomplete="off" spellcheck="false" .value=${wanted} @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)} @keydown=${this.#filtered} />
          <span class="note" role="status">${wanted ? `${found.length} of ${fields.length}` : count(fields.length, "field")}</span>
          ${this.readonly ? nothing : html`<span class="note hint"><kbd>m</kbd> maps</span>`}
        </div>
        <div class="scroll" tabindex="-1" role="group" aria-label="List of fields">
          ${fields.length === 0 ? html`<p class="empty">The payload has no fields yet. If it is an array, select “Several” in the form.</p>` : nothing}
          ${fields.length > 0 && found.length === 0 ? html`<p class="empty">No matching fields.</p>` : nothing}
          <ul role="list" aria-label="Fields of the payload" @keydown=${this.#key}>
            ${found.slice(0, shown).map((field, index) => this.#row(field, index))}
          </ul>
          ${found.length > shown ? html`<button class="small more" @click=${() => (this.shown += PAGE * 4)}>Show more of ${count(found.length, "field")}</button>` : nothing}
        </div>
      </section>
    `;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("selection")) this.#reveal();
  }

  #row(field: Field, index: number) {
    const { path, type, count: times } = field;
    const nested = type === "object" || type === "array";
    const example = nested ? inOneLine(field.example) : field.example;
    const cut = path.lastIndexOf(".", path.length - 2) + 1;
    const uses = this.#usesOf(path);
    return html`
      <li class=${this.#isChosen(field) ? "chosen" : ""}>
        <button
          class="plain field"
          tabindex=${index === this.active ? 0 : -1}
          data-index=${index}
          title=${example ? `${path}: ${example}` : path}
          @focus=${() => (this.active = index)}
          @click=${() => emit(this, "oim-select", { kind: "field", pointer: field.pointer, path })}
        >
          <span class="type ${type}" aria-hidden="true">${TYPES[type]}</span>
          <span>
            <span class="path"><span>${path.slice(0, cut)}</span><b>${path.slice(cut)}</b></span> <span class="unseen">${type}</span>
            ${times > 1 ? html`<span class="times">×${times}</span>` : nothing}
            ${uses.map(({ label, kind }) => html`<span class="use ${kind}"><span class="unseen">feeds </span>${label}</span>`)}
          </span>
          <span class="example">${shorten(example) || (nested ? nothing : html`<i>empty</i>`)}</span>
        </button>
        ${this.readonly ? nothing : html`<button class="small map" tabindex=${index === this.active ? 0 : -1} aria-haspopup="dialog" aria-label="Map ${path}" @click=${(event: Event) => this.#map(field, event.currentTarget as HTMLElement)}>Map…</button>`}
      </li>
    `;
  }

  #usesOf(path: string): Use[] {
    const own = this.#uses.get(path);
    if (own) return own;
    const use = this.#model ? flattenedUse(this.#model, path) : undefined;
    return use ? [use] : [];
  }

  /** The field that is looked at, or that a step found; a rule's field is the one that its source names. */
  #isChosen({ path, pointer }: Field): boolean {
    const { selection } = this;
    if (selection?.kind === "field") return selection.path === path || selection.pointer === pointer;
    if (selection?.kind === "step") return selection.step.source === path;
    return (
      selection?.kind === "rule" &&
      this.#usesOf(path).some(
        (use) => use.pointer === selection.pointer || use.pointer.startsWith(`${selection.pointer}/`),
      )
    );
  }

  #map(field: Field, anchor: HTMLElement): void {
    emit(this, "oim-map", { field, anchor });
  }

  #filtered = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    this.#go(0);
  };

  #key = (event: KeyboardEvent): void => {
    const last = Math.min(this.shown, this.#found.length) - 1;
    const to = {
      ArrowDown: Math.min(this.active + 1, last),
      ArrowUp: this.active - 1,
      Home: 0,
      End: last,
      PageDown: Math.min(this.active + 15, last),
      PageUp: Math.max(this.active - 15, 0),
    }[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (to !== undefined) this.#go(to);
    else if (event.key === "m" && !this.readonly) {
      const field = this.#found[this.active];
      if (field) this.#map(field, event.target as HTMLElement);
    } else return;
    event.preventDefault();
  };

  #go(index: number): void {
    if (index < 0) return this.renderRoot.querySelector("input")?.focus();
    this.active = index;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
  }

  /** Brings the field that is looked at into view, without moving the page around the panel. */
  #reveal(): void {
    const scroll = this.renderRoot.querySelector(".scroll");
    const chosen = this.renderRoot.querySelector(".chosen");
    if (!scroll || !chosen) return;
    const [outer, inner] = [scroll.getBoundingClientRect(), chosen.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom)
      scroll.scrollTop += inner.top - outer.top - outer.height / 3;
  }
}
