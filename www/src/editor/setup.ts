import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { cursorRests } from "./cursor.ts";
import { hangingIndent } from "./hanging.ts";
import { marks } from "./marks.ts";
import { theme } from "./theme.ts";

/** From this many characters on there are no colours, no folding and no wrapped lines: they would take the editor's time. */
const PLAIN = 1_000_000;

export const language = new Compartment();

/** What a text of usual size has. */
export const rich: Extension = [json(), bracketMatching(), highlightSelectionMatches(), EditorView.lineWrapping, hangingIndent];

/**
 * Takes what is typed from the browser's word for it. The editor would find it out by comparing what is drawn with the
 * text, which on a line of megabytes, as payloads often are, takes longer than a key may.
 */
const typed = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event;
    if (inputType !== "insertText" || !data || event.isComposing || view.composing || view.state.readOnly) return false;
    const { from, to } = view.state.selection.main;
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    if (!view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, data, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** Whether the text can be edited by hand. */
export const editable = new Compartment();

export const plainWhenLarge = EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) => {
  if (!docChanged) return null;
  const plain = newDoc.length > PLAIN;
  if (plain === startState.doc.length > PLAIN) return null;
  return { effects: language.reconfigure(plain ? typed : rich) };
});

/** What the keys for undoing do: the page has one history over all its texts. */
export interface HistoryKeys {
  undo(): boolean;
  redo(): boolean;
}

/**
 * A JSON editor. Tab is left alone on purpose: with the keyboard one must be able to leave an editor the way one came.
 */
export function jsonEditor(label: string, { undo, redo }: HistoryKeys, pointed: (path: string[] | null) => void): Extension {
  return [
    language.of(rich),
    editable.of([]),
    plainWhenLarge,
    theme,
    lineNumbers(),
    foldGutter(),
    codeFolding(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    history(),
    indentOnInput(),
    indentUnit.of("  "),
    closeBrackets(),
    search({ top: true }),
    marks,
    keymap.of([
      { key: "F8", run: nextDiagnostic },
      { key: "Shift-F8", run: previousDiagnostic },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      { key: "Mod-z", run: undo, preventDefault: true },
      { key: "Mod-y", mac: "Mod-Shift-z", run: redo, preventDefault: true },
      { key: "Mod-Shift-z", run: redo, preventDefault: true },
      ...foldKeymap,
    ]),
    cursorRests(pointed),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
  ];
}
