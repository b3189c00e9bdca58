import { consume } from "@lit/context";
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import { live } from "lit/directives/live.js";
import { editBody } from "../json/body.ts";
import { type Change, edit, set } from "../json/edit.ts";
import { type Fault, find, parse, pointerOf } from "../json/tree.ts";
import { panel, shared } from "../styles/shared.ts";
import { shorten } from "../text/format.ts";
import { type Selection, emit } from "./contract.ts";
import { readModel } from "./form/model.ts";
import {
  addAlert,
  type Alerts,
  alertsOf,
  blocked,
  entriesOf,
  type Entry,
  type EntryKind,
  moveEntry,
  removeEntry,
  valueOf,
  written,
} from "./typed.ts";

/** Larger payloads are nothing to type. In UTF-16 code units. */
const LARGE = 300_000;
/** More fields than these are nothing to type, either. */
const SHOWN = 200;

/**
 * The payload as fields and values to type: a sample without writing JSON. Each act is an edit of the payload.
 *
 * @fires oim-edit, oim-select, oim-say, oim-go - See the contract of panels.
 */
@customElement("oim-type-in")
export class OimTypeIn extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      :host {
        container-type: inline-size;
      }

      .alerts {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
      }

      .small[aria-pressed="true"] {
        border-color: var(--oim-accent);
        color: var(--oim-accent);
        background: var(--oim-accent-soft);
      }

      .grid {
        padding: 6px 10px 14px;
      }

      .line {
        display: grid;
        grid-template-columns: minmax(0, 1.1fr) minmax(0, 1.2fr) 78px 24px;
        align-items: center;
        gap: 5px;
        padding: 2px 0;
      }

      .labels {
        color: var(--oim-muted);
        font-size: 11px;
      }

      input {
        min-width: 0;
        width: 100%;
        padding: 2px 7px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 5px;
        color: var(--oim-text);
        background: var(--oim-surface);
        font: 12px / 19px var(--oim-mono);
      }

      input::placeholder {
        color: var(--oim-muted);
        font-family: var(--oim-font);
        opacity: 1;
      }

      .name {
        color: var(--oim-json-key);
      }

      .line.chosen input {
        border-color: var(--oim-mark-line);
        background: color-mix(in srgb, var(--oim-mark) 45%, var(--oim-surface));
      }

      .fixed {
        overflow: hidden;
        color: var(--oim-muted);
        font: 12px / 19px var(--oim-mono);
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      select {
        min-width: 0;
        padding: 2px 3px;
        color: var(--oim-text);
      }

      .x {
        height: 24px;
        border-radius: 5px;
        color: var(--oim-muted);
        text-align: center;
      }

      .x:hover {
        color: var(--oim-critical);
        background: var(--oim-critical-soft);
      }

      .new {
        margin-top: 6px;
        padding-top: 8px;
        border-top: 1px dashed var(--oim-line-strong);
      }

      .new button {
        grid-column: 3 / -1;
      }

      .hint {
        margin: 6px 0 0;
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }

      .error {
        color: var(--oim-critical);
      }

      @container (max-width: 380px) {
        .line {
          grid-template-columns: minmax(0, 1fr) 70px 24px;
          padding-block: 4px;
        }

        .line .value {
          grid-column: 1;
        }

        .line .name {
          grid-column: 1 / -1;
        }

        .labels {
          display: none;
        }
      }
    `,
  ];

  @property() payload = "";
  @property() body = "";
  @property({ attribute: false }) selection: Selection | null = null;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  /** The alert whose fields are shown. */
  @state() at = 0;
  @state() remark = "";
  #alerts: Alerts | null = null;
  #fault: Fault | null = null;
  #entries: Entry[] = [];
  #focus: string | null = null;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("payload") && !changed.has("body") && !changed.has("at")) return;
    this.#alerts = null;
    if (this.payload.length > LARGE) return;
    const text = this.payload.trim() === "" ? "{}" : this.payload;
    const { root, fault } = parse(text);
    this.#fault = fault;
    if (!root) return;
    const { model } = readModel(this.body);
    this.#alerts = alertsOf(root, model?.isArray ? model.arraySource : null);
    this.#entries = entriesOf(find(root, this.#path), text);
  }

  get #path(): (string | number)[] {
    const { path = [], several = false } = this.#alerts ?? {};
    return several ? [...path, this.#shown] : [...path];
  }

  /** The alert that is shown: the one asked for, unless there are not so many, or not yet. */
  get #shown(): number {
    return Math.max(0, Math.min(this.at, (this.#alerts?.count ?? 1) - 1));
  }

  override render() {
    return html`
      <section aria-label="Type in">
        <div class="head">
          <h2>Type in</h2>
          ${this.#alerts ? this.#tabs(this.#alerts) : html`<span class="note">fields and values make a payload</span>`}
        </div>
        <div class="scroll" tabindex="-1" role="group" aria-label="Values">${this.#content()}</div>
      </section>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    if (this.#focus === null || !changed.has("payload")) return;
    this.renderRoot.querySelector<HTMLElement>(`[data-focus="${CSS.escape(this.#focus)}"]`)?.focus();
    this.#focus = null;
  }

  #tabs({ several, count }: Alerts) {
    return html`
      <div class="alerts" role="group" aria-label="Alerts of the payload">
        ${
          several
            ? Array.from(
                { length: Math.min(count, 20) },
                (_, index) =>
                  html`<button class="small" aria-pressed=${index === this.#shown} @click=${() => (this.at = index)}>Alert ${index + 1}</button>`,
              )
            : nothing
        }
        ${this.readonly ? nothing : html`<button class="small" @click=${this.#add}>+ Alert</button>`}
        ${several && count > 0 && !this.readonly ? html`<button class="small" @click=${this.#drop}>Remove alert ${this.#shown + 1}</button>` : nothing}
      </div>
    `;
  }

  #content() {
    if (this.payload.length > LARGE)
      return html`<p class="empty">This payload is too large for this view. Edit its text.</p>`;
    if (this.#fault) return this.#waits(this.#fault);
    if (!this.#alerts?.typable)
      return html`<p class="empty">Only objects can be typed in. This payload or alert is something else; edit its text.</p>`;
    const entries = this.#entries;
    return html`
      <div class="grid">
        <div class="line labels" aria-hidden="true"><span>field</span><span>value</span><span>kind</span></div>
        ${entries.slice(0, SHOWN).map((entry, index) => this.#line(entry, index))}
        ${entries.length > SHOWN ? html`<p class="hint">and ${entries.length - SHOWN} more in the text</p>` : nothing}
        ${
          this.readonly
            ? nothing
            : html`
              <form class="line new" @submit=${this.#addEntry}>
                <input class="name" name="name" data-focus="new" aria-label="Name of a new field" placeholder="field, such as labels.host" autocomplete="off" spellcheck="false" />
                <input class="value" name="value" aria-label="Value of the new field" placeholder="value" autocomplete="off" spellcheck="false" />
                <button class="small">Add field</button>
              </form>
              <p class="hint" role="status">${this.remark ? html`<span class="error">${this.remark}</span>` : "Dots nest. Numbers, true and false are recognised; the kind makes them text."}</p>
            `
        }
      </div>
    `;
  }

  #line({ name, path, kind, text }: Entry, index: number) {
    const { selection } = this;
    const chosen = selection?.kind === "field" && selection.pointer === pointerOf([...this.#path, ...path]);
    const plain = kind !== "json";
    return html`
      <div class="line ${chosen ? "chosen" : ""}" role="group" aria-label="Field ${name}" @focusin=${() => this.#look(path, name)}>
        <input class="name" data-focus="name/${index}" aria-label="Name of the field ${name}" title=${name} autocomplete="off" spellcheck="false" ?readonly=${this.readonly} .value=${live(name)} @change=${(event: Event) => this.#rename(index, (event.target as HTMLInputElement).value)} />
        ${
          plain
            ? html`<input class="value" data-focus="value/${index}" aria-label="Value of ${name}" autocomplete="off" spellcheck="false" ?readonly=${this.readonly} placeholder=${kind === "null" ? "null" : "empty"} .value=${live(kind === "null" ? "" : text)} @change=${(event: Event) => this.#setValue(index, (event.target as HTMLInputElement).value)} />`
            : html`<span class="fixed value" title="Arrays are edited in the text">${shorten(text)}</span>`
        }
        ${
          plain && !this.readonly
            ? html`
              <select data-focus="kind/${index}" aria-label="Kind of ${name}" @change=${(event: Event) => this.#setKind(index, (event.target as HTMLSelectElement).value as EntryKind)}>
                ${kindsFor(text, kind).map((one) => html`<option value=${one} .selected=${live(one === kind)}>${one}</option>`)}
              </select>
            `
            : html`<span class="fixed">${kind === "json" ? "list" : kind}</span>`
        }
        ${this.readonly ? nothing : html`<button class="plain x" aria-label="Remove the field ${name}" @click=${() => this.#act([removeEntry(this.#path, path)], index > 0 ? `name/${index - 1}` : "new")}>×</button>`}
      </div>
    `;
  }

  #waits({ message, line, column, start, end }: Fault) {
    return html`
      <p class="empty">
        The payload is not valid JSON (line ${line}, column ${column}): ${message}.
        <button class="small" @click=${() => emit(this, "oim-go", { code: "json-syntax", severity: "error", message, document: "payload", pointer: "", range: { start, end, line, column } })}>Go there</button>
      </p>
    `;
  }

  #look(path: readonly (string | number)[], name: string): void {
    const pointer = pointerOf([...this.#path, ...path]);
    if (this.selection?.kind === "field" && this.selection.pointer === pointer) return;
    emit(this, "oim-select", { kind: "field", pointer, path: this.#alerts?.several ? `@alert.${name}` : name });
  }

  #act(changes: readonly Change[], focus: string | null = null): boolean {
    const edits = edit(this.payload, changes);
    if (!edits || edits.length === 0) {
      this.requestUpdate();
      return false;
    }
    this.remark = "";
    this.#focus = focus;
    emit(this, "oim-edit", { document: "payload", edits, before: this.payload });
    return true;
  }

  #addEntry = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const name = String(data.get("name")).trim();
    const path = name.split(".");
    const holder = this.#root();
    const hindrance =
      name === "" || path.includes("")
        ? "Enter a field name. Separate nested names with a dot."
        : holder && blocked(holder, path);
    if (hindrance) {
      this.remark = hindrance;
      return;
    }
    if (this.#act([set([...this.#path, ...path], valueOf(String(data.get("value"))))], "new")) form.reset();
  };

  #root() {
    const { root } = parse(this.payload.trim() === "" ? "{}" : this.payload);
    return root ? find(root, this.#path) : undefined;
  }

  #rename(index: number, name: string): void {
    const entry = this.#entries[index];
    const holder = this.#root();
    if (!entry || !holder || name.trim() === entry.name) return this.requestUpdate();
    const path = name.trim().split(".");
    this.remark = path.includes("")
      ? "Enter a field name. Separate nested names with a dot."
      : (blocked(holder, path, entry.path) ?? "");
    if (this.remark) return this.requestUpdate();
    this.#act(moveEntry(this.#path, entry.path, path), `name/${index}`);
  }

  #setValue(index: number, text: string): void {
    const entry = this.#entries[index];
    if (entry) this.#act([set([...this.#path, ...entry.path], valueOf(text, entry))]);
  }

  #setKind(index: number, kind: EntryKind): void {
    const entry = this.#entries[index];
    if (entry) this.#act([set([...this.#path, ...entry.path], written(entry.text, kind))], `kind/${index}`);
  }

  #add = (): void => {
    const alerts = this.#alerts;
    if (!alerts) return;
    const next = alerts.several ? alerts.count : 1;
    const { model } = readModel(this.body);
    this.#act([addAlert(alerts)]);
    this.at = next;
    if (!alerts.several && model && !model.locked) {
      const edits = editBody(this.body, model.base, [
        set([...model.base, "is_array"], true),
        set([...model.base, "array_source"], "alerts"),
      ]);
      if (edits) emit(this, "oim-edit", { document: "config", edits, before: this.body });
    }
    emit(this, "oim-say", `Alert ${next + 1} added, a copy of the one before`);
  };

  #drop = (): void => {
    const gone = this.#shown;
    if (!this.#act([removeEntry(this.#alerts?.path ?? [], [gone])])) return;
    emit(this, "oim-say", { text: `Alert ${gone + 1} removed`, undo: true });
  };
}

/** The kinds that a text can have. */
function kindsFor(text: string, kind: EntryKind): EntryKind[] {
  const kinds: EntryKind[] = ["text"];
  const own = valueOf(text);
  if (typeof own === "boolean") kinds.push("true/false");
  else if (typeof own !== "string") kinds.push("number");
  if (text === "" || kind === "null") kinds.push("null");
  return kinds.includes(kind) ? kinds : [...kinds, kind];
}
