/** What is pasted, wherever the focus is. */
import type { DocumentName } from "../panels/contract.ts";
import type { TextDocument } from "../state/document.ts";
import { type Dropped, filesOf } from "./drop.ts";

export interface Pasted {
  text: string;
  /** Without a text: files, and the names of folders. */
  dropped: Dropped;
  /** The editor that it is pasted into; `null`: none. */
  into: DocumentName | null;
  /** It would replace the whole text of the editor. */
  isWhole: boolean;
}

/**
 * Hears what is pasted into the editors below `target`, or where nothing can be typed. `take` says whether it takes care
 * of it; else it goes on as any paste. Gives the function that ends it.
 */
export function onPaste(target: EventTarget, take: (pasted: Pasted) => boolean): () => void {
  const listener = (event: Event): void => {
    const { clipboardData } = event as ClipboardEvent;
    const path = event.composedPath().filter((one): one is HTMLElement => one instanceof HTMLElement);
    const editor = path.find(({ localName }) => localName === "oim-editor" || localName === "oim-plain-editor");
    const [field] = path;
    if (!clipboardData || (!editor && field?.matches("input, textarea, select, [contenteditable]"))) return;
    // An open dialog is about something else.
    if (!editor && path.some(({ localName }) => localName === "dialog")) return;
    const text = clipboardData.getData("text/plain");
    const pasted: Pasted = {
      text,
      dropped: text === "" ? filesOf(clipboardData) : { files: [], folders: [] },
      into: editor ? (editor.id as DocumentName) : null,
      isWhole: editor === undefined || isWhole(editor, field),
    };
    if (!take(pasted)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  target.addEventListener("paste", listener, { capture: true });
  return () => target.removeEventListener("paste", listener, { capture: true });
}

/** All of the text is selected, or there is none. */
function isWhole(editor: HTMLElement, field: HTMLElement | undefined): boolean {
  if (field instanceof HTMLTextAreaElement)
    return field.value.trim() === "" || (field.selectionStart === 0 && field.selectionEnd === field.value.length);
  const { document } = editor as HTMLElement & { document: TextDocument };
  const { start, end } = document.selection;
  return document.isBlank || (start === 0 && end === document.length);
}
