import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, type StateEffect } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { cursorRests } from "./cursor.ts";
import { hangingIndent } from "./hanging.ts";
import { marks } from "./marks.ts";
import { theme } from "./theme.ts";

/** From this many characters on there are no colours, no folding and no wrapped lines: they would take the editor's time. */
const PLAIN = 1_000_000;

const language = new Compartment();

/** What a text of usual size has. */
const rich: Extension = [
  json(),
  bracketMatching(),
  highlightSelectionMatches(),
  EditorView.lineWrapping,
  hangingIndent,
];

/**
 * Takes what is typed from the browser's word for it. The editor would find it out by comparing what is drawn with the
 * text, which on a line of megabytes, as payloads often are, takes longer than a key may.
 */
const typed = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event;
    if (inputType !== "insertText" || !data || event.isComposing || view.composing || view.state.readOnly) return false;
    const { from, to } = view.state.selection.main;
    const insert = () =>
      view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    if (!view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, data, insert)))
      view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** Whether the text can be edited by hand. */
export const editable = new Compartment();

const NONE: Extension = [];
const ofLength = (length: number): Extension => (length > PLAIN ? typed : rich);

/** The language that goes with the size of the text. A text that no editor shows has none: reading it would be in vain. */
export const languages: Extension = [
  language.of(NONE),
  EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) => {
    const now = language.get(startState);
    if (!docChanged || now === NONE) return null;
    const next = ofLength(newDoc.length);
    return next === now ? null : { effects: language.reconfigure(next) };
  }),
];

/** For a text that comes into view. */
export const inView = ({ doc }: EditorState): StateEffect<unknown> => language.reconfigure(ofLength(doc.length));

/** What the keys for undoing do: the page has one history over all its texts. */
export interface HistoryKeys {
  undo(): boolean;
  redo(): boolean;
}

/**
 * A JSON editor. Tab is left alone on purpose: with the keyboard one must be able to leave an editor the way one came.
 */
export function jsonEditor(
  label: string,
  { undo, redo }: HistoryKeys,
  pointed: (path: string[] | null) => void,
): Extension {
  return [
    languages,
    editable.of([]),
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
    EditorView.contentAttributes.of({
      "aria-label": label,
      tabindex: "0",
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
    }),
  ];
}
