import type { Diagnostic } from "../engine/types.ts";
import { withSample } from "../json/body.ts";
import { formatted } from "../json/format.ts";
import {
  type DocumentName,
  type Migration,
  StaleAnswerError,
  type Proposal,
  type Selection,
} from "../panels/contract.ts";
import { lastModel } from "../panels/form/model.ts";
import type { Kept } from "../persistence/store.ts";
import { fromHash, type Shared } from "../share/link.ts";
import type { Session } from "../state/session.ts";
import { documentOf } from "../text/fixes.ts";
import { count } from "../text/format.ts";
import { Opening } from "./opening.ts";
import { type Column, COLUMNS, isPassing, type PanelName, PLACES } from "./panel-registry.ts";
import { Proposing } from "./proposing.ts";

/** What of the page is put in place with its texts. */
export interface Page {
  readonly session: Session;
  readonly readonly: boolean;
  readonly hasUpdated: boolean;
  readonly tabs: Record<Column, PanelName>;
  proposal: Proposal | null;
  migration: Migration | null;
  selection: Selection | null;
  loads: number;
  /** The example that is shown, by its number; `null`: the texts are the user's own. */
  example: number | null;
  /** Chooses a tab. */
  open(column: Column, name: PanelName): void;
  /** Gives a panel in view the focus. */
  focusPanel(name: PanelName): void;
  /** Says something in passing. */
  note(text: string): void;
}

/** What is done with all of the page at once: opening, keeping, sharing, fixing. */
export class PageActions {
  readonly #page: Page;
  readonly proposing: Proposing;
  readonly opening: Opening;
  /** A link was opened. */
  #linked = false;

  constructor(page: Page) {
    this.#page = page;
    this.proposing = new Proposing(page);
    this.opening = new Opening(page, (state) => this.#take(state, true));
  }

  /** Starts with a payload of the user's own. */
  begin(): void {
    this.#page.session.load({ payload: "", config: "" }, true);
    this.#page.selection = null;
    this.#page.proposal = null;
    this.#page.example = null;
    this.#page.loads += 1;
    if (isPassing(this.#page.tabs.rules)) this.#page.open("rules", "form");
    this.#page.open("input", "payload");
    this.#page.focusPanel("payload");
    this.#page.note("Both texts are empty now. Undo brings them back.");
  }

  /** Migrates the configuration to version 2, and shows what comes of it. */
  async migrate(): Promise<void> {
    try {
      this.#page.migration = await this.#page.session.migrate();
      this.#page.open("rules", "migration");
      this.#page.focusPanel("migration");
    } catch (error) {
      if (error instanceof StaleAnswerError) this.#page.note("The texts have changed. Select Migrate again.");
      else throw error;
    }
  }

  /** The texts may be others than those of the migration that is shown. */
  async migrateAgain(): Promise<void> {
    const { migration, session } = this.#page;
    if (!migration) return;
    const model = lastModel(session.config.text);
    if (model?.version !== "1" || model.versionIsOpen) return this.#endMigration();
    try {
      const again = await session.migrate();
      // It may have been taken in the meantime.
      if (this.#page.migration) this.#page.migration = again;
    } catch (error) {
      // The next answer asks again.
      if (!(error instanceof StaleAnswerError)) throw error;
    }
  }

  /** The migrated configuration is taken, or the present one stays. */
  endMigration = ({ detail: taken }: CustomEvent<boolean>): void => {
    const { migration, session } = this.#page;
    if (taken && migration?.migrated.text) {
      if (session.config.text !== migration.before)
        return this.#page.note("The configuration has changed. Look at the difference again.");
      session.config.replace(migration.migrated.text);
      this.#page.note("The configuration is now of version 2. Undo restores version 1.");
    }
    this.#endMigration();
    this.#page.focusPanel("form");
  };

  #endMigration(): void {
    this.#page.migration = null;
    if (this.#page.tabs.rules === "migration") this.#page.open("rules", "form");
  }

  /** Everything that a link or a file holds. */
  state = (): Shared => {
    const { appKey, ...request } = this.#page.session.settings.request;
    return {
      payload: this.#page.session.payload.text,
      config: this.#page.session.config.text,
      additional: this.#page.session.settings.additional,
      request,
      view: this.#page.tabs,
    };
  };

  /** Puts everything back in place. */
  #take({ payload, config, additional, request, view }: Shared, undoable: boolean): void {
    this.#page.session.load({ payload, config }, undoable);
    this.#page.session.set({ additional, request });
    this.#page.example = null;
    this.#page.selection = null;
    this.#page.loads += 1;
    for (const { name: column } of COLUMNS) {
      const place = PLACES.find((place) => place.column === column && place.name === view[column]);
      if (place && !isPassing(place.name)) this.#page.open(column, place.name);
    }
  }

  /** Work of an earlier visit is there. */
  restore = ({ detail }: CustomEvent<Kept>): void => {
    // A link says what is wanted; what was kept comes back at the next visit.
    if (!this.#linked) this.#take(detail.state, false);
  };

  /** Opens the link in the address of the page, if there is one. */
  async openLink(): Promise<void> {
    const opened = await fromHash(location.hash);
    if (opened.kind === "problem") this.#page.note(`${opened.message}. ${opened.help}`);
    if (opened.kind !== "state") return;
    this.#linked = true;
    this.#take(opened.state, this.#page.hasUpdated);
  }

  /** Lays a text out anew. */
  format(name: DocumentName): void {
    const document = this.#page.session.document(name);
    const text = formatted(document.text);
    if (text === null) this.#page.note("Only valid JSON can be formatted. Fix the error first.");
    else document.replace(text);
  }

  /** The payload becomes the sample of the body. */
  takeSample = (): void => {
    const { config, payload } = this.#page.session;
    const edit = withSample(config.text, payload.text);
    if (edit) config.apply([edit]);
    else this.#page.note("The configuration is not a request body yet: it needs `config`.");
  };

  /** Takes a suggestion. */
  fix = ({ detail }: CustomEvent<Diagnostic>): void => {
    // Edits of an answer that lags behind would land in the wrong place. The next answer brings them again.
    if (!this.#canFix || !detail.suggestion) return;
    this.#page.session.document(documentOf(detail)).apply(detail.suggestion.edits);
  };

  /** Has the engine fix all of the configuration that can be fixed at once, as one step. */
  fixAll = async (): Promise<void> => {
    if (!this.#canFix) return;
    const { session } = this.#page;
    const { config, history } = session;
    const before = config.text;
    try {
      const { text, applied } = await session.call("fix", null);
      if (!this.#canFix || config.text !== before) throw new StaleAnswerError();
      if (applied.length === 0) return this.#page.note("Nothing could be fixed without breaking the JSON.");
      history.together(() => {
        // Edit by edit, so that the cursor stays where it is; then what only showed after these edits.
        config.apply(applied.flatMap(({ suggestion }) => suggestion?.edits ?? []));
        config.replace(text);
      });
      this.#page.note(`${count(applied.length, "problem")} fixed. Undo restores them.`);
    } catch (error) {
      if (error instanceof StaleAnswerError) this.#page.note("The configuration has changed. Select Fix again.");
      else throw error;
    }
  };

  get #canFix(): boolean {
    return this.#page.session.fresh && !this.#page.readonly;
  }
}
