import { setDiagnostics, type Diagnostic as Squiggle } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { Diagnostic } from "../engine/types.ts";
import type { Edit } from "../panels/contract.ts";

/** More squiggles than this help nobody and cost a redraw on every keystroke. The list has them all. */
const LIMIT = 200;

/** Underlines what the engine complains about. The answer may be about a text that has changed since, hence the clamps. */
export function squiggle(view: EditorView, diagnostics: Diagnostic[], fix: (edits: Edit[]) => void): void {
  const length = view.state.doc.length;
  const squiggles = diagnostics.slice(0, LIMIT).flatMap(({ range, severity, message, help, code, suggestion }): Squiggle[] => {
    if (!range) return [];
    const from = Math.min(range.start, length);
    const text = plain(help ? `${message}\n${help}` : message);
    // The squiggles are taken away with the next keystroke's answer, so what is offered fits the text until then.
    const actions = suggestion ? [{ name: plain(suggestion.title), apply: () => fix(suggestion.edits) }] : [];
    return [{ from, actions, to: Math.max(from, Math.min(range.end, firstLineEnd(view, from))), severity, message: text, source: code }];
  });
  view.dispatch(setDiagnostics(view.state, squiggles));
}

const plain = (text: string): string => text.replaceAll("`", "");

/** What is missing is placed on the whole object that lacks it. Underlining all of that would shout: its first line will do. */
function firstLineEnd(view: EditorView, from: number): number {
  return view.state.doc.lineAt(from).to;
}
