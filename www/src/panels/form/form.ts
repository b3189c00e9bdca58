import { consume } from "@lit/context";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext } from "../../app/context.ts";
import "../../controls/combobox.ts";
import type { Option } from "../../controls/combobox.ts";
import "../../controls/menu.ts";
import type { MenuItem, OimMenu } from "../../controls/menu.ts";
import type { Alert, Diagnostic, Field, Step } from "../../engine/types.ts";
import type { Change } from "../../json/edit.ts";
import type { Fault } from "../../json/tree.ts";
import { panel, shared } from "../../styles/shared.ts";
import { withCode } from "../../text/format.ts";
import { type RequestSettings, type Selection, emit } from "../contract.ts";
import { edits } from "./changes.ts";
import { type Model, readModel } from "./model.ts";
import { alertsSection, identitySection, requestSection, switchSection, timeSection } from "./more.ts";
import { statusSection } from "./status.ts";
import { formStyles } from "./styles.ts";
import { tagSection } from "./tags.ts";
import { filterSection, propertySection, versionSection } from "./version-2.ts";
import { valuesAt } from "./uses.ts";

/** What is dragged: an item of a list. Lists of one group exchange items. */
export interface Drag {
  group: string;
  list: string;
  index: number;
}

/** Where it would land: before the item of this index. */
export interface Landing {
  list: string;
  index: number;
}

/** What was typed into a field and is not in the document yet. */
export interface Draft {
  key: string;
  text: string;
  commit: (text: string) => void;
}

/** What stays after an act: where the focus goes, by the key of a `data-focus`, and what is said. */
export interface After {
  focus?: string;
  say?: string;
}

/** How long typing has to rest before it counts. */
const REST_MS = 450;

/** What the form shows before there is any text. */
const EMPTY = readModel("{}").model as Model;

/**
 * The configuration as a form. It keeps nothing: each act is an edit of the text, which comes back as `body`.
 *
 * @fires oim-edit, oim-select, oim-go, oim-fix, oim-request, oim-additional, oim-migrate, oim-say - See the contract of panels.
 */
@customElement("oim-form")
export class OimForm extends LitElement {
  static override styles = [shared, panel, formStyles];

