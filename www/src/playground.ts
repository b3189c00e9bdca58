import { html, LitElement, nothing, type PropertyValues } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Answer } from "./engine/protocol.ts";
import type { Diagnostic } from "./engine/types.ts";
import { examples, type Example } from "./examples/index.ts";
import { download } from "./files/download.ts";
import { type Dropped, onDrop } from "./files/drop.ts";
import { openFile, projectText } from "./files/open.ts";
import { type Difference, differences } from "./json/differences.ts";
import { pointerOf, rangeAt } from "./json/pointer.ts";
import { sampleOf, withSample } from "./json/sample.ts";
import { sourceOf } from "./json/source.ts";
import type { Kept } from "./keep/keep.ts";
import "./panels/alerts.ts";
import "./panels/code.ts";
import "./panels/compare.ts";
import { type EditWish, Gone, type PanelEvents, type Proposal, type RequestSettings, type Selection } from "./panels/contract.ts";
import "./panels/editor.ts";
import type { OimEditor } from "./panels/editor.ts";
import "./panels/fields.ts";
import "./panels/form/form.ts";
import "./panels/header.ts";
import type { HeaderWish, OimHeader } from "./panels/header.ts";
import "./panels/map-menu.ts";
import type { OimMapMenu } from "./panels/map-menu.ts";
import { type Column, COLUMNS, type PanelName, panelsOf, PLACES } from "./panels/names.ts";
import "./panels/plain-editor.ts";
import "./panels/problems.ts";
import "./panels/reasons.ts";
import "./panels/steps.ts";
import "./panels/tabs.ts";
import "./panels/timeline.ts";
import type { Tab } from "./panels/tabs.ts";
import "./panels/type-in.ts";
import { frame } from "./playground-styles.ts";
import "./share/dialog.ts";
import type { OimShare } from "./share/dialog.ts";
import { fromHash, type Shared } from "./share/link.ts";
import type { DocumentChange, TextDocument } from "./state/document.ts";
import { Session } from "./state/session.ts";
import { shared } from "./styles/shared.ts";
import { tokens } from "./styles/tokens.ts";
import { count } from "./text/count.ts";
import { together } from "./text/fixes.ts";

/** A screen reader hears the outcome once typing rests. */
const SAY_AFTER_MS = 900;
/** Up to this many characters a text is handed to panels that do not show it at the moment. */
const LARGE = 300_000;
/** How long a passing remark stays. */
const NOTE_MS = 8_000;

/**
 * The playground: a payload and a configuration in, alerts, problems and code out, and the thread from each value back
 * to where it comes from.
 *
 * @fires oim-change - A text changed; the detail has `payload` and `config` as texts.
 * @fires oim-result - An answer has come; the detail has `valid`, `alertCount`, `rejectedCount` and `diagnostics`.
 */
export class OimPlayground extends LitElement {
  static override properties = {
    payload: { noAccessor: true },
    config: { noAccessor: true },
    panels: {},
    theme: { reflect: true },
    readonly: { type: Boolean },
    standalone: { type: Boolean },
    plain: { state: true },
    proposal: { state: true },
    selection: { state: true },
    remark: { state: true },
    said: { state: true },
    loads: { state: true },
    tabs: { state: true },
  };

  static override styles = [shared, tokens, frame];

  declare panels: string | null;
  declare theme: string | null;
  declare readonly: boolean;
  /** The page is the playground's own: links in its address are opened, files can be dropped anywhere, work can be kept. */
  declare standalone: boolean;
  /** Texts are edited in plain text areas. */
  declare plain: boolean;
  declare proposal: Proposal | null;
  declare selection: Selection | null;
  /** A passing remark for everybody. */
  declare remark: string;
  declare said: string;
  /** Examples loaded so far. Each gets new cards: what was opened in the old ones speaks of other alerts. */
  declare loads: number;
  /** The tab that is chosen in each column. */
  declare tabs: Record<Column, PanelName>;
  #given = false;
  /** A link was opened. */
  #linked = false;
  #endDrop: (() => void) | undefined;
  #note: ReturnType<typeof setTimeout> | undefined;
  #say: ReturnType<typeof setTimeout> | undefined;

