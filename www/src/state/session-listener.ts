import type { Answer } from "../engine/protocol.ts";
import type { DocumentName } from "../panels/contract.ts";
import type { DocumentChange, TextDocument } from "./document.ts";

/** Hears what happens in the session. */
export interface SessionListener {
  /** Something of what the session knows has changed. */
  changed(): void;
  /** A text has changed; what was known of it may no longer hold. */
  edited(change: DocumentChange): void;
  answered(answer: Answer): void;
  /** The user has put the cursor into the value to which these keys lead. */
  pointed(name: DocumentName, path: string[] | null): void;
  /** An undo or redo changed these documents. */
  moved(documents: TextDocument[], how: "Undone" | "Redone"): void;
  crashed(gaveUp: boolean): void;
}
