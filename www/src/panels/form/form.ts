import { consume, provide } from "@lit/context";
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../../app/context.ts";
import type { Option } from "../../controls/combobox.ts";
import "../../controls/menu.ts";
import type { MenuItem, OimMenu } from "../../controls/menu.ts";
import type { Covered } from "../../engine/protocol.ts";
import type { Alert, Diagnostic, Field, Step } from "../../engine/types.ts";
import type { Change } from "../../json/edit.ts";
import type { Fault } from "../../json/tree.ts";
import { panel, shared } from "../../styles/shared.ts";
import { withCode } from "../../text/format.ts";
import { type RequestSettings, type Selection, emit } from "../contract.ts";
import "./alerts.ts";
import { edits } from "./changes.ts";
import { type After, type FormView, formContext } from "./context.ts";
import { Counts } from "./counts.ts";
import "./filter.ts";
import "./identity.ts";
import { type Model, readModel } from "./model.ts";
import "./properties.ts";
import "./request.ts";
import "./sample.ts";
import type { FormSection } from "./section.ts";
import "./status.ts";
import "./switches.ts";
import "./tags.ts";
import "./time.ts";
import { valuesAt } from "./uses.ts";
import "./version.ts";

/** How long after an edit the focus waits for what it is meant for. */
const FOCUS_MS = 1000;

/** What the form shows before there is any text. */
const EMPTY = readModel("{}").model as Model;

/** Groups of sections. */
const GROUPS = 7;

/**
 * The configuration as a form. It keeps nothing: each act is an edit of the text, which comes back as `body`.
 *
 * @fires oim-edit, oim-select, oim-go, oim-fix, oim-request, oim-additional, oim-migrate, oim-sample, oim-say - See the contract of panels.
 */
