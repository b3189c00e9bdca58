import { provide } from "@lit/context";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext, selectionContext } from "./app/context.ts";
import { PageActions } from "./app/actions.ts";
import { Editors, fold } from "./app/editors.ts";
import { type Column, COLUMNS, isPassing, type PanelName, Panels, panelsOf, PLACES } from "./app/panel-registry.ts";
import { configRange, payloadRange, selectionAt, spoken } from "./app/selection.ts";
import { badge, historyKey, isHelpKey, jumps, stepper, versionBadge } from "./app/toolbar.ts";
import type { Answer } from "./engine/protocol.ts";
import type { Diagnostic } from "./engine/types.ts";
import { type Example, examples } from "./examples/index.ts";
import { onDrop } from "./files/drop.ts";
import { download, projectText } from "./files/open.ts";
import { sampleOf } from "./json/body.ts";
import { rangeAt } from "./json/pointer.ts";
import type { EditRequest, Migration, PanelEvents, Proposal, RequestSettings, Selection } from "./panels/contract.ts";
import type { OimEditor } from "./panels/editor.ts";
import "./panels/header.ts";
import type { HeaderAction, OimHeader } from "./panels/header.ts";
import "./panels/map-menu.ts";
import type { OimMapMenu } from "./panels/map-menu.ts";
import "./panels/problems.ts";
import "./panels/tabs.ts";
import type { Tab } from "./panels/tabs.ts";
import { frame } from "./playground-styles.ts";
import "./share/dialog.ts";
import type { OimShare } from "./share/dialog.ts";
import type { DocumentChange, TextDocument } from "./state/document.ts";
import { Session } from "./state/session.ts";
import { shared, tokens } from "./styles/shared.ts";

/** A screen reader hears the outcome once typing rests. */
const SAY_AFTER_MS = 900;
/** How long a passing remark stays. */
const NOTE_MS = 8_000;

/**
 * The playground: a payload and a configuration in, alerts, problems and code out, and the thread from each value back
 * to where it comes from.
 *
 * @fires oim-change - A text changed; the detail has `payload` and `config` as texts.
 * @fires oim-result - An answer has come; the detail has `valid`, `alertCount`, `rejectedCount` and `diagnostics`.
 */
@customElement("oim-playground")
export class OimPlayground extends LitElement {
  static override styles = [shared, tokens, frame];

