import type { Diagnostic, Range } from "../engine/types.ts";
import type { DocumentName } from "../panels/contract.ts";
import type { OimEditor } from "../panels/editor.ts";

const NAMES = ["payload", "config"] as const;

interface State {
  editor: OimEditor | null;
  marked: Range | null;
  problems: Diagnostic[];
}

/** What is marked and underlined in the editors. An editor that is opened later, or takes another's place, shows the same. */
export class Editors {
  readonly #find: (name: DocumentName) => OimEditor | null;
  readonly #states: Record<DocumentName, State> = {
    payload: { editor: null, marked: null, problems: [] },
    config: { editor: null, marked: null, problems: [] },
  };

  constructor(find: (name: DocumentName) => OimEditor | null) {
    this.#find = find;
  }

  /** To be called when the editors that there are may have changed. */
  drawn(): void {
    for (const name of NAMES) {
      const state = this.#states[name];
      const editor = this.#find(name);
      if (editor === state.editor) continue;
      state.editor = editor;
      editor?.squiggle(state.problems);
      if (state.marked) editor?.mark(state.marked);
    }
  }

  /** Puts the cursors and the views at the beginning. */
  top(): void {
    for (const name of NAMES) this.#find(name)?.top();
  }

  mark(name: DocumentName, range: Range | null): void {
    this.#states[name].marked = range;
    this.#find(name)?.mark(range);
  }

  unmark(): void {
    for (const name of NAMES) this.mark(name, null);
  }

  squiggle(diagnostics: readonly Diagnostic[]): void {
    for (const name of NAMES) {
      const problems = diagnostics.filter(({ document }) => (document === "payload") === (name === "payload"));
      this.#states[name].problems = problems;
      this.#find(name)?.squiggle(problems);
    }
  }

  select(name: DocumentName, range: Range | undefined): void {
    this.#find(name)?.select(range);
  }
}
