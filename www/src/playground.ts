import { provide } from "@lit/context";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { readonlyContext, selectionContext } from "./app/context.ts";
import { PageActions } from "./app/actions.ts";
import { Arrivals } from "./app/arrivals.ts";
import { Drawing } from "./app/drawing.ts";
import { Keyboard } from "./app/keyboard.ts";
import { load, loadAll, type Piece } from "./app/later.ts";
import { Linking } from "./app/linking.ts";
import {
  type Column,
  COLUMNS,
  isPassing,
  type PanelName,
  Panels,
  panelsOf,
  PLACES,
  warnOfUnknown,
} from "./app/panel-registry.ts";
import { dispatchChange, dispatchResult } from "./app/public-events.ts";
import { Keeping } from "./app/keeping.ts";
import { Messages } from "./app/messages.ts";
import { type Part, Parts } from "./app/parts.ts";
import { named, spoken } from "./app/selection.ts";
import { canShare, share } from "./app/sharing.ts";
import { firstSplits, Splits, splitsOf } from "./app/splits.ts";
import { badge, formatButton, sampleButton, stepper, versionBadge } from "./app/toolbar.ts";
import type { Answer } from "./engine/protocol.ts";
import { exampleOf, examples } from "./examples/index.ts";
import type {
  DocumentName,
  EditRequest,
  Message,
  Migration,
  PanelEvents,
  Proposal,
  RequestSettings,
  Selection,
} from "./panels/contract.ts";
import { type HeaderAction, type OimHeader, PRIVATE } from "./panels/header.ts";
import type { OimMapMenu } from "./panels/map-menu.ts";
import "./panels/messages.ts";
import "./panels/problems.ts";
import "./panels/tabs.ts";
import type { Tab } from "./panels/tabs.ts";
import { layout } from "./layout-styles.ts";
import { frame } from "./playground-styles.ts";
import type { DocumentChange, TextDocument } from "./state/document.ts";
import { Session } from "./state/session.ts";
import { shared } from "./styles/shared.ts";
import { tokens } from "./styles/tokens.ts";

/** A screen reader hears the outcome once typing rests. */
const SAY_AFTER_MS = 900;

/**
 * The playground: a payload and a configuration in, alerts, problems and code out, and the thread from each value back
 * to where it comes from.
 *
 * @fires oim-change - A text changed; the detail has `payload` and `config` as texts.
 * @fires oim-result - An answer has come; the detail has `valid`, `alertCount`, `rejectedCount` and `diagnostics`.
 */
@customElement("oim-playground")
export class OimPlayground extends LitElement {
  static override styles = [shared, tokens, frame, firstSplits, layout];

  @property() panels: string | null = null;
  @property({ reflect: true }) theme: string | null = null;
  @provide({ context: readonlyContext })
  @property({ type: Boolean })
  readonly = false;
  /** The page is the playground's own: links in its address are opened, files can be dropped anywhere, work can be kept. */
  @property({ type: Boolean, reflect: true }) standalone = false;
  /** The address of a playground that opens the links which are made here. */
  @property({ attribute: "share-url" }) shareUrl: string | null = null;
  /** The name under which this element finds its link in the address of its page. */
  @property({ attribute: "share-key" }) shareKey: string | null = null;
  /** Texts are edited in plain text areas. */
  @state() plain = false;
  @state() proposal: Proposal | null = null;
  @state() migration: Migration | null = null;
  @provide({ context: selectionContext })
  @state()
  selection: Selection | null = null;
  /** The outcome, for those who hear it. */
  @state() said = "";
  /** Examples loaded so far. Each gets new cards: what was opened in the old ones speaks of other alerts. */
  @state() loads = 0;
  /** The tab that is chosen in each column. */
  @state() tabs: Record<Column, PanelName> = { input: "payload", rules: "form", result: "alerts" };
  @state() begun = false;
  #given = false;
  #say: ReturnType<typeof setTimeout> | undefined;

  readonly session = new Session({
    changed: () => this.requestUpdate(),
    edited: (change) => this.#edited(change),
    answered: (answer) => this.#answered(answer),
    pointed: (name, path) => this.linking.pointed(name, path),
    moved: (documents, how) => this.#moved(documents, how),
    crashed: (gaveUp) => {
      if (gaveUp) this.begun = true;
      else this.note({ text: "The engine stopped and was restarted. Your text is unchanged.", kind: "error" });
      this.requestUpdate();
    },
  });

  readonly messages = new Messages(this);
  readonly actions = new PageActions(this);
  readonly linking = new Linking(this);
  readonly #drawing = new Drawing(this, COLUMNS.length);
  readonly #panels = new Panels();
  readonly #parts = new Parts(this);
  readonly #keeping = new Keeping(this);
  readonly splits = new Splits(this);