  @property() panels: string | null = null;
  @property({ reflect: true }) theme: string | null = null;
  @provide({ context: readonlyContext })
  @property({ type: Boolean })
  readonly = false;
  /** The page is the playground's own: links in its address are opened, files can be dropped anywhere, work can be kept. */
  @property({ type: Boolean }) standalone = false;
  /** Texts are edited in plain text areas. */
  @state() plain = false;
  @state() proposal: Proposal | null = null;
  @state() migration: Migration | null = null;
  @provide({ context: selectionContext })
  @state()
  selection: Selection | null = null;
  /** A passing remark for everybody. */
  @state() remark = "";
  @state() said = "";
  /** Examples loaded so far. Each gets new cards: what was opened in the old ones speaks of other alerts. */
  @state() loads = 0;
  @state() example: number | null = null;
  /** The tab that is chosen in each column. */
  @state() tabs: Record<Column, PanelName> = { input: "payload", rules: "form", result: "alerts" };
  @state() begun = false;
  #given = false;
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
      if (gaveUp) this.begun = true;
      else this.note("The engine stopped and was restarted. Your text is unchanged.");
      this.requestUpdate();
    },
  });

  readonly #actions = new PageActions(this);
  // Before they are drawn for the first time there are none.
  readonly #editors = new Editors((name) => this.renderRoot?.querySelector<OimEditor>(`#${name}`) ?? null);
  readonly #panels = new Panels();

  /** The text of the payload. Setting it starts the payload's history over. */
  @property({ noAccessor: true })
  get payload(): string {
    return this.session.payload.text;
  }

  set payload(text: string | null) {
    this.#give("payload", text);
  }

  /** The text of the request body. Setting it starts its history over. */
  @property({ noAccessor: true })
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
    this.#endDrop = onDrop(this, (dropped) => void this.#actions.openFiles(dropped));
    // A page of its own hears the key wherever the focus is, an element in a page only within itself.
    (this.standalone ? window : this).addEventListener("keydown", this.#helped as EventListener);
    if (!this.standalone) return;
    addEventListener("hashchange", this.#hashed);
    if (location.hash) void this.#actions.openLink();
  }

  #helped = (event: KeyboardEvent): void => {
    if (isHelpKey(event)) this.renderRoot.querySelector<OimHeader>("oim-header")?.help("keys");
  };

  #hashed = (): void => void this.#actions.openLink();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#note);
    clearTimeout(this.#say);
    this.#endDrop?.();
    for (const target of [window, this]) target.removeEventListener("keydown", this.#helped as EventListener);
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

  override updated(): void {
    this.#editors.drawn();
    this.session.coverage.want(this.tabs.rules === "form" && panelsOf(this.panels).has("form"));
  }

  override render() {
    const { session } = this;
    const shown = panelsOf(this.panels);
    const columns = COLUMNS.filter(({ name }) => this.#places(name, shown).length > 0);
    return html`
      <div class="frame" @keydown=${this.#key} data-columns=${columns.map(({ name }) => name).join(" ")} @oim-select=${this.#select} @oim-go=${this.#go} @oim-fix=${this.#actions.fix} @oim-fix-all=${this.#actions.fixAll} @oim-edit=${this.#editRequested} @oim-request=${this.#request} @oim-additional=${this.#additional} @oim-say=${this.#sayNow} @oim-map=${this.#map} @oim-suggest=${() => void this.#actions.suggest()} @oim-proposal=${this.#actions.propose} @oim-migrate=${() => void this.#actions.migrate()} @oim-migrated=${this.#actions.endMigration}>
        <div role="navigation" aria-label="Shortcut"><button class="skip" @click=${this.#skip}>Skip to the alerts</button></div>
        ${shown.has("header") ? this.#header() : nothing}
        <main>
          ${columns.map(({ name, label }) => this.#column(name, label, shown))}
          ${
            shown.has("problems")
              ? html`<oim-problems id="problems" .diagnostics=${session.diagnostics} .ready=${session.answer !== null} .waiting=${session.wanted !== null}></oim-problems>`
              : nothing
          }
        </main>
        ${this.standalone && columns.length > 1 ? jumps(session, new Set([...columns.map(({ name }) => name), ...(shown.has("problems") ? ["problems"] : [])]), this.#jump) : nothing}
        <oim-map-menu .body=${session.config.text} .fields=${session.fields} .current=${session.current}></oim-map-menu>
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
        .standalone=${this.standalone}
        .plain=${this.plain}
        .version=${this.session.version}
        .example=${this.example}
        .read=${this.#actions.state}
        @oim-action=${this.#wish}
        @oim-example=${this.#example}
        @oim-files=${({ detail }: CustomEvent<File[]>) => void this.#actions.openFiles({ files: detail, folders: [] })}
        @oim-plain=${({ detail }: CustomEvent<boolean>) => (this.plain = detail)}
        @oim-restore=${this.#actions.restore}
        @oim-discard=${() => this.load(examples[0] as Example, true)}
      ></oim-header>
    `;
  }

  #places(column: Column, shown: ReadonlySet<PanelName>) {
    return PLACES.filter(
      ({ name, column: its }) =>
        its === column && (isPassing(name) ? this[name] !== null && shown.has("form") : shown.has(name)),
    );
  }

  #column(column: Column, label: string, shown: ReadonlySet<PanelName>) {
    const places = this.#places(column, shown);
    const tabs = places.map(({ name, label }): Tab => ({ id: name, label, ...badge(this.session, name) }));
    return html`
      <oim-tabs id=${column} .label=${label} .tabs=${tabs} .chosen=${this.tabs[column]} .quiet=${column === "result"} .actions=${column === "rules" || (column === "input" && this.session.series !== null)} @oim-tab=${this.#tab(column)}>
        ${column === "rules" ? versionBadge(this.session) : nothing}
        ${
          // A tab that is there for a while needs the room.
          column === "rules" && !this.readonly && !isPassing(this.tabs.rules)
            ? html`<button slot="actions" class="small" @click=${this.#actions.takeSample} title="Makes the payload the sample_payload of this body">Payload as sample</button>`
            : nothing
        }
        ${column === "input" ? stepper(this.session) : nothing}
        ${places.map(({ name }) => this.#panels.of(name, name === this.tabs[column], this))}
      </oim-tabs>
    `;
  }

  #key = (event: KeyboardEvent): void => {
    const wish = this.readonly ? null : historyKey(event);
    if (wish) this[wish](event);
  };

  undo = (event: Event): void => {
    event.preventDefault();
    this.session.undo();
  };

  redo = (event: Event): void => {
    event.preventDefault();
    this.session.redo();
  };

  #jump = (part: string): void => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.renderRoot.querySelector(`#${part}`)?.scrollIntoView({ behavior: still ? "auto" : "smooth" });
  };

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

  /** Gives a panel in view the focus. */
  focusPanel(name: PanelName): void {
    // Its tab shows it only after it is drawn itself.
    void this.updateComplete.then(() =>
      requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>(`#${name}`)?.focus()),
    );
  }

  /** Says something in passing. */
  note(text: string): void {
    this.remark = text;
    clearTimeout(this.#note);
    this.#note = setTimeout(() => (this.remark = ""), NOTE_MS);
  }

  /** Takes an example's texts; `undoable` when there may be something to go back to. */
  load(example: Example, undoable: boolean): void {
    const { body } = example;
    this.example = examples.indexOf(example);
    this.session.load({ payload: sampleOf(body), config: body }, undoable);
    this.selection = null;
    this.loads += 1;
    this.#editors.top();
    // The sample is the payload next door, so here it only takes room.
    const sample = rangeAt(body, "/sample_payload");
    if (sample) fold(this.session.config, sample);
  }

  #example = ({ detail }: CustomEvent<number>): void => {
    const example = examples[detail];
    if (example) this.load(example, true);
  };

  #wish = ({ detail }: CustomEvent<HeaderAction>): void => {
    if (detail === "undo" || detail === "redo") this.session[detail]();
    else if (detail === "begin") this.#actions.begin();
    else if (detail === "suggest") void this.#actions.suggest();
    else if (detail === "save") download("oim-playground.json", projectText(this.#actions.state()), "application/json");
    else {
      const dialog = this.renderRoot.querySelector<OimShare>("oim-share");
      if (!dialog) return;
      dialog.state = this.#actions.state();
      void dialog.show();
    }
  };

  #edited(_change: DocumentChange): void {
    if (this.selection) {
      this.selection = null;
      this.#editors.unmark();
    }
    this.requestUpdate();
    const { payload, config } = this.session;
    // Whoever listens asks for the texts; making them for nobody would cost every keystroke.
    this.renderRoot?.querySelector<OimHeader>("oim-header")?.changed();
    const detail = {
      get payload() {
        return payload.text;
      },
      get config() {
        return config.text;
      },
    };
    this.dispatchEvent(new CustomEvent("oim-change", { detail, bubbles: true, composed: true }));
  }

  #answered(answer: Answer): void {
    const { alertCount, rejectedCount, diagnostics, valid } = answer;
    this.#squiggle();
    void this.#actions.migrateAgain();
    // A task after it is seen.
    if (!this.begun) requestAnimationFrame(() => setTimeout(() => (this.begun = true)));
    clearTimeout(this.#say);
    this.#say = setTimeout(() => (this.said = spoken(answer, this.session)), SAY_AFTER_MS);
    this.dispatchEvent(
      new CustomEvent("oim-result", {
        detail: { valid, alertCount, rejectedCount, diagnostics },
        bubbles: true,
        composed: true,
      }),
    );
  }

  #squiggle(): void {
    if (this.session.fresh) this.#editors.squiggle(this.session.diagnostics);
  }

  #moved(documents: TextDocument[]): void {
    const names = documents.map(({ name }) => (name === "payload" ? "payload" : "configuration"));
    const example = examples.findIndex(({ body }) => body === this.session.config.text);
    this.example = example < 0 ? null : example;
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
    this.#editors.mark("payload", current ? payloadRange(current, payload) : null);
    this.#editors.mark("config", current ? configRange(current, config) : null);
    if (detail?.kind === "step") void this.session.look(detail.alert);
  };

  /** The cursor went to a value: what became of it is looked at, and the places that it led to are marked. */
  #pointed(name: "payload" | "config", path: string[] | null): void {
    if (path === null || path.length === 0) return;
    const selection = selectionAt(name, path, this.session.config.text);
    if (!selection) return;
    this.selection = selection;
    this.#editors.mark(name === "config" ? "payload" : "config", null);
  }

  #editRequested = ({ detail: { document, edits, before } }: CustomEvent<EditRequest>): void => {
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
    void this.updateComplete.then(() => this.#editors.select(name, range));
  }
}
