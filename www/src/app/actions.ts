import type { Diagnostic } from "../engine/types.ts";
import { type Example, examples } from "../examples/index.ts";
import { download, projectText } from "../files/open.ts";
import { sampleOf } from "../json/body.ts";
import { formatted } from "../json/format.ts";
import { rangeAt } from "../json/pointer.ts";
import {
  type DocumentName,
  type Message,
  type Migration,
  StaleAnswerError,
  type Proposal,
  type Selection,
} from "../panels/contract.ts";
import { lastModel } from "../panels/form/model.ts";
import { fromHash, ownHash, type Shared } from "../share/link.ts";
import type { Session } from "../state/session.ts";
import { documentOf } from "../text/fixes.ts";
import { count, withoutCode } from "../text/format.ts";
import { Opening } from "./opening.ts";
import { type Column, COLUMNS, isPassing, type PanelName, PLACES } from "./panel-registry.ts";
import { Proposing, type ProposingPage } from "./proposing.ts";
import { usePayload } from "./sample.ts";

/** The file that holds all of the page. */
const PROJECT = "oim-playground.json";

/** What of the page is put in place with its texts. */
export interface Page {
  readonly session: Session;
  readonly readonly: boolean;
  readonly standalone: boolean;
  readonly shareKey: string | null;
  readonly hasUpdated: boolean;
  readonly tabs: Record<Column, PanelName>;
  proposal: Proposal | null;
  migration: Migration | null;
  selection: Selection | null;
  loads: number;
  readonly linking: ProposingPage["linking"];
  readonly messages: ProposingPage["messages"];
  /** Chooses a tab. False where there is none such. */
  open(column: Column, name: PanelName): boolean;
  /** Gives a panel in view the focus. */
  focusPanel(name: PanelName): void;
  /** Shows a message; a text alone is a note. */
  note(message: string | Message): void;
  /** These texts are from somewhere else, or saved there, so nothing is lost with them. */
  opened(...names: DocumentName[]): void;
  /** Puts the editors at their first line. */
  top(): void;
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
    this.proposing = new Proposing(page, (problem) => this.#fix(problem));
    this.opening = new Opening(page, (state) => this.#openState(state, true));
  }

  suggest(): Promise<void> {
    return this.proposing.suggest();
  }

  /** Takes an example's texts; `undoable` when there may be something to go back to. */
  load(example: Example, undoable: boolean): void {
    const { body } = example;
    this.#page.session.load({ payload: sampleOf(body), config: body }, undoable);
    this.#page.selection = null;
    this.#page.loads += 1;
    this.#page.top();
    // The sample is the payload next door, so here it only takes room.
    const sample = rangeAt(body, "/sample_payload");
    if (sample) this.#page.session.config.fold(sample);
    this.#page.opened("payload", "config");
  }

  chooseExample = ({ detail }: CustomEvent<number>): void => {
    const example = examples[detail];
    if (!example) return;
    this.load(example, true);
    this.#page.note({ text: `The example ${example.label} is in place.`, undo: true });
  };

  /** Starts over with the first example. */
  startOver(): void {
    const [first] = examples;
    if (first) this.load(first, true);
  }

  /** Saves all of it as a file. */
  save(): void {
    download(PROJECT, projectText(this.state()), "application/json");
    this.#page.opened("payload", "config");
    this.#page.note(`Saved as ${PROJECT}.`);
  }

  /** Starts with a payload of the user's own. */
  begin(): void {
    this.#page.session.load({ payload: "", config: "" }, true);
    this.#page.selection = null;
    this.#page.proposal = null;
    this.#page.loads += 1;
    if (isPassing(this.#page.tabs.rules)) this.#page.open("rules", "form");
    this.#page.open("input", "payload");
    this.#page.focusPanel("payload");
    this.#page.opened("payload", "config");
    this.#page.note({ text: "Both texts are empty now.", undo: true });
  }

  /** Migrates the configuration to version 2, and shows what comes of it. */
  async migrate(): Promise<void> {
    try {
      this.#page.migration = await this.#page.session.migrate();
      this.#page.open("rules", "migration");
      this.#page.focusPanel("migration");
    } catch (error) {
      if (error instanceof StaleAnswerError) this.#refuse("The texts have changed. Select Migrate again.");
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
    const { migration, session, messages } = this.#page;
    messages.withdraw();
    if (taken && migration?.migrated.text) {
      if (session.config.text !== migration.before)
        return this.#refuse("The configuration has changed. Look at the difference again.");
      session.config.replace(migration.migrated.text);
      this.#page.note({ text: "The configuration is now of version 2.", undo: true });
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

  /** Says why something cannot be done with the texts as they are. */
  #refuse(text: string): void {
    this.#page.note({ text, kind: "error", ofTexts: true });
  }

  /** Puts everything back in place. */
  #take({ payload, config, additional, request, view }: Shared, undoable: boolean): void {
    this.#page.session.load({ payload, config }, undoable);
    this.#page.session.set({ additional, request });
    this.#page.selection = null;
    this.#page.loads += 1;
    for (const { name: column } of COLUMNS) {
      const place = PLACES.find((place) => place.column === column && place.name === view[column]);
      if (place && !isPassing(place.name)) this.#page.open(column, place.name);
    }
  }

  /** Puts in place what also is in a link or in a file. */
  #openState(state: Shared, undoable: boolean): void {
    this.#take(state, undoable);
    this.#page.opened("payload", "config");
  }

  /** Work of an earlier visit is there. */
  restore(state: Shared): void {
    // A link says what is wanted; what was kept comes back at the next visit.
    if (!this.#linked) this.#take(state, false);
  }

  /** Opens the link in the address of the page, if there is one. */
  openLink = async (): Promise<void> => {
    const { standalone, shareKey } = this.#page;
    const hash = standalone ? location.hash : shareKey === null ? "" : ownHash(location.hash, shareKey);
    if (hash === "") return;
    const opened = await fromHash(hash);
    if (opened.kind === "problem") this.#page.note({ text: `${opened.message}. ${opened.help}`, kind: "error" });
    if (opened.kind !== "state") return;
    this.#linked = true;
    const replaces = this.#page.hasUpdated;
    this.#openState(opened.state, replaces);
    if (replaces) this.#page.note({ text: "The texts of the link are in place.", undo: true });
  };

  /** Lays a text out anew. */
  format(name: DocumentName): void {
    const document = this.#page.session.document(name);
    const text = formatted(document.text);
    if (text === null) return this.#refuse("Only valid JSON can be formatted. Fix the error first.");
    document.replace(text);
  }

  /** The payload becomes the sample of the body. */
  takeSample = (): void => this.#page.note(usePayload(this.#page.session));

  /** Takes a suggestion. */
  fix = ({ detail }: CustomEvent<Diagnostic>): void => this.#fix(detail);

  #fix(problem: Diagnostic): void {
    const { suggestion } = problem;
    // Edits of an answer that lags behind would land in the wrong place. The next answer brings them again.
    if (!this.#canFix || !suggestion) return;
    this.#page.session.document(documentOf(problem)).apply(suggestion.edits);
    this.#page.note({ text: `Fixed: ${withoutCode(suggestion.title)}.`, undo: true });
  }

  /** Has the engine fix all of the configuration that can be fixed at once, as one step. */
  fixAll = async (): Promise<void> => {
    if (!this.#canFix) return;
    const { session } = this.#page;
    const { config, history } = session;
    const before = config.text;
    try {
      const { text, applied } = await session.call("fix", null);
      if (!this.#canFix || config.text !== before) throw new StaleAnswerError();
      if (applied.length === 0) return this.#refuse("Nothing could be fixed without breaking the JSON.");
      history.together(() => {
        // Edit by edit, so that the cursor stays where it is; then what only showed after these edits.
        config.apply(applied.flatMap(({ suggestion }) => suggestion?.edits ?? []));
        config.replace(text);
      });
      this.#page.note({ text: `${count(applied.length, "problem")} fixed.`, undo: true });
    } catch (error) {
      if (error instanceof StaleAnswerError) this.#refuse("The configuration has changed. Select Fix again.");
      else throw error;
    }
  };

  get #canFix(): boolean {
    return this.#page.session.fresh && !this.#page.readonly;
  }
}
