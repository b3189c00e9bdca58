import { EditorState, type StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Diagnostic, Range } from "../engine/types.ts";
import type { Edit } from "../panels/contract.ts";
import { markRange, squiggle } from "./decorations.ts";
import type { EditorText } from "./editor-text.ts";
import { editable, inView } from "./setup.ts";

/** An editor on the page. */
export interface TextView {
  /** Puts the cursor and the view at the beginning. */
  top(): void;
  mark(range: Range | null): void;
  squiggle(diagnostics: Diagnostic[], fix: (edits: Edit[]) => void): void;
  focus(): void;
  /** Moves the cursor to a range, selects it and gives the editor the focus. */
  select(range: Range | undefined): void;
  setReadonly(readonly: boolean): void;
  /** Ends the editor; the text stays. */
  close(): void;
}

/** Opens an editor of a text in an element of a shadow tree. */
export function openView(text: EditorText, parent: HTMLElement, isReadonly: boolean): TextView {
  let readonly = isReadonly;
  const writable = (): StateEffect<unknown> => editable.reconfigure(readonly ? [EditorState.readOnly.of(true)] : []);
  const view: EditorView = new EditorView({
    state: text.state,
    parent,
    root: parent.getRootNode() as ShadowRoot,
    dispatchTransactions: (transactions) => {
      view.update(transactions);
      for (const transaction of transactions) text.took(transaction);
    },
  });
  text.attach(view, (state) => [inView(state), writable()]);
  return {
    top() {
      view.dispatch({ selection: { anchor: 0 } });
      view.scrollDOM.scrollTo(0, 0);
    },
    mark: (range) => markRange(view, range),
    squiggle: (diagnostics, fix) => squiggle(view, diagnostics, fix),
    focus: () => view.focus(),
    select(range) {
      const { length } = view.state.doc;
      const anchor = Math.min(range?.start ?? 0, length);
      view.dispatch({
        selection: { anchor, head: Math.min(range?.end ?? 0, length) },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      view.focus();
    },
    setReadonly(isReadonly) {
      readonly = isReadonly;
      view.dispatch({ effects: writable() });
    },
    close() {
      text.detach();
      view.destroy();
    },
  };
}