  @property() body = "";
  @property() payload = "";
  @property({ attribute: false }) fields: Field[] = [];
  @property({ attribute: false }) diagnostics: Diagnostic[] = [];
  @property({ attribute: false }) current: { alert: Alert; steps: Step[] } | null = null;
  @property({ attribute: false }) selection: Selection | null = null;
  @property({ attribute: false }) request: RequestSettings | null = null;
  @property() additional: "ignore" | "map" = "ignore";
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  /** The last text that could be read, which stays in sight while the present one cannot. */
  model: Model = EMPTY;
  draft: Draft | null = null;
  drag: Drag | null = null;
  landing: Landing | null = null;
  /** The options for a source: the fields of the payload. */
  sources: Option[] = [];
  /** Sections that were opened but have nothing in the document yet. */
  readonly opened = new Set<"time" | "identity">();
  #fault: Fault | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #focus: { key: string; until: number } | null = null;
  #values: string[] | null = null;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("body")) {
      const { model, fault } = readModel(this.body);
      this.#fault = fault;
      if (model) this.model = model;
      // What is in the document by now is open by itself, until it is taken back.
      if (model?.time.there) this.opened.delete("time");
      if (model?.identity) this.opened.delete("identity");
    }
    if (changed.has("body") || changed.has("payload")) this.#values = null;
    if (changed.has("fields"))
      this.sources = this.fields.map(({ path, type, example }) => ({ value: path, type, note: example }));
  }

  override render() {
    const { unshown } = this.model;
    return html`
      <section aria-label="Form">
        <div class="scroll" tabindex="-1">
          ${this.#fault ? this.#waits(this.#fault) : nothing}
          ${unshown.map((text) => html`<p class="banner">${withCode(text)}</p>`)}
          <fieldset ?disabled=${this.locked}>
            ${versionSection(this)} ${alertsSection(this)} ${filterSection(this)} ${propertySection(this)} ${tagSection(this)} ${statusSection(this)} ${timeSection(this)}
            ${identitySection(this)} ${switchSection(this)}
          </fieldset>
          ${requestSection(this)}
        </div>
        <oim-menu></oim-menu>
      </section>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    // After an act the focus stays on its subject, wherever that is now.
    if (this.#focus && changed.has("body")) {
      const { key, until } = this.#focus;
      this.#focus = null;
      if (performance.now() < until)
        this.renderRoot.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`)?.focus();
    }
    if (changed.has("selection")) this.#reveal();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".scroll")?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  #waits({ message, line, column, start, end }: Fault) {
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

  /** Scrolls the row that is looked at into view, without moving the page around the panel. */
  #reveal(): void {
    const scroll = this.renderRoot.querySelector(".scroll");
    const chosen = this.renderRoot.querySelector(".chosen");
    if (!scroll || !chosen) return;
    const [outer, inner] = [scroll.getBoundingClientRect(), chosen.getBoundingClientRect()];
    if (inner.top < outer.top) scroll.scrollTop += inner.top - outer.top - 8;
    else if (inner.bottom > outer.bottom)
      scroll.scrollTop += Math.min(inner.bottom - outer.bottom + 8, inner.top - outer.top - 8);
  }

  get #selectedPointer(): string {
    const { selection } = this;
    if (selection?.kind === "rule") return selection.pointer;
    return selection?.kind === "step" ? selection.step.rule : "";
  }

  /** Nothing can be changed: for reading only, or the text is broken. */
  get locked(): boolean {
    return this.readonly || this.#fault !== null || this.model.locked;
  }

  /** The alert that is looked at, with its trace; `null` while the text is broken. */
  get tracedAlert(): OimForm["current"] {
    return this.#fault ? null : this.current;
  }

  select(pointer: string): void {
    if (this.#selectedPointer !== pointer) emit(this, "oim-select", { kind: "rule", pointer });
  }

  isSelected(pointer: string): boolean {
    return this.#selectedPointer === pointer || this.#selectedPointer.startsWith(`${pointer}/`);
  }

  problemsAt(pointer: string, except: readonly string[] = []): Diagnostic[] {
    if (this.#fault) return [];
    return this.diagnostics.filter(
      (one) =>
        one.document === "body" &&
        (one.pointer === pointer || one.pointer.startsWith(`${pointer}/`)) &&
        !except.includes(one.code),
    );
  }

  /** Values of the payload at the sources of the status. */
  statusValues(): string[] {
    return (this.#values ??= this.#heldValues());
  }

  openMenu(anchor: EventTarget | null, label: string, items: MenuItem[]): void {
    if (anchor instanceof HTMLElement)
      void (this.renderRoot.querySelector("oim-menu") as OimMenu).open(anchor, label, items);
  }

  /** Commits what is typed into a field once typing rests. */
  scheduleCommit(key: string, text: string, commit: (text: string) => void): void {
    this.draft = { key, text, commit };
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#commit(), REST_MS);
  }

  endTyping(how: "commit" | "discard"): void {
    if (how === "commit") this.#commit();
    this.draft = null;
    this.requestUpdate();
  }

  /** Edits the text, as one step that can be undone. */
  edit(changes: readonly Change[], { focus, say }: After = {}): void {
    if (this.readonly || this.#fault) return;
    const wanted = edits(this.body, this.model, changes);
    if (wanted && wanted.length > 0) {
      if (focus !== undefined) this.#focus = { key: focus, until: performance.now() + 1000 };
      emit(this, "oim-edit", { document: "config", edits: wanted, before: this.body });
    }
    if (say !== undefined) emit(this, "oim-say", { text: say, undo: (wanted?.length ?? 0) > 0 });
    // A control shows what the text says, also when the page did not apply the edit.
    this.requestUpdate();
  }

  #commit(): void {
    clearTimeout(this.#rest);
    this.draft?.commit(this.draft.text);
  }

  /** What the payload holds where the status is read: all of it if it is small, else what is known of its fields. */
  #heldValues(): string[] {
    const { status, isArray, arraySource } = this.model;
    const paths = status.source.items.map(({ text }) => text);
    const held = valuesAt(this.payload, isArray ? arraySource : null, paths);
    if (held.length > 0) return held;
    const known = this.fields.filter(
      ({ path, type, example }) => paths.includes(path) && type !== "object" && type !== "array" && example !== "",
    );
    return [...new Set(known.map(({ example }) => example))];
  }
}
