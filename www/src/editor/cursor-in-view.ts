import { EditorView, ViewPlugin } from "@codemirror/view";

/** Keeps the cursor in view when the editor gets lower while someone types, as when the first problem is listed below it. */
export const cursorInView = ViewPlugin.fromClass(
  class {
    readonly #observer: ResizeObserver;

    constructor(view: EditorView) {
      let height = 0;
      this.#observer = new ResizeObserver(() => {
        const { scrollDOM } = view;
        const [before, now] = [height, scrollDOM.clientHeight];
        height = now;
        if (now >= before || !view.hasFocus) return;
        const { head } = view.state.selection.main;
        const cursor = view.lineBlockAt(head).bottom - scrollDOM.scrollTop;
        // Whoever has scrolled away from the cursor is left alone.
        if (cursor > now && cursor <= before) view.dispatch({ effects: EditorView.scrollIntoView(head) });
      });
      this.#observer.observe(view.scrollDOM);
    }

    destroy(): void {
      this.#observer.disconnect();
    }
  },
);
