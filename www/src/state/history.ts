import type { DocumentChange, TextDocument } from "./document.ts";

/** A step that can be undone; those of one `group` go together. */
interface Entry {
  document: TextDocument;
  group: number;
}

/** One history over the documents: what was done last is undone first, wherever it was done. */
export class History {
  #done: Entry[] = [];
  #undone: Entry[] = [];
  #group = 0;
  #grouping = false;
  #moving = false;

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Everything that `work` does to the documents is one step. */
  together(work: () => void): void {
    this.#group += 1;
    this.#grouping = true;
    try {
      work();
    } finally {
      this.#grouping = false;
    }
  }

  took({ document, step, history }: DocumentChange): void {
    if (this.#moving || history) return;
    this.#undone = [];
    if (!step) return;
    if (!this.#grouping) this.#group += 1;
    this.#done.push({ document, group: this.#group });
  }

  /** The document starts over: nothing leads back into it. */
  forget(document: TextDocument): void {
    this.#done = this.#done.filter((entry) => entry.document !== document);
    this.#undone = this.#undone.filter((entry) => entry.document !== document);
  }

  undo(): TextDocument[] {
    return this.#move(this.#done, this.#undone, (document) => document.undo());
  }

  redo(): TextDocument[] {
    return this.#move(this.#undone, this.#done, (document) => document.redo());
  }

  /** Moves the last step of one list, with its whole group, to the other. Gives the documents that changed. */
  #move(from: Entry[], to: Entry[], move: (document: TextDocument) => boolean): TextDocument[] {
    const group = from.at(-1)?.group;
    const moved: TextDocument[] = [];
    this.#moving = true;
    try {
      while (from.length > 0 && from.at(-1)?.group === group) {
        const entry = from.pop() as Entry;
        if (!move(entry.document)) continue;
        to.push(entry);
        moved.push(entry.document);
      }
    } finally {
      this.#moving = false;
    }
    return moved;
  }
}
