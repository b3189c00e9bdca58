import { type Diagnostic as Squiggle, setDiagnostics } from "@codemirror/lint";
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Diagnostic, Range } from "../engine/types.ts";
import type { Edit } from "../panels/contract.ts";
import { withoutCode } from "../text/format.ts";

/** An element with text in it. What stands in back-ticks becomes code; nothing becomes markup. */
export function text(tag: string, name: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  content.split("`").forEach((part, place) => {
    if (place % 2 === 0) return element.append(part);
    const code = document.createElement("code");
    code.textContent = part;
    element.append(code);
  });
  return element;
}

const set = StateEffect.define<Range | null>();
const mark = Decoration.mark({ class: "cm-oim-mark" });

/** The part of the text that a step of the explanation speaks of. An edit takes it away: it may no longer be true. */
export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(current, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(set))
        return effect.value ? Decoration.set(mark.range(effect.value.start, effect.value.end)) : Decoration.none;
    }
    return transaction.docChanged ? Decoration.none : current;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Marks a range and brings it into the editor's own view. The page itself does not scroll, so that whoever reads the
 * explanation keeps their place.
 */
export function markRange(view: EditorView, range: Range | null): void {
  const fits = range && range.start < range.end && range.end <= view.state.doc.length;
  view.dispatch({ effects: set.of(fits ? range : null) });
  if (!fits) return;
  const { scrollTop, clientHeight } = view.scrollDOM;
  const line = view.lineBlockAt(range.start);
  if (line.top < scrollTop || line.bottom > scrollTop + clientHeight) {
    view.scrollDOM.scrollTop = Math.max(0, line.top - clientHeight / 3);
  }
}

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
    const actions = suggestion
      ? [{ name: `Fix: ${withoutCode(suggestion.title)}`, apply: () => fix(suggestion.edits) }]
      : [];
    return [
      {
        from,
        to: Math.max(from, Math.min(range.end, firstLineEnd(view, from))),
        severity,
        // For those who hear it; seen is what `renderMessage` draws.
        message: withoutCode(help ? `${message}\n${help}` : message),
        renderMessage: () => tooltip(diagnostic),
        source: code,
        actions,
      },
    ];
  });
  view.dispatch(setDiagnostics(view.state, squiggles));
}

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

/** Space before every line, in pixels. */
const PADDING = 6;
/** A wrapped line is never pushed in further than this, or a deep one would be a thin column. */
const MOST = 24;

const indents = new Map<number, Decoration>();

/** Indents the continuation of a wrapped line as the line itself is indented, and a little more. */
export const hangingIndent = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = draw(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = draw(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function draw(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const spaces = line.text.slice(0, MOST).search(/[^ ]|$/);
      builder.add(line.from, line.from, hang(spaces + 2));
      at = line.to + 1;
    }
  }
  return builder.finish();
}

function hang(columns: number): Decoration {
  let decoration = indents.get(columns);
  if (!decoration) {
    const style = `text-indent: -${columns}ch; padding-inline-start: calc(${columns}ch + ${PADDING}px)`;
    decoration = Decoration.line({ attributes: { style } });
    indents.set(columns, decoration);
  }
  return decoration;
}
