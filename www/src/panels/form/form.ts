import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../../controls/combobox.ts";
import type { Option } from "../../controls/combobox.ts";
import "../../controls/menu.ts";
import type { MenuItem, OimMenu } from "../../controls/menu.ts";
import type { Alert, Diagnostic, Field, Step } from "../../engine/types.ts";
import type { Change } from "../../json/edit.ts";
import type { Fault } from "../../json/tree.ts";
import { panel, shared } from "../../styles/shared.ts";
import { withCode } from "../../text/format.ts";
import { type RequestSettings, type Selection, tell } from "../contract.ts";
import { edits } from "./changes.ts";
import type { After, Draft, Drag, Host, Landing } from "./host.ts";
import { type Model, readModel } from "./model.ts";
import { alertsSection, identitySection, requestSection, switchSection, timeSection } from "./more.ts";
import { statusSection } from "./status.ts";
import { formStyles } from "./styles.ts";
import { tagSection } from "./tags.ts";
import { valuesAt } from "./uses.ts";

/** How long typing has to rest before it counts. */
const REST_MS = 450;

/** What the form shows before there is any text. */
const EMPTY = readModel("{}").model as Model;

/**
 * The configuration as a form. It keeps nothing: each act is an edit of the text, which comes back as `body`.
 *
 * @fires oim-wish-edit, oim-select, oim-go, oim-fix, oim-request, oim-additional, oim-say - See the contract of panels.
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
  @property({ type: Boolean }) readonly = false;
  /** The last text that could be read, which stays in sight while the present one cannot. */
  #model: Model = EMPTY;
  #fault: Fault | null = null;
  #draft: (Draft & { commit: (text: string) => void }) | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #focus: { key: string; until: number } | null = null;
  #sources: Option[] = [];
  #values: string[] | null = null;
  #drag: Drag | null = null;
  #landing: Landing | null = null;
  readonly #opened = new Set<"time" | "identity">();

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("body")) {
      const { model, fault } = readModel(this.body);
      this.#fault = fault;
      if (model) this.#model = model;
      // What is in the document by now is open by itself, until it is taken back.
      if (model?.time.there) this.#opened.delete("time");
      if (model?.identity) this.#opened.delete("identity");
    }
    if (changed.has("body") || changed.has("payload")) this.#values = null;
    if (changed.has("fields"))
      this.#sources = this.fields.map(({ path, type, example }) => ({ value: path, type, note: example }));
  }

  override render() {
    const host = this.#host;
    const { unshown } = this.#model;
    return html`
      <section aria-label="Form">
        <div class="scroll" tabindex="-1">
          ${this.#fault ? this.#waits(this.#fault) : nothing}
          ${unshown.map((text) => html`<p class="banner">${withCode(text)}</p>`)}
          <fieldset ?disabled=${host.locked}>
            ${alertsSection(host)} ${tagSection(host)} ${statusSection(host)} ${timeSection(host)} ${identitySection(host)} ${switchSection(host)}
          </fieldset>
          ${requestSection(host)}
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
        The form waits: the text is no JSON at line ${line}, column ${column}, as ${message}. Shown is what stood there before.
        <button class="small" @click=${() => tell(this, "oim-go", place)}>Go there</button>
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

  get #looked(): string {
    const { selection } = this;
    if (selection?.kind === "rule") return selection.pointer;
    return selection?.kind === "step" ? selection.step.rule : "";
  }

  get #host(): Host {
    const form = this;
    return {
      model: form.#model,
      body: form.body,
      fields: form.fields,
      current: form.#fault ? null : form.current,
      selection: form.selection,
      additional: form.additional,
      request: form.request,
      locked: form.readonly || form.#fault !== null || form.#model.locked,
      opened: form.#opened,
      get drag() {
        return form.#drag;
      },
      set drag(drag) {
        form.#drag = drag;
      },
      get landing() {
        return form.#landing;
      },
      set landing(landing) {
        form.#landing = landing;
      },
      get draft() {
        return form.#draft;
      },
      act: (changes, after) => form.#act(changes, after),
      choose: (pointer) => {
        if (form.#looked !== pointer) tell(form, "oim-select", { kind: "rule", pointer });
      },
      chosen: (pointer) => form.#looked === pointer || form.#looked.startsWith(`${pointer}/`),
      problemsAt: (pointer, except = []) =>
        form.#fault
          ? []
          : form.diagnostics.filter(
              (one) =>
                one.document === "body" &&
                (one.pointer === pointer || one.pointer.startsWith(`${pointer}/`)) &&
                !except.includes(one.code),
            ),
      sources: () => form.#sources,
      statusValues: () => (form.#values ??= form.#heldValues()),
      menu: (anchor, label, items) => form.#menu(anchor, label, items),
      typed: (key, text, commit) => {
        form.#draft = { key, text, commit };
        clearTimeout(form.#rest);
        form.#rest = setTimeout(() => form.#commit(), REST_MS);
      },
      settle: (how) => {
        if (how === "commit") form.#commit();
        form.#draft = null;
        form.requestUpdate();
      },
      tell: (name, detail) => tell(form, name, detail),
      requestUpdate: () => form.requestUpdate(),
    };
  }

  /** Does something to the text, as one step that can be undone. */
  #act(changes: readonly Change[], { focus, say }: After = {}): void {
    if (this.readonly || this.#fault) return;
    const wished = edits(this.body, this.#model, changes);
    if (wished && wished.length > 0) {
      if (focus !== undefined) this.#focus = { key: focus, until: performance.now() + 1000 };
      tell(this, "oim-wish-edit", { document: "config", edits: wished, before: this.body });
    }
    if (say !== undefined) tell(this, "oim-say", say);
    // A control that was turned shows what the text says, also when the page let the wish go.
    this.requestUpdate();
  }

  #commit(): void {
    clearTimeout(this.#rest);
    const draft = this.#draft;
    if (!draft) return;
    draft.commit(draft.text);
  }

  #menu(anchor: EventTarget | null, label: string, items: MenuItem[]): void {
    if (anchor instanceof HTMLElement)
      void (this.renderRoot.querySelector("oim-menu") as OimMenu).open(anchor, label, items);
  }

  /** What the payload holds where the status is read: all of it if it is small, else what is known of its fields. */
  #heldValues(): string[] {
    const { status, isArray, arraySource } = this.#model;
    const paths = status.source.items.map(({ text }) => text);
    const held = valuesAt(this.payload, isArray ? arraySource : null, paths);
    if (held.length > 0) return held;
    const known = this.fields.filter(
      ({ path, type, example }) => paths.includes(path) && type !== "object" && type !== "array" && example !== "",
    );
    return [...new Set(known.map(({ example }) => example))];
  }
}