  readonly session = new Session({
    changed: () => this.requestUpdate(),
    edited: (change) => this.#edited(change),
    answered: (answer) => this.#answered(answer),
    pointed: (name, path) => this.#pointed(name, path),
    moved: (documents) => this.#moved(documents),
    crashed: (gaveUp) => {
      if (!gaveUp) this.note("The engine stopped and was started again. Your text is as it was.");
      this.requestUpdate();
    },
  });

  constructor() {
    super();
    this.panels = null;
    this.theme = null;
    this.readonly = false;
    this.standalone = false;
    this.plain = false;
    this.proposal = null;
    this.selection = null;
    this.remark = "";
    this.said = "";
    this.loads = 0;
    this.tabs = { input: "payload", rules: "form", result: "alerts" };
  }

  /** The text of the payload. Setting it starts the payload's history over. */
  get payload(): string {
    return this.session.payload.text;
  }

  set payload(text: string | null) {
    this.#give("payload", text);
  }

  /** The text of the request body. Setting it starts its history over. */
  get config(): string {
    return this.session.config.text;
  }

  set config(text: string | null) {
    this.#give("config", text);
  }

  #give(name: "payload" | "config", text: string | null): void {
    this.#given = true;
    this.session.document(name).reset(text ?? "");
    this.session.history.forget(this.session.document(name));
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === "payload" || name === "config") {
      if (value !== old) this[name] = value;
    } else super.attributeChangedCallback(name, old, value);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const [first] = examples;
    if (!this.#given && first) this.load(first, false);
    this.session.ask();
    this.#endDrop = onDrop(this, (dropped) => void this.#openFiles(dropped));
    if (!this.standalone) return;
    addEventListener("hashchange", this.#hashed);
    if (location.hash) void this.#openLink();
  }

  #hashed = (): void => void this.#openLink();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#note);
    clearTimeout(this.#say);
    this.#endDrop?.();
    removeEventListener("hashchange", this.#hashed);
    this.session.stop();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("panels")) return;
    const shown = panelsOf(this.panels);
    for (const { name: column } of COLUMNS) {
      const first = PLACES.find((place) => place.column === column && shown.has(place.name));
      if (first && !shown.has(this.tabs[column])) this.tabs = { ...this.tabs, [column]: first.name };
    }
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("plain")) this.#squiggle();
  }

  override render() {
    const { session } = this;
    const shown = panelsOf(this.panels);
    const columns = COLUMNS.filter(({ name }) => this.#places(name, shown).length > 0);
    return html`
      <div class="frame" @keydown=${this.#key} data-columns=${columns.map(({ name }) => name).join(" ")} @oim-select=${this.#select} @oim-go=${this.#go} @oim-fix=${this.#fix} @oim-fix-all=${this.#fixAll} @oim-wish-edit=${this.#wishEdit} @oim-request=${this.#request} @oim-additional=${this.#additional} @oim-say=${this.#sayNow} @oim-map=${this.#map} @oim-suggest=${() => void this.#suggest()} @oim-proposal=${this.#propose}>
        <div role="navigation" aria-label="Shortcut"><button class="skip" @click=${this.#skip}>Skip to the alerts</button></div>
        ${shown.has("header") ? this.#header() : nothing}
        <main>
          ${columns.map(({ name, label }) => this.#column(name, label, shown))}
          ${shown.has("problems")
            ? html`<oim-problems id="problems" .diagnostics=${session.diagnostics} .ready=${session.answer !== null}></oim-problems>`
            : nothing}
        </main>
        ${columns.length > 1 ? this.#jumps(shown) : nothing}
        <oim-map-menu .body=${session.config.text} .fields=${session.fields} .current=${session.current} .readonly=${this.readonly}></oim-map-menu>
        <oim-share></oim-share>
        <div class="unseen" role="status" aria-label="Result">${this.said}</div>
      </div>
    `;
  }

  #header() {
    const { history } = this.session;
    return html`
      <oim-header
        .remark=${this.remark}
        .canUndo=${history.canUndo}
        .canRedo=${history.canRedo}
        .readonly=${this.readonly}
        .standalone=${this.standalone}
        .plain=${this.plain}
        .read=${this.#state}
        @oim-wish=${this.#wish}
        @oim-example=${this.#example}
        @oim-files=${({ detail }: CustomEvent<File[]>) => void this.#openFiles({ files: detail, folders: [] })}
        @oim-plain=${({ detail }: CustomEvent<boolean>) => (this.plain = detail)}
        @oim-restore=${this.#restore}
        @oim-discard=${() => this.load(examples[0] as Example, true)}
      ></oim-header>
    `;
  }

  #places(column: Column, shown: ReadonlySet<PanelName>) {
    return PLACES.filter(({ name, column: its }) => its === column && (name === "proposal" ? this.proposal !== null && shown.has("form") : shown.has(name)));
  }

  #column(column: Column, label: string, shown: ReadonlySet<PanelName>) {
    const places = this.#places(column, shown);
    const tabs = places.map(({ name, label }): Tab => ({ id: name, label, ...this.#badge(name) }));
    return html`
      <oim-tabs id=${column} .label=${label} .tabs=${tabs} .chosen=${this.tabs[column]} .quiet=${column === "result"} .actions=${(column === "rules" && !this.readonly) || (column === "input" && this.session.series !== null)} @oim-tab=${this.#tab(column)}>
        ${column === "rules" && !this.readonly
          ? html`<button slot="actions" class="small" @click=${this.#takeSample} title="Makes the payload the sample_payload of this body">Payload as sample</button>`
          : nothing}
        ${column === "input" ? this.#stepper() : nothing}
        ${places.map(({ name }) => this.#panel(name))}
      </oim-tabs>
    `;
  }

  /** Several payloads are open: from one to the next. */
  #stepper() {
    const { series } = this.session;
    if (!series) return nothing;
    const go = (by: number) => () => this.session.step(series.at + by);
    return html`
      <div slot="actions" class="stepper" role="group" aria-label="Payloads">
        <button class="small" aria-label="Previous payload" ?disabled=${series.at === 0} @click=${go(-1)}>‹</button>
        <span>${series.at + 1} of ${series.count}</span>
        <button class="small" aria-label="Next payload" ?disabled=${series.at + 1 === series.count} @click=${go(1)}>›</button>
      </div>
    `;
  }

  #badge(name: PanelName): Pick<Tab, "badge" | "tone"> {
    const { answer } = this.session;
    if (!answer) return {};
    if (name === "alerts") return { badge: String(answer.alertCount) };
    if (name !== "payload" && name !== "config") return {};
    const document = name === "payload" ? "payload" : "body";
    const errors = answer.diagnostics.filter((one) => one.document === document && one.severity === "error").length;
    return errors > 0 ? { badge: String(errors), tone: "error" } : {};
  }

  #panel(name: PanelName) {
    const { session } = this;
    switch (name) {
      case "payload":
        return this.#text("payload", "Payload");
      case "fields":
        return html`<oim-fields slot="fields" id="fields" bare .fields=${session.fields} .body=${session.config.text} .selection=${this.selection} .current=${session.current} .readonly=${this.readonly}></oim-fields>`;
      case "type-in":
        return html`<oim-type-in slot="type-in" id="type-in" bare .payload=${this.#payloadFor("input", "type-in")} .body=${session.config.text} .selection=${this.selection} .readonly=${this.readonly}></oim-type-in>`;
      case "form":
        return html`<oim-form slot="form" id="form" bare .body=${session.config.text} .payload=${this.#payloadFor("rules", "form")} .fields=${session.fields} .diagnostics=${session.diagnostics} .current=${session.current} .selection=${this.selection} .request=${session.settings.request} .additional=${session.settings.additional} .readonly=${this.readonly}></oim-form>`;
      case "proposal":
        return html`<oim-reasons slot="proposal" id="proposal" bare .proposal=${this.proposal}></oim-reasons>`;
      case "config":
        return this.#text("config", "Configuration");
      case "alerts":
        return html`<div slot="alerts" class="fill">${keyed(this.loads, this.#alerts())}</div>`;
      case "why":
        return html`<oim-steps slot="why" id="why" bare .outcome=${this.#shownOutcome} .selection=${this.selection} .current=${session.current} .fields=${session.fields} .body=${session.config.text} .outdated=${session.outdated} .readonly=${this.readonly}></oim-steps>`;
      case "timeline":
        return html`<oim-timeline slot="timeline" id="timeline" bare .simulated=${session.simulated} .payloads=${session.series?.count ?? 1} .at=${session.series?.at ?? 0} .readonly=${this.readonly} @oim-payload=${({ detail }: CustomEvent<number>) => session.step(detail)} @oim-series=${({ detail }: CustomEvent<"repeat" | "drop">) => session[detail]()}></oim-timeline>`;
      case "compare":
        return html`<oim-compare slot="compare" id="compare" bare .compared=${session.compared} .differences=${this.tabs.result === "compare" ? this.#differences() : []} .since=${session.baseline.since} .payloads=${session.series?.count ?? 1} @oim-baseline=${() => session.compareWith(session.config.text, "the configuration as you kept it")}></oim-compare>`;
      case "code":
        return html`<oim-code slot="code" id="code" bare .targets=${session.targets} .generated=${session.generated} .request=${session.settings.request}></oim-code>`;
      default:
        return nothing;
    }
  }

  #text(name: "payload" | "config", label: string) {
    const document = this.session.document(name);
    return this.plain
      ? html`<oim-plain-editor slot=${name} id=${name} bare .label=${label} .document=${document} .readonly=${this.readonly} @oim-undo=${this.#undo} @oim-redo=${this.#redo}></oim-plain-editor>`
      : html`<oim-editor slot=${name} id=${name} bare label=${label} .document=${document} .readonly=${this.readonly}></oim-editor>`;
  }

  /** Undoing by keyboard works everywhere, but in a field it is the field's own. */
  #key = (event: KeyboardEvent): void => {
    const { ctrlKey, metaKey, shiftKey, altKey, key } = event;
    const [target] = event.composedPath() as HTMLElement[];
    if (event.defaultPrevented || this.readonly || altKey || !(ctrlKey || metaKey) || !target) return;
    if (target.isContentEditable || target.matches?.("input, textarea, select")) return;
    const letter = key.toLowerCase();
    if (letter === "z" && !shiftKey) this.#undo(event);
    else if (letter === "y" || (letter === "z" && shiftKey)) this.#redo(event);
  };

  #undo = (event: Event): void => {
    event.preventDefault();
    this.session.undo();
  };

  #redo = (event: Event): void => {
    event.preventDefault();
    this.session.redo();
  };

  #alerts() {
    const { session } = this;
    return html`<oim-alerts id="alerts" bare .outcome=${this.#shownOutcome} .outdated=${session.outdated} .selection=${this.selection} .stopped=${session.stopped} .additional=${session.settings.additional}></oim-alerts>`;
  }

  /** The payload's text for a panel; empty while the panel is hidden and the text so large that making it is felt. */
  #payloadFor(column: Column, name: PanelName): string {
    const { payload } = this.session;
    return payload.length <= LARGE || this.tabs[column] === name ? payload.text : "";
  }

  /** How the configuration differs from the one that is compared with; nothing where one of them is no JSON. */
  #differences(): Difference[] {
    try {
      const [before, after] = [this.session.baseline.text, this.session.config.text].map((text) => JSON.parse(text) as { config?: unknown });
      return differences(before?.config ?? before, after?.config ?? after, after?.config === undefined ? [] : ["config"]);
    } catch {
      return [];
    }
  }

  get #shownOutcome() {
    const { outdated, lastGood, outcome } = this.session;
    return outdated ? lastGood : outcome;
  }

  #jumps(shown: ReadonlySet<PanelName>) {
    const { answer } = this.session;
    return html`
      <nav aria-label="Parts of the page">
        ${this.#jump("#input", "Payload")} ${this.#jump("#rules", "Configuration")}
        ${shown.has("problems") ? this.#jump("#problems", count(answer?.diagnostics.length ?? 0, "problem")) : nothing}
        ${this.#jump("#result", count(answer?.alertCount ?? 0, "alert"))}
      </nav>
    `;
  }

  #jump(to: string, label: string) {
    const go = () => {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.renderRoot.querySelector(to)?.scrollIntoView({ behavior: still ? "auto" : "smooth" });
    };
    return this.renderRoot?.querySelector?.(to) === null && this.hasUpdated ? nothing : html`<button class="small" @click=${go}>${label}</button>`;
  }

  #tab(column: Column) {
    return ({ detail }: CustomEvent<PanelName>): void => this.open(column, detail);
  }

  /** Chooses a tab. */
  open(column: Column, name: PanelName): void {
    if (!this.#places(column, panelsOf(this.panels)).some((place) => place.name === name)) return;
    this.tabs = { ...this.tabs, [column]: name };
    const { result } = this.tabs;
    this.session.wantCode(result === "code");
    this.session.lookAhead(result === "timeline" || result === "compare" ? result : null);
  }

  /** Says something in passing. */
  note(text: string): void {
    this.remark = text;
    clearTimeout(this.#note);
    this.#note = setTimeout(() => (this.remark = ""), NOTE_MS);
  }

  /** Takes an example's texts; `undoable` when there may be something to go back to. */
  load({ body }: Example, undoable: boolean): void {
    this.session.load({ payload: sampleOf(body), config: body }, undoable);
    this.selection = null;
    this.loads += 1;
    void this.updateComplete.then(() => {
      for (const name of ["payload", "config"] as const) this.#editor(name)?.top();
      // The sample is the payload next door, so here it only takes room.
      const sample = rangeAt(body, "/sample_payload");
      if (sample) this.#editor("config")?.fold(sample);
    });
  }

  #editor(name: "payload" | "config"): OimEditor | null {
    // Before it is drawn for the first time there is none.
    return this.renderRoot?.querySelector<OimEditor>(`#${name}`) ?? null;
  }

  #example = ({ detail }: CustomEvent<number>): void => {
    const example = examples[detail];
    if (example) this.load(example, true);
  };

  #wish = ({ detail }: CustomEvent<HeaderWish>): void => {
    if (detail === "undo" || detail === "redo") this.session[detail]();
    else if (detail === "suggest") void this.#suggest();
    else if (detail === "save") download("oim-playground.json", projectText(this.#state()), "application/json");
    else {
      const dialog = this.renderRoot.querySelector<OimShare>("oim-share");
      if (!dialog) return;
      dialog.state = this.#state();
      void dialog.show();
    }
  };

  async #suggest(): Promise<void> {
    const { session } = this;
    try {
      const { text, reasons, diagnostics } = await session.suggest();
      this.proposal = { text, reasons };
      this.open("rules", "proposal");
      const [first] = diagnostics;
      if (text === null && first) this.note(`Nothing to propose: ${first.message.replaceAll("`", "")}.`);
    } catch (error) {
      if (error instanceof Gone) this.note("The payload changed meanwhile; press Suggest again.");
      else throw error;
    }
  }

  #propose = ({ detail }: CustomEvent<string | null>): void => {
    this.proposal = null;
    if (detail !== null) {
      this.session.config.replace(detail);
      this.note("The proposed configuration is in place. Undo brings yours back.");
    }
    this.open("rules", "form");
  };

  /** Everything that a link or a file holds. */
  #state = (): Shared => {
    const { appKey, ...request } = this.session.settings.request;
    return { payload: this.session.payload.text, config: this.session.config.text, additional: this.session.settings.additional, request, view: this.tabs };
  };

  /** Puts everything back in place. */
  #take({ payload, config, additional, request, view }: Shared, undoable: boolean): void {
    this.session.load({ payload, config }, undoable);
    this.session.set({ additional, request });
    this.selection = null;
    this.loads += 1;
    for (const { name: column } of COLUMNS) {
      const place = PLACES.find((place) => place.column === column && place.name === view[column]);
      if (place && place.name !== "proposal") this.open(column, place.name);
    }
  }

  #restore = ({ detail }: CustomEvent<Kept>): void => {
    // A link says what is wanted; what was kept comes back at the next visit.
    if (!this.#linked) this.#take(detail.state, false);
  };

  async #openLink(): Promise<void> {
    const opened = await fromHash(location.hash);
    if (opened.kind === "problem") this.note(`${opened.message}. ${opened.help}`);
    if (opened.kind !== "state") return;
    this.#linked = true;
    this.#take(opened.state, this.hasUpdated);
  }

  async #openFiles({ files, folders }: Dropped): Promise<void> {
    if (this.readonly) return;
    if (folders.length > 0) return this.note(`${folders.join(", ")} is a folder: choose the files in it.`);
    const payloads: string[] = [];
    const told: string[] = [];
    for (const file of files) {
      const opened = await openFile(file);
      if (opened.kind === "problem") told.push(`${opened.message}. ${opened.help}`);
      else if (opened.kind === "project") this.#take(opened.state, true);
      else if (opened.kind === "config") this.session.config.replace(opened.text);
      else if (opened.kind === "text") told.push(...(await this.#import(opened.text, opened.name)));
      else {
        payloads.push(...opened.payloads);
        if (opened.broken.length > 0) told.push(`${opened.name}: ${count(opened.broken.length, "line")} passed over, the first is line ${opened.broken[0]?.line}.`);
      }
    }
    const [first] = payloads;
    if (first !== undefined) {
      this.session.take(payloads);
      this.loads += 1;
      this.open("input", "payload");
    }
    if (told.length > 0) this.note(told.join(" "));
  }

  /** A text that is no JSON: perhaps a command with a body in it, else a payload with a mistake. */
  async #import(text: string, name: string): Promise<string[]> {
    const { text: body, diagnostics } = await this.session.call("import", { text });
    if (body !== null) {
      this.session.config.replace(body);
      return [`${name}: its request body is in place.`];
    }
    this.session.take([text]);
    return diagnostics.slice(0, 1).map(({ message }) => `${name}: ${message.replaceAll("`", "")}.`);
  }

  #edited(_change: DocumentChange): void {
    if (this.selection) {
      this.selection = null;
      for (const name of ["payload", "config"] as const) this.#editor(name)?.mark(null);
    }
    this.requestUpdate();
    const { payload, config } = this.session;
    // Whoever listens asks for the texts; making them for nobody would cost every keystroke.
    this.renderRoot?.querySelector<OimHeader>("oim-header")?.changed();
    const detail = { get payload() { return payload.text; }, get config() { return config.text; } };
    this.dispatchEvent(new CustomEvent("oim-change", { detail, bubbles: true, composed: true }));
  }

  #answered(answer: Answer): void {
    const { alertCount, rejectedCount, diagnostics, valid } = answer;
    this.#squiggle();
    clearTimeout(this.#say);
    this.#say = setTimeout(() => (this.said = spoken(answer)), SAY_AFTER_MS);
    this.dispatchEvent(new CustomEvent("oim-result", { detail: { valid, alertCount, rejectedCount, diagnostics }, bubbles: true, composed: true }));
  }

  #squiggle(): void {
    if (!this.session.fresh) return;
    const { diagnostics } = this.session;
    this.#editor("payload")?.squiggle(diagnostics.filter((one) => one.document === "payload"));
    this.#editor("config")?.squiggle(diagnostics.filter((one) => one.document === "body"));
  }

  #moved(documents: TextDocument[]): void {
    const names = documents.map(({ name }) => (name === "payload" ? "payload" : "configuration"));
    this.said = `Changed back in the ${[...new Set(names)].join(" and the ")}`;
  }

  /** A button, since a link's fragment cannot point into a shadow tree. */
  #skip = (): void => {
    this.open("result", "alerts");
    this.renderRoot.querySelector<HTMLElement>("#alerts")?.focus();
  };

  #select = ({ detail }: CustomEvent<Selection | null>): void => {
    this.selection = detail;
    const { payload, config } = this.session;
    // Places in an answer from before an error belong to texts that are gone.
    const current = this.session.fresh && this.session.answer?.ran ? detail : null;
    this.#editor("payload")?.mark(current ? payloadRange(current, payload) : null);
    this.#editor("config")?.mark(current ? configRange(current, config) : null);
    if (detail?.kind === "step") void this.session.look(detail.alert);
  };

  /** The cursor went to a value: what became of it is looked at, and the places that it led to are marked. */
  #pointed(name: "payload" | "config", path: string[] | null): void {
    if (path === null || path.length === 0) return;
    const pointer = pointerOf(path);
    if (name === "config") {
      // The sample is no rule.
      if (path[0] === "sample_payload") return;
      this.selection = { kind: "rule", pointer };
    } else {
      this.selection = { kind: "field", pointer, path: sourceOf(path, this.session.config.text) };
    }
    this.#editor(name === "config" ? "payload" : "config")?.mark(null);
  }

  #wishEdit = ({ detail: { document, edits, before } }: CustomEvent<EditWish>): void => {
    const target = this.session.document(document);
    if (!this.readonly && target.text === before) target.apply(edits);
  };

  #request = ({ detail }: CustomEvent<Partial<RequestSettings>>): void => this.session.set({ request: detail });

  #additional = ({ detail }: CustomEvent<"ignore" | "map">): void => this.session.set({ additional: detail });

  #map = ({ detail }: CustomEvent<PanelEvents["oim-map"]>): void => {
    this.renderRoot.querySelector<OimMapMenu>("oim-map-menu")?.open(detail.field, detail.anchor);
  };

  #sayNow = ({ detail }: CustomEvent<string>): void => {
    this.said = detail;
  };

  #go = ({ detail }: CustomEvent<Diagnostic>): void => this.#show(detail);

  #show({ document, range }: Pick<Diagnostic, "document" | "range">): void {
    const name = document === "payload" ? "payload" : "config";
    this.open(name === "payload" ? "input" : "rules", name);
    void this.updateComplete.then(() => this.#editor(name)?.select(range));
  }

  #fix = ({ detail }: CustomEvent<Diagnostic>): void => {
    // Edits of an answer that lags behind would land in the wrong place. The next answer brings them again.
    if (!this.session.fresh || !detail.suggestion || this.readonly) return;
    this.session.document(detail.document === "payload" ? "payload" : "config").apply(detail.suggestion.edits);
  };

  #fixAll = ({ detail }: CustomEvent<Diagnostic[]>): void => {
    if (!this.session.fresh || this.readonly) return;
    this.session.history.together(() => {
      for (const { document, edits } of together(detail)) this.session.document(document).apply(edits);
    });
  };

  #takeSample = (): void => {
    const { config, payload } = this.session;
    const edit = withSample(config.text, payload.text);
    if (edit) config.apply([edit]);
    else this.note("The configuration is no request body yet: it needs `config`.");
  };
}

/** Where in the payload a selection is. */
function payloadRange(selection: Selection, payload: TextDocument) {
  if (selection.kind === "field") return rangeAt(payload.text, selection.pointer);
  return selection.kind === "step" ? (selection.step.payloadRange ?? null) : null;
}

/** Where in the body it comes from: the source of a step, its default, or at least its rule. */
function configRange(selection: Selection, config: TextDocument) {
  if (selection.kind === "field") return null;
  if (selection.kind === "rule") return rangeAt(config.text, selection.pointer);
  const { sourcePointer, rule, outcome } = selection.step;
  return rangeAt(config.text, sourcePointer ?? (outcome === "default" ? `${rule}/default_to` : rule));
}

function spoken({ alertCount, rejectedCount, diagnostics, ran }: Answer): string {
  const problems = count(diagnostics.length, "problem");
  if (!ran) return `Not processed: ${problems}`;
  const rejected = rejectedCount > 0 ? `, ${rejectedCount} rejected` : "";
  return `${count(alertCount, "alert")}${rejected}, ${problems}`;
}

customElements.define("oim-playground", OimPlayground);
