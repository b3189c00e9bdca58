import type { Range } from "../engine/types.ts";
import type { Edit } from "../panels/contract.ts";

export type { Edit };

/** A change of a text. */
export interface TextChange {
  /** One after the other: the places of each are those after the one before it. */
  edits: Edit[];
  /** The change can be undone by one step more than before it. */
  step: boolean;
  /** The change is itself an undoing or its opposite. */
  history: boolean;
}

/** Typing grows into steps of a sensible size; another edit is a step of its own. */
export type EditKind = "typing" | "input" | "step";

/** What holds a text and its history. */
export interface TextStore {
  readonly text: string;
  /** In UTF-16 code units, without making one string of the text. */
  readonly length: number;
  slice(start: number, end: number): string;
  /** What is selected; of no length where only the cursor is somewhere. */
  readonly selection: Range;
  /** Starts over with a text that nothing leads back from. */
  reset(text: string): void;
  /** Applies edits together. Their places are those before any of them. */
  edit(edits: readonly Edit[], kind: EditKind): void;
  undo(): boolean;
  redo(): boolean;
  /** Folds a part away, wherever the text is shown with folds. */
  fold(range: Range): void;
}
