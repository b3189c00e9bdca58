import { defaultKeymap } from "@codemirror/commands";
import { codeFolding, foldGutter, foldKeymap } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { languages } from "./setup.ts";
import { theme } from "./theme.ts";

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
