import { setDiagnostics, type Diagnostic as Squiggle } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { Diagnostic } from "../engine/types.ts";
import type { Edit } from "../panels/contract.ts";
import { text } from "./tooltip.ts";

/** More squiggles than this help nobody and cost a redraw on every keystroke. The list has them all. */
const LIMIT = 200;

/** Underlines what the engine complains about. The answer may be about a text that has changed since, hence the clamps. */
export function squiggle(view: EditorView, diagnostics: Diagnostic[], fix: (edits: Edit[]) => void): void {
  const length = view.state.doc.length;
  const squiggles = diagnostics.slice(0, LIMIT).flatMap((diagnostic): Squiggle[] => {
    const { range, severity, message, help, code, suggestion } = diagnostic;
    if (!range) return [];
    const from = Math.min(range.start, length);
    // The squiggles are taken away with the next keystroke's answer, so what is offered fits the text until then.
    const actions = suggestion ? [{ name: `Fix: ${plain(suggestion.title)}`, apply: () => fix(suggestion.edits) }] : [];
    return [
      {
        from,
        to: Math.max(from, Math.min(range.end, firstLineEnd(view, from))),
        severity,
        // For those who hear it; seen is what `renderMessage` draws.
        message: plain(help ? `${message}\n${help}` : message),
        renderMessage: () => tooltip(diagnostic),
        source: code,
        actions,
      },
    ];
  });
  view.dispatch(setDiagnostics(view.state, squiggles));
}

const plain = (message: string): string => message.replaceAll("`", "");

function tooltip({ message, help }: Diagnostic): Node {
  const whole = document.createElement("div");
  whole.append(text("div", "cm-oim-message", message));
  if (help) whole.append(text("div", "cm-oim-help", help));
  return whole;
}

/** What is missing is placed on the whole object that lacks it. Underlining all of that would shout: its first line will do. */
function firstLineEnd(view: EditorView, from: number): number {
  return view.state.doc.lineAt(from).to;
}
