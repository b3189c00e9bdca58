import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Diagnostic } from "../engine/types.ts";
import type { DocumentName, Selection } from "../panels/contract.ts";
import type { OimEditor } from "../panels/editor.ts";
import type { OimProblems } from "../panels/problems.ts";
import type { Session } from "../state/session.ts";
import { Editors } from "./editors.ts";
import type { Column, PanelName } from "./panel-registry.ts";
import { configRange, payloadRange, selectionAt } from "./selection.ts";

interface Page extends ReactiveControllerHost {
  readonly session: Session;
  readonly renderRoot: HTMLElement | DocumentFragment;
  selection: Selection | null;
  /** Chooses a tab. */
  open(column: Column, name: PanelName): void;
}

/** Leads from a value to its places in the texts and back: what is selected is marked in the editors. */
export class Linking implements ReactiveController {
  readonly #page: Page;
  /** Before the page is drawn for the first time there are none. */
  readonly editors = new Editors((name) => this.#page.renderRoot?.querySelector<OimEditor>(`#${name}`) ?? null);

  constructor(page: Page) {
    this.#page = page;
    page.addController(this);
  }

  hostUpdated(): void {
    this.editors.drawn();
  }

  /** A text was edited: the places of the selection may have moved. */
  edited(): void {
    if (!this.#page.selection) return;
    this.#page.selection = null;
    this.editors.unmark();
  }

  /** Underlines the problems of the answer, if it is about the texts as they stand. */
  squiggle(): void {
    const { fresh, diagnostics } = this.#page.session;
    if (fresh) this.editors.squiggle(diagnostics);
  }

  /** A panel selects something. */
  select = ({ detail }: CustomEvent<Selection | null>): void => {
    this.#page.selection = detail;
    const { session } = this.#page;
    // Places in an answer from before an error belong to texts that are gone.
    const current = session.fresh && session.answer?.ran ? detail : null;
    this.editors.mark("payload", current ? payloadRange(current, session.payload) : null);
    this.editors.mark("config", current ? configRange(current, session.config) : null);
    if (detail?.kind === "step") void session.look(detail.alert);
  };

  /** The cursor went to a value: what became of it is looked at, and the places that it led to are marked. */
  pointed(name: DocumentName, path: string[] | null): void {
    if (path === null || path.length === 0) return;
    const selection = selectionAt(name, path, this.#page.session.config.text);
    if (!selection) return;
    this.#page.selection = selection;
    this.editors.mark(name === "config" ? "payload" : "config", null);
  }

  go = ({ detail }: CustomEvent<Diagnostic>): void => this.goTo(detail);

  /** Shows the place of a problem. */
  goTo({ document, range }: Diagnostic): void {
    const name = document === "payload" ? "payload" : "config";
    this.#page.open(name === "payload" ? "input" : "rules", name);
    void this.#page.updateComplete.then(() => this.editors.select(name, range));
  }

  /** Leads to a problem in the list of problems, which has its place and its fix, or else to its place. */
  lead(problem: Diagnostic): void {
    void this.#page.updateComplete.then(() => {
      const list = this.#page.renderRoot.querySelector<OimProblems>("oim-problems");
      if (!list?.show(problem)) this.goTo(problem);
    });
  }
}