  constructor() {
    super();
    this.addController(new Keyboard(this));
    this.addController(new Arrivals(this));
  }

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
    if (!this.#given && first) this.actions.load(first, false);
    if (this.standalone) this.begin();
    if (location.hash) void this.actions.openLink();
  }

  /** Starts, as it comes near the window. */
  begin(): void {
    this.session.begin();
    this.#drawing.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#say);
    this.session.stop();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("panels")) return;
    warnOfUnknown(this.panels);
    const shown = panelsOf(this.panels);
    for (const { name: column } of COLUMNS) {
      const first = PLACES.find((place) => place.column === column && shown.has(place.name));
      if (first && !shown.has(this.tabs[column])) this.tabs = { ...this.tabs, [column]: first.name };
    }
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("begun") && this.begun) void loadAll();
    this.session.coverage.want(this.tabs.rules === "form" && panelsOf(this.panels).has("form"));
  }

  override render() {
    const { session } = this;
    if (!this.#drawing.begun) return html`<slot></slot>`;
    const shown = panelsOf(this.panels);
    const columns = COLUMNS.filter(({ name }) => this.#places(name, shown).length > 0);
    const shownColumns = columns.map(({ name }) => name);
    const problems = shown.has("problems");
    const hasProblems = problems && this.splits.hasProblems(session.diagnostics.length, this.loads);
    return html`
      ${this.#drawing.done ? nothing : html`<slot></slot>`}
      <div class="frame" ?hidden=${!this.#drawing.done} role=${this.standalone ? nothing : "region"} aria-label=${this.standalone ? nothing : "OIM playground"} data-columns=${shownColumns.join(" ")} @oim-select=${this.linking.select} @oim-go=${this.linking.go} @oim-fix=${this.actions.fix} @oim-fix-all=${this.actions.fixAll} @oim-edit=${this.#editRequested} @oim-request=${this.#request} @oim-additional=${this.#additional} @oim-say=${({ detail }: CustomEvent<PanelEvents["oim-say"]>) => this.note(detail)} @oim-map=${this.#map} @oim-suggest=${this.suggest} @oim-proposal=${this.actions.proposing.end} @oim-migrate=${() => void this.actions.migrate()} @oim-migrated=${this.actions.endMigration}>
        ${this.#parts.skips()}
        ${shown.has("header") ? this.#headerPanel() : nothing}
        <div id="panels" role=${this.standalone ? "main" : nothing} ?data-problems=${hasProblems}>
          ${columns.map(({ name, label }, at) => (this.#drawing.has(at, columns.length) ? this.#column(name, label, shown) : nothing))}
          ${
            problems
              ? html`<oim-problems id="problems" .diagnostics=${session.diagnostics} .ready=${session.answer !== null} .waiting=${session.wanted !== null}></oim-problems>`
              : nothing
          }
          ${this.splits.render(splitsOf(shownColumns, hasProblems))}
        </div>
        <div class="bottom">
          <oim-messages id="messages" .message=${this.messages.current} .idle=${PRIVATE} ?line=${shown.has("header")} @oim-close=${this.messages.close} @oim-lost=${this.#parts.recover} @oim-undo=${() => this.session.undo()}></oim-messages>
          ${this.standalone && columns.length > 1 ? this.#parts.jumps() : nothing}
        </div>
        <oim-map-menu .body=${session.config.text} .fields=${session.fields} .current=${session.current}></oim-map-menu>
        <oim-share></oim-share>
        <div class="unseen" role="status" aria-label="Result">${this.said}</div>
      </div>
    `;
  }

  #headerPanel() {
    const { history } = this.session;
    return html`
      <oim-header
        id="header"
        .canUndo=${history.canUndo}
        .canRedo=${history.canRedo}
        .standalone=${this.standalone}
        .shares=${canShare(this)}
        .plain=${this.plain}
        .version=${this.session.version}
        .example=${exampleOf(this.session)}
        .keeps=${this.#keeping.on}
        .restored=${this.#keeping.restored}
        .turnKeeping=${this.#keeping.turn}
        @oim-action=${this.#wish}
        @oim-example=${this.actions.chooseExample}
        @oim-files=${({ detail }: CustomEvent<File[]>) => void this.actions.opening.openFiles({ files: detail, folders: [] })}
        @oim-plain=${({ detail }: CustomEvent<boolean>) => void this.#with("plain-editor", () => (this.plain = detail))}
        @oim-discard=${() => void this.#keeping.discard()}
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
      <oim-tabs id=${column} .label=${label} .tabs=${tabs} .chosen=${this.tabs[column]} .quiet=${column === "result"} .actions=${column !== "result"} @oim-tab=${this.#tab(column)}>
        ${column === "rules" ? versionBadge(this.session) : nothing}
        ${
          // A tab that is there for a while needs the room.
          column === "rules" && !this.readonly && !isPassing(this.tabs.rules)
            ? sampleButton(this.session, this.actions.takeSample)
            : nothing
        }
        ${this.readonly ? nothing : formatButton(this.session, this.tabs[column], (name) => this.actions.format(name))}
        ${column === "input" ? stepper(this.session) : nothing}
        ${places.map(({ name }) => this.#panels.of(name, name === this.tabs[column], this))}
      </oim-tabs>
    `;
  }

  showKeys(): void {
    this.renderRoot.querySelector<OimHeader>("oim-header")?.help("keys");
  }

  readonly openBaseline = (event: CustomEvent<File>): void => void this.actions.opening.openBaseline(event);

  undo = (event: Event): void => {
    event.preventDefault();
    this.session.undo();
  };

  redo = (event: Event): void => {
    event.preventDefault();
    this.session.redo();
  };

  #tab(column: Column) {
    return ({ detail }: CustomEvent<PanelName>) => this.open(column, detail);
  }

  /** Chooses a tab. False where there is none such. */
  open(column: Column, name: PanelName): boolean {
    if (!this.#places(column, panelsOf(this.panels)).some((place) => place.name === name)) return false;
    this.tabs = { ...this.tabs, [column]: name };
    const { result } = this.tabs;
    this.session.wantCode(result === "code");
    this.session.lookAhead(result === "timeline" || result === "compare" ? result : null);
    return true;
  }

  /** Gives a panel in view the focus. */
  focusPanel(name: PanelName): void {
    // Its tab shows it only after it is drawn itself.
    void this.updateComplete.then(() =>
      requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>(`#${name}`)?.focus()),
    );
  }

  /** The parts that there are, in the order of the page. */
  get parts(): Part[] {
    const shown = panelsOf(this.panels);
    const columns = COLUMNS.map(({ name }) => name).filter((name) => this.#places(name, shown).length > 0);
    const all: Part[] = ["header", ...columns, "problems"];
    const there = all.filter((part) => (part === "header" || part === "problems" ? shown.has(part) : true));
    return this.messages.current ? [...there, "messages"] : there;
  }

  cycle(step: 1 | -1): void {
    this.#parts.cycle(step);
  }

  /** Shows a message in the place of the one before; a text alone is a note. */
  note(message: string | Message): void {
    this.messages.show(message);
  }

  opened(...names: DocumentName[]): void {
    this.#keeping.safe(...names);
  }

  /** What is in the editors is from somewhere else: they begin at their first line. */
  top(): void {
    this.linking.editors.top();
  }

  layoutChanged(): void {
    this.#keeping.layoutChanged();
  }

  #wish = ({ detail }: CustomEvent<HeaderAction>): void => {
    if (detail === "undo" || detail === "redo") this.session[detail]();
    else if (detail === "share") void this.#with("share", () => share(this, this.actions.state()));
    else void this.actions[detail]();
  };

  /** Does something that needs a piece of code, as soon as that is there. */
  async #with(piece: Piece, act: () => unknown): Promise<void> {
    try {
      await load(piece);
    } catch {
      return this.note({ text: "This needs a part of the page that could not be loaded. Try again.", kind: "error" });
    }
    await act();
  }

  suggest = (): void => void this.actions.suggest();

  #edited({ document, history }: DocumentChange): void {
    this.#parts.edited = document.name;
    this.linking.edited();
    this.requestUpdate();
    this.#keeping.changed();
    if (!history) this.#keeping.edited();
    this.messages.withdraw();
    dispatchChange(this, this.session);
  }

  #answered(answer: Answer): void {
    this.linking.squiggle();
    void this.actions.migrateAgain();
    void this.actions.proposing.suggestAgain();
    // A task after it is seen.
    if (!this.begun) requestAnimationFrame(() => setTimeout(() => (this.begun = true)));
    clearTimeout(this.#say);
    this.#say = setTimeout(() => (this.said = spoken(answer, this.session)), SAY_AFTER_MS);
    dispatchResult(this, answer);
  }

  #moved(documents: TextDocument[], how: "Undone" | "Redone"): void {
    this.#keeping.edited();
    this.note(`${how} in the ${named(documents)}.`);
  }

  #editRequested = ({ detail: { document, edits, before } }: CustomEvent<EditRequest>): void => {
    const target = this.session.document(document);
    if (!this.readonly && target.text === before) target.apply(edits);
  };

  #request = ({ detail }: CustomEvent<Partial<RequestSettings>>): void => this.session.set({ request: detail });

  #additional = ({ detail }: CustomEvent<"ignore" | "map">): void => this.session.set({ additional: detail });

  #map = ({ detail }: CustomEvent<PanelEvents["oim-map"]>): void =>
    void this.#with("map-menu", () => this.renderRoot.querySelector<OimMapMenu>("oim-map-menu")?.open(detail));
}