@customElement("oim-form")
export class OimForm extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      :host {
        container-type: inline-size;
      }

      .scroll {
        padding: 2px 0 24px;
      }

      .folding {
        display: flex;
        justify-content: end;
        padding: 2px 12px 0;
      }

      .folding button {
        border-radius: 3px;
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }

      .folding button:hover {
        color: var(--oim-accent);
      }

      .sections.locked {
        filter: grayscale(1);
      }

      .sections > * + * {
        border-top: 1px solid var(--oim-line);
      }

      .banner {
        margin: 6px 12px;
        padding: 7px 11px;
        border-radius: 6px;
        color: var(--oim-warning);
        background: var(--oim-warning-soft);
        font-size: 12.5px;
      }

      .banner .small {
        margin-inline-start: 6px;
        color: var(--oim-text);
      }
    `,
  ];

  @property() body = "";
  @property() payload = "";
  @property({ attribute: false }) fields: Field[] = [];
  @property({ attribute: false }) diagnostics: Diagnostic[] = [];
  @property({ attribute: false }) current: { alert: Alert; steps: Step[] } | null = null;
  @property({ attribute: false }) selection: Selection | null = null;
  @property({ attribute: false }) request: RequestSettings | null = null;
  @property() additional: "ignore" | "map" = "ignore";
  /** Why the payload cannot become the sample, or need not, in words. */
  @property({ attribute: false }) sampleObstacle: string | null = null;
  /** How many payloads are open, and which of them is in the editor, from 0. */
  @property({ type: Number }) payloads = 1;
  @property({ type: Number }) at = 0;
  /** What the open payloads are called, where that is known. */
  @property({ attribute: false }) names: readonly string[] = [];
  @property({ attribute: false }) covered: Covered | null = null;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  @provide({ context: formContext })
  @state()
  view!: FormView;
  /** Groups of sections that are drawn so far: one in a task, as all of them together would be felt. */
  @state() drawn = 1;
  /** All sections were folded at once. */
  @state() folded = false;
  readonly #dragging: FormView["dragging"] = { item: null };
  /** The last text that could be read, which stays in sight while the present one cannot. */
  #model: Model = EMPTY;
  #fault: Fault | null = null;
  #sources: Option[] = [];
  #values: string[] | null = null;
  #counts: Counts | null = null;
  /** Where the focus goes once the text has changed. */
  #focus: { key: string; until: number; isDue: boolean } | null = null;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("body")) {
      const { model, fault } = readModel(this.body);
      this.#fault = fault;
      if (model) this.#model = model;
      if (this.#focus) this.#focus.isDue = true;
    }
    if (changed.has("body") || changed.has("payload")) this.#values = null;
    if (changed.has("fields"))
      this.#sources = this.fields.map(({ path, type, example }) => ({ value: path, type, note: example }));
    if (changed.has("covered")) this.#counts = this.covered && new Counts(this.covered);
    this.view = this.#view();
  }

  override render() {
    const { unshown, properties } = this.#model;
    const sections = [
      html`<oim-form-version></oim-form-version><oim-form-alerts></oim-form-alerts>`,
      properties ? html`<oim-form-filter></oim-form-filter><oim-form-properties></oim-form-properties>` : nothing,
      html`<oim-form-tags></oim-form-tags>`,
      html`<oim-form-status></oim-form-status>`,
      html`<oim-form-time></oim-form-time><oim-form-identity></oim-form-identity>`,
      html`<oim-form-switches></oim-form-switches><oim-form-sample></oim-form-sample>`,
      this.request ? html`<oim-form-request></oim-form-request>` : nothing,
    ];
    return html`
      <section aria-label="Form">
        <div class="scroll" tabindex="-1" role="group" aria-label="Rules">
          ${this.#fault ? this.#broken(this.#fault) : nothing}
          <div class="folding"><button class="plain" @click=${this.#foldAll}>${this.folded ? "Unfold all" : "Fold all"}</button></div>
          ${unshown.map((text) => html`<p class="banner">${withCode(text)}</p>`)}
          <div class="sections ${this.view.locked ? "locked" : ""}">${sections.slice(0, this.drawn)}</div>
        </div>
        <oim-menu></oim-menu>
      </section>
    `;
  }

  override updated(): void {
    if (this.drawn < GROUPS) setTimeout(() => (this.drawn += 1));
  }

  override focus(options?: FocusOptions): void {
    this.#scroll?.focus(options);
  }

  /** What the parts of the form see, made anew for each change. */
  #view(): FormView {
    const isBroken = this.#fault !== null;
    return {
      body: this.body,
      payload: this.payload,
      model: this.#model,
      fields: this.fields,
      sources: this.#sources,
      current: isBroken ? null : this.current,
      payloads: { count: this.payloads, at: this.at, name: (place) => payloadName(this.names, place) },
      counts: this.#counts,
      givenTags: this.covered?.tags ?? [],
      selected: this.#selected,
      locked: this.readonly || isBroken || this.#model.locked,
      readonly: this.readonly,
      request: this.request,
      additional: this.additional,
      sampleObstacle: this.sampleObstacle,
      dragging: this.#dragging,
      problemsAt: (pointer, except = []) => (isBroken ? [] : this.#problemsAt(pointer, except)),
      statusValues: () => (this.#values ??= this.#statusValues()),
      edit: (changes, after = {}) => this.#edit(changes, after),
      select: (pointer) => {
        if (this.#selected !== pointer) emit(this, "oim-select", { kind: "rule", pointer });
      },
      openMenu: (anchor, label, items) => this.#openMenu(anchor, label, items),
      takeFocus: (part) => this.#takeFocus(part),
      reveal: (element) => this.#reveal(element),
    };
  }

  #broken({ message, line, column, start, end }: Fault) {
    const place: Diagnostic = {
      code: "json-syntax",
      severity: "error",
      message,
      document: "body",
      pointer: "",
      range: { start, end, line, column },
    };
    return html`
      <p class="banner" role="status">
        The text is not valid JSON (line ${line}, column ${column}): ${message}. The form shows the last valid version.
        <button class="small" @click=${() => emit(this, "oim-go", place)}>Go there</button>
      </p>
    `;
  }

  #foldAll = (): void => {
    this.folded = !this.folded;
    for (const section of this.renderRoot.querySelectorAll<FormSection>(".sections > *")) section.open = !this.folded;
  };

  get #scroll(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(".scroll");
  }

  get #selected(): string {
    const { selection } = this;
    if (selection?.kind === "rule") return selection.pointer;
    return selection?.kind === "step" ? selection.step.rule : "";
  }

  #problemsAt(pointer: string, except: readonly string[]): Diagnostic[] {
    return this.diagnostics.filter(
      (one) =>
        one.document === "body" &&
        (one.pointer === pointer || one.pointer.startsWith(`${pointer}/`)) &&
        !except.includes(one.code),
    );
  }

  /** What the payload has where the status is read: all of it if it is small, else what is known of its fields. */
  #statusValues(): string[] {
    const { status, isArray, arraySource } = this.#model;
    const paths = status.source.items.map(({ text }) => text);
    const held = valuesAt(this.payload, isArray ? arraySource : null, paths);
    if (held.length > 0) return held;
    const known = this.fields.filter(
      ({ path, type, example }) => paths.includes(path) && type !== "object" && type !== "array" && example !== "",
    );
    return [...new Set(known.map(({ example }) => example))];
  }

  #edit(changes: readonly Change[], { focus, say }: After): void {
    if (this.readonly || this.#fault) return;
    const wanted = edits(this.body, this.#model, changes);
    if (wanted && wanted.length > 0) {
      if (focus !== undefined) this.#focus = { key: focus, until: performance.now() + FOCUS_MS, isDue: false };
      emit(this, "oim-edit", { document: "config", edits: wanted, before: this.body });
    }
    if (say !== undefined) emit(this, "oim-say", { text: say, undo: (wanted?.length ?? 0) > 0 });
    // A control shows what the text says, also when the page did not apply the edit.
    this.requestUpdate();
  }

  #openMenu(anchor: EventTarget | null, label: string, items: MenuItem[]): void {
    if (anchor instanceof HTMLElement)
      void this.renderRoot.querySelector<OimMenu>("oim-menu")?.open(anchor, label, items);
  }

  /** After an edit the focus stays on its subject, wherever that is now. */
  #takeFocus(part: ParentNode): void {
    if (!this.#focus?.isDue) return;
    const { key, until } = this.#focus;
    const wanted = part.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`);
    if (!wanted && performance.now() < until) return;
    this.#focus = null;
    // One that was made just now has nothing to focus yet.
    if (wanted instanceof LitElement) void wanted.updateComplete.then(() => wanted.focus());
    else wanted?.focus();
  }

  /** Scrolls the rule that is looked at into view, without moving the page around the panel. */
  #reveal(element: HTMLElement): void {
    const scroll = this.#scroll;
    if (!scroll) return;
    const [outer, inner] = [scroll.getBoundingClientRect(), element.getBoundingClientRect()];
    if (inner.top < outer.top) scroll.scrollTop += inner.top - outer.top - 8;
    else if (inner.bottom > outer.bottom)
      scroll.scrollTop += Math.min(inner.bottom - outer.bottom + 8, inner.top - outer.top - 8);
  }
}

/** The number of a payload, and its name where that distinguishes it from others: the lines of a file share one. */
function payloadName(names: readonly string[], place: number): string {
  const name = names[place] ?? "";
  const isOwn = name !== "" && names.indexOf(name) === place && names.lastIndexOf(name) === place;
  return `Payload ${place + 1}${isOwn ? `, ${name}` : ""}`;
}
