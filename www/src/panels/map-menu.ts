import { consume } from "@lit/context";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../app/context.ts";
import { hide, showBelow } from "../controls/popup.ts";
import type { Alert, Field, Step } from "../engine/types.ts";
import { STATUSES } from "../json/attributes.ts";
import { shared } from "../styles/shared.ts";
import { inOneLine, shorten } from "../text/format.ts";
import { type Anchor, emit, type PanelEvents } from "./contract.ts";
import { isTagName, proposeName, tagNames } from "./form/changes.ts";
import { type Model, readModel, rolesOf, tagName } from "./form/model.ts";
import { mapField, type MapTarget } from "./map-field.ts";

/** Tags that are offered before there are too many to choose from. */
const TAGS = 40;

/**
 * What a field of the payload can become. The page keeps one and opens it for `oim-map`.
 *
 * @fires oim-edit, oim-say - See the contract of panels.
 */
@customElement("oim-map-menu")
export class OimMapMenu extends LitElement {
  static override styles = [
    shared,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        width: min(372px, 94vw);
        margin: 0;
        padding: 0 0 6px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 9px;
        color: var(--oim-text);
        background: var(--oim-surface);
        box-shadow: 0 8px 30px rgb(0 0 0 / 20%);
        font: 13px / 1.45 var(--oim-font);
        overflow: auto;
      }

      .head {
        position: sticky;
        z-index: 1;
        top: 0;
        padding: 8px 12px 7px;
        border-bottom: 1px solid var(--oim-line);
        background: var(--oim-raised);
      }

      h2 {
        margin: 0;
        font: 600 12.5px / 18px var(--oim-mono);
        overflow-wrap: anywhere;
        unicode-bidi: isolate;
      }

      .head p {
        margin: 0;
        color: var(--oim-muted);
        font-size: var(--oim-small);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        unicode-bidi: isolate;
      }

      .group {
        padding: 7px 12px 0;
      }

