import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { Range } from "../engine/types.ts";

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
