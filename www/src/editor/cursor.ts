import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>["resolveInner"]>;

/** Moving on with the arrow keys must not look everything up at every step. */
const REST_MS = 150;

/**
 * The keys and indexes that lead to the value at a place, a key counting for its value. `null` outside any value, and in
 * texts so large that they are not parsed.
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

/** Tells where the user has put the cursor, once it rests. Where a program puts it, and where typing takes it, says nothing. */
export function cursorRests(tell: (path: string[] | null) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return EditorView.updateListener.of(({ view, state, transactions, selectionSet, docChanged }) => {
    if (docChanged) return clearTimeout(timer);
    if (!selectionSet || !transactions.some((one) => one.isUserEvent("select"))) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (view.state === state) tell(pathAt(state, state.selection.main.head));
    }, REST_MS);
  });
}
