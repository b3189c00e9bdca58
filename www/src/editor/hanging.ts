import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

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
