import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxTree,
} from "@codemirror/language";
import { nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, type StateEffect, type Text } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { cursorInView } from "./cursor-in-view.ts";
import { hangingIndent, marks } from "./decorations.ts";
import { colours, theme } from "./theme.ts";
import { MAX_DEPTH } from "../json/tree.ts";

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>["resolveInner"]>;

/** Moving on with the arrow keys must not look everything up at every step. */
const REST_MS = 150;

/**
 * The keys and indexes that lead to the value at a place, a key counting for its value. `null` outside any value, in
 * texts so large that they are not parsed, and where it is nested deeper than the engine reads.
 */
export function pathAt(state: EditorState, offset: number): string[] | null {
  let node: SyntaxNode | null = syntaxTree(state).resolveInner(offset, offset > 0 ? -1 : 1);
  // Behind a value its last character counts, unless another value begins right here.
  const next = syntaxTree(state).resolveInner(offset, 1);
  if (next.from === offset && /^(String|Number|True|False|Null|PropertyName)$/.test(next.name)) node = next;
  const path: string[] = [];
  let inside = false;
  for (; node; node = node.parent) {
    const parent: SyntaxNode | null = node.parent;
    if (!parent) break;
    if (path.length > MAX_DEPTH) return null;
    if (parent.name === "Property") {
      const name = parent.getChild("PropertyName");
      if (!name) return null;
      path.unshift(unquoted(state.sliceDoc(name.from, name.to)));
      node = parent;
      inside = true;
    } else if (parent.name === "Array" && !/^[[\],]$/.test(node.name)) {
      path.unshift(String(placeIn(parent, node)));
      inside = true;
    }
  }
  return inside ? path : null;
}

function placeIn(array: SyntaxNode, item: SyntaxNode): number {
  let place = 0;
  for (let child = array.firstChild; child && child.from < item.from; child = child.nextSibling) {
    if (!/^[[\],⚠]$/.test(child.name)) place += 1;
  }
  return place;
}

function unquoted(name: string): string {
  try {
    return String(JSON.parse(name));
  } catch {
    return name.replaceAll('"', "");
  }
}

/** Reports where the user has put the cursor, once it rests. Where a program puts it, and where typing takes it, says nothing. */
export function onCursorRest(listener: (path: string[] | null) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return EditorView.updateListener.of(({ view, state, transactions, selectionSet, docChanged }) => {
    if (docChanged) return clearTimeout(timer);
    if (!selectionSet || !transactions.some((one) => one.isUserEvent("select"))) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (view.state === state) listener(pathAt(state, state.selection.main.head));
    }, REST_MS);
  });
}

/** From this many characters on there are no colours, no folding and no wrapped lines: they would take the editor's time. */
const PLAIN = 1_000_000;

/**
 * A line of so many characters has no colours, and no bracket finds its partner. With an element for each of some ten
 * thousand tokens the browser took 200 ms for a key, and 15 ms without. The partner is looked for in all of a line, and
 * where the text is no JSON, each bracket on the way climbs the tree.
 */
const LONG_LINE = 5_000;

const language = new Compartment();

/** What a text of usual size has. */
const foldable: Extension = [json(), highlightSelectionMatches(), EditorView.lineWrapping, hangingIndent];

/** What one with lines of usual length has. */
const rich: Extension = [foldable, bracketMatching(), colours];

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
const fitting = (text: Text): Extension => (text.length > PLAIN ? typed : hasLongLine(text) ? foldable : rich);

function hasLongLine(text: Text): boolean {
  if (text.length <= LONG_LINE) return false;
  for (const line of text.iterLines()) if (line.length > LONG_LINE) return true;
  return false;
}

/** The language that goes with the size of the text. A text that no editor shows has none: reading it would be in vain. */
export const languages: Extension = [
  language.of(NONE),
  EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) => {
    const now = language.get(startState);
    if (!docChanged || now === NONE) return null;
    const next = fitting(newDoc);
    return next === now ? null : { effects: language.reconfigure(next) };
  }),
];

/** For a text that comes into view. */
export const inView = ({ doc }: EditorState): StateEffect<unknown> => language.reconfigure(fitting(doc));

/** What the keys for undoing do: the page has one history over all its texts. */
export interface HistoryKeys {
  undo(): boolean;
  redo(): boolean;
}

/**
 * A JSON editor; while it is empty, `hint` stands in it. Tab is left alone on purpose: with the keyboard one must be able to leave an editor the way one came.
 */
export function jsonEditor(
  { label, hint }: { label: string; hint: string },
  { undo, redo }: HistoryKeys,
  pointed: (path: string[] | null) => void,
): Extension {
  return [
    languages,
    placeholder(hint),
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
    cursorInView,
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
    onCursorRest(pointed),
    EditorView.contentAttributes.of({
      "aria-label": label,
      tabindex: "0",
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
    }),
  ];
}

/** A JSON text that is read, searched and copied, not changed. */
export function jsonViewer(label: string): Extension {
  return [
    languages,
    theme,
    lineNumbers(),
    foldGutter(),
    codeFolding(),
    search({ top: true }),
    keymap.of([...defaultKeymap, ...searchKeymap, ...foldKeymap]),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({
      "aria-label": label,
      tabindex: "0",
      "aria-readonly": "true",
      spellcheck: "false",
    }),
  ];
}
