/** Everything that editing a text takes, as one piece that is loaded after the first alerts. */
import type { DocumentName } from "../panels/contract.ts";
import type { TakeOver } from "../state/document.ts";
import { completion, type Known } from "./completion.ts";
import { EditorText } from "./editor-text.ts";
import { hover } from "./hover.ts";
import { type HistoryKeys, jsonEditor } from "./setup.ts";

export { openView } from "./view.ts";

export interface EditorOptions {
  name: DocumentName;
  label: string;
  /** What an empty text invites to. */
  hint: string;
  keys: HistoryKeys;
  known(): Known;
  /** The user has put the cursor into the value to which these keys lead. */
  pointed(name: DocumentName, path: string[] | null): void;
}

/** Makes an editor's state of a text of the page. */
export function inEditor({ name, label, hint, keys, known, pointed }: EditorOptions): TakeOver {
  const editor = jsonEditor({ label, hint }, keys, (path) => pointed(name, path));
  const extensions = [editor, hover(name, known), name === "config" ? completion(known) : []];
  return (plain, changed) => new EditorText(extensions, plain, changed);
}
