import type { Update } from "../engine/protocol.ts";
import type { DocumentName, Edit } from "../panels/contract.ts";
import type { DocumentChange, TextDocument } from "./document.ts";

/** What the engine has to learn of the texts before the next question: of the payload its edits, of the configuration all of it. */
export class PendingUpdates {
  readonly #documents: Record<DocumentName, TextDocument>;
  #updates: Update[] = [];
  #configChanged = false;

  constructor(documents: Record<DocumentName, TextDocument>) {
    this.#documents = documents;
  }

  add({ document, edits }: DocumentChange): void {
    const { payload } = this.#documents;
    if (document === payload)
      this.#updates.push({ kind: "edit", edits: edits.map((edit) => withWholeCharacters(edit, payload)) });
    else this.#configChanged = true;
  }

  /** Both texts, for an engine that knows nothing yet. */
  everything(): Update[] {
    this.#updates = [];
    this.#configChanged = false;
    return [this.#text("payload"), this.#text("config")];
  }

  /** What has changed since the last call. An engine that lost the payload gets it whole. */
  next(payloadIsLost: boolean): Update[] {
    const updates = payloadIsLost ? [this.#text("payload")] : this.#updates;
    if (this.#configChanged) updates.push(this.#text("config"));
    this.#updates = [];
    this.#configChanged = false;
    return updates;
  }

  #text(document: DocumentName): Update {
    return { kind: "set", document, text: this.#documents[document].text };
  }
}

/**
 * An edit that ends inside a pair of surrogates, or makes one out of two halves, as one that does not: the worker keeps
 * UTF-8, which knows no halves. The text around it is that after the edit.
 */
function withWholeCharacters(edit: Edit, document: TextDocument): Edit {
  const behind = edit.start + edit.text.length;
  const before = /[\ud800-\udbff]/.test(document.slice(edit.start - 1, edit.start)) ? 1 : 0;
  const after = /[\udc00-\udfff]/.test(document.slice(behind, behind + 1)) ? 1 : 0;
  if (before + after === 0 || edit.start < before) return edit;
  const text = document.slice(edit.start - before, behind + after);
  return { start: edit.start - before, end: edit.end + after, text };
}