      h3 {
        margin: 0 0 3px;
        color: var(--oim-muted);
        font-size: 11px;
        font-weight: 600;
      }

      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 5px;
      }

      input {
        flex: 1;
        min-width: 90px;
        padding: 3px 8px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 6px;
        color: var(--oim-text);
        background: var(--oim-surface);
        font: 12px / 18px var(--oim-mono);
      }

      .error {
        flex-basis: 100%;
        color: var(--oim-critical);
        font-size: var(--oim-small);
      }

      .small.on {
        border-color: var(--oim-accent);
        color: var(--oim-accent);
        background: var(--oim-accent-soft);
      }

      .tag {
        display: flex;
        align-items: center;
        gap: 5px;
        padding: 1px 0;
      }

      .tag span {
        flex: 1;
        min-width: 0;
        font: 12px / 18px var(--oim-mono);
        overflow-wrap: anywhere;
        unicode-bidi: isolate;
      }

      .tag .small {
        padding-block: 0;
      }

      .tags {
        max-height: 150px;
        margin-inline-end: -6px;
        padding-inline-end: 6px;
        overflow: auto;
      }

      .small.ok {
        color: var(--oim-ok);
      }

      .small.warning {
        color: var(--oim-warning);
      }

      .small.critical {
        color: var(--oim-critical);
      }

      .small.acknowledged {
        color: var(--oim-acknowledged);
      }
    `,
  ];

  @property() body = "";
  @property({ attribute: false }) fields: Field[] = [];
  @property({ attribute: false }) current: { alert: Alert; steps: Step[] } | null = null;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  @state() field: Field | null = null;
  @state() name = "";
  #anchor: Anchor | null = null;
  /** The value that is looked at, where it is known. */
  #shown: string | undefined;

  /** Opens as the event asks. */
  async open({ field, anchor, value }: PanelEvents["oim-map"]): Promise<void> {
    if (this.readonly) return;
    const { model } = readModel(this.body);
    this.#anchor = anchor;
    this.#shown = value;
    this.field = field;
    this.name = model ? proposeName(field.path, tagNames(model)) : "";
    await this.updateComplete;
    const popup = this.#popup;
    if (!popup) return;
    showBelow(popup, anchor);
    popup.querySelector<HTMLElement>("button, input")?.focus();
  }

  override render() {
    const { field } = this;
    return html`
      <div popover="auto" role="dialog" aria-labelledby="path" @keydown=${this.#key}>
        ${field ? this.#content(field) : nothing}
      </div>
    `;
  }

  #content(field: Field): TemplateResult {
    const { model, fault } = readModel(this.body);
    const { path, type } = field;
    const value = this.#value(field);
    return html`
      <div class="head">
        <h2 id="path">${shorten(path)}</h2>
        <p>${type}${value ? `: ${shorten(value, 60)}` : ""}</p>
      </div>
      ${model && !model.locked ? this.#targets(model, field, value) : html`<p class="group error">The configuration is not valid JSON (line ${fault?.line ?? 1}): ${fault?.message ?? "it is not an object"}. Fix it first.</p>`}
    `;
  }

  #targets(model: Model, field: Field, value: string): TemplateResult {
    const { path, type } = field;
    const holds = (items: { text: string }[]) => items.some(({ text }) => text === path);
    const scalar = type !== "object" && type !== "array";
    const invalid = !isTagName(this.name);
    const taken = tagNames(model).includes(this.name);
    const roles = model.tags
      .filter(({ source }) => source.items[0]?.text === path)
      .flatMap((tag) => rolesOf(model, tag));
    return html`
      ${
        type === "array" && !path.startsWith("@alert.")
          ? html`<div class="group"><div class="line">${this.#do("These are the alerts", { to: "alerts" }, model.isArray && model.arraySource === path)}</div></div>`
          : nothing
      }
      ${
        type === "object"
          ? html`<div class="group"><div class="line">${this.#do(
              "Flatten: a tag for each of its fields",
              { to: "flatten" },
              model.tags.some(({ flatten, source }) => flatten && holds(source.items)),
            )}</div></div>`
          : nothing
      }
      <form class="group" @submit=${this.#submit}>
        <h3>New tag</h3>
        <div class="line">
          <input name="name" aria-label="Name of the new tag" autocomplete="off" spellcheck="false" .value=${this.name} aria-invalid=${invalid} @input=${(event: Event) => (this.name = (event.target as HTMLInputElement).value)} />
          <button class="small" ?disabled=${invalid}>Add tag</button>
          ${invalid ? html`<span class="error">Start with a lowercase letter, then lowercase letters, digits, _ and -, at most 64.</span>` : taken ? html`<span class="error">A tag with this name exists already; the first one counts.</span>` : nothing}
        </div>
      </form>
      <div class="group">
        <h3>Properties</h3>
        <div class="line">${this.#do("Primary", { to: "primary" }, roles.includes("primary"))} ${this.#do("Secondary", { to: "secondary" }, roles.includes("secondary"))} ${this.#do("Identity tag", { to: "identity" })}</div>
      </div>
      ${
        scalar || type === "array"
          ? html`
            <div class="group">
              <h3>Status and time</h3>
              <div class="line">${this.#do("Status source", { to: "status" }, holds(model.status.source.items))} ${this.#do("Time", { to: "time" }, model.time.source.items[0]?.text === path)}</div>
            </div>
          `
          : nothing
      }
      ${
        scalar && value !== ""
          ? html`
            <div class="group" role="group" aria-label="${shorten(value, 40)} means">
              <h3>“${shorten(value, 30)}” means</h3>
              <div class="line">
                ${STATUSES.map((status) => this.#do(status, { to: "status-value", status }, holds(model.status.source.items) && model.status.map.some((entry) => entry.status === status && entry.values.items.some(({ text }) => text === value)), status))}
              </div>
            </div>
          `
          : nothing
      }
      ${
        model.tags.length > 0
          ? html`
            <div class="group">
              <h3>Another source of a tag</h3>
              <div class="tags">
                ${model.tags.slice(0, TAGS).map((tag) => {
                  const name = tagName(tag);
                  return html`
                    <div class="tag">
                      <span>${name}</span>
                      ${this.#do("first", { to: "tag", pointer: tag.pointer, place: "first" }, tag.source.items[0]?.text === path, "", `First source of ${name}`)}
                      ${this.#do("last", { to: "tag", pointer: tag.pointer, place: "last" }, tag.source.items.length > 1 && tag.source.items.at(-1)?.text === path, "", `Last source of ${name}`)}
                    </div>
                  `;
                })}
              </div>
            </div>
          `
          : nothing
      }
    `;
  }

  /** A button that maps the field. `on`: it is already mapped this way. */
  #do(label: string, target: MapTarget, on = false, className = "", said = label): TemplateResult {
    return html`<button type="button" class="small ${className} ${on ? "on" : ""}" aria-label=${said} aria-pressed=${on ? "true" : nothing} @click=${() => this.#map(target, said)}>${on ? "✓ " : nothing}${label}</button>`;
  }

  /** What the field holds in the alert that is looked at, as far as its trace shows it; else its first value. */
  #value({ path, type, example }: Field): string {
    if (type === "object" || type === "array") return inOneLine(example);
    return (
      this.#shown ??
      this.current?.steps.find((step) => step.source === path && step.value !== undefined)?.value ??
      example
    );
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    this.#map({ to: "new-tag", name: this.name }, `tag ${this.name}`);
  };

  #map(target: MapTarget, said: string): void {
    const { field, body } = this;
    if (!field) return;
    const edits = mapField(body, field, target, this.#value(field));
    hide(this.#popup);
    this.#anchor?.focus();
    if (edits.length > 0) emit(this, "oim-edit", { document: "config", edits, before: body });
    const isChange = edits.length > 0;
    const text = isChange ? `${field.path}: ${said}` : `${field.path} is already mapped this way`;
    emit(this, "oim-say", { text, undo: isChange });
  }

  get #popup(): HTMLElement | null {
    return this.renderRoot.querySelector("[popover]");
  }

  /** Arrows walk through the choices, as in a menu; Tab does so, too. */
  #key = (event: KeyboardEvent): void => {
    const popup = this.#popup;
    if (!popup) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      hide(popup);
      this.#anchor?.focus();
      return;
    }
    const inField = event.composedPath()[0] instanceof HTMLInputElement;
    const step = { ArrowDown: 1, ArrowUp: -1, ...(inField ? {} : { ArrowRight: 1, ArrowLeft: -1 }) }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...popup.querySelectorAll<HTMLElement>("button:enabled, input")];
    const at = all.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement);
    all[(at + step + all.length) % all.length]?.focus();
  };
}
