import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** One theme for light and dark: every colour is a token, and the tokens know. */
const look = EditorView.theme({
  "&": { height: "100%", color: "var(--oim-text)", backgroundColor: "transparent", fontSize: "var(--oim-code-size)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--oim-mono)", lineHeight: "1.55", overscrollBehavior: "contain" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--oim-text)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { color: "var(--oim-muted)", backgroundColor: "transparent", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "30px", padding: "0 2px 0 6px" },
  ".cm-foldGutter .cm-gutterElement": { width: "14px", textAlign: "center", cursor: "pointer" },
  // Where the cursor is matters only in the editor that has the focus.
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "light-dark(rgb(20 60 120 / 4%), rgb(150 190 255 / 5%))" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--oim-text)" },
  "& .cm-matchingBracket": { backgroundColor: "transparent" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--oim-line-strong)" },
  ".cm-content ::selection": { backgroundColor: "light-dark(#c9defc, #2a4a7c)" },
  ".cm-foldPlaceholder": {
    margin: "0 3px",
    padding: "0 7px",
    border: "1px solid var(--oim-line-strong)",
    borderRadius: "4px",
    color: "var(--oim-muted)",
    backgroundColor: "var(--oim-raised)",
  },
  ".cm-oim-mark": {
    borderRadius: "2px",
    backgroundColor: "var(--oim-mark)",
    boxShadow: "0 0 0 1px var(--oim-mark-line)",
  },
  // Lines below the text instead of the pictures that the lint package draws: the page allows no data: addresses.
  ".cm-lintRange": { backgroundImage: "none !important", paddingBottom: "0", textUnderlineOffset: "3px" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--oim-critical) 1px" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--oim-warning) 1px" },
  ".cm-lintRange-info": { textDecoration: "underline dotted var(--oim-muted) 1.5px" },
  ".cm-lintRange-active": { backgroundColor: "var(--oim-hover)" },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--oim-critical)" },
  ".cm-lintPoint-warning::after": { borderBottomColor: "var(--oim-warning)" },
  ".cm-tooltip": {
    maxWidth: "min(460px, 90vw)",
    border: "1px solid var(--oim-line-strong)",
    borderRadius: "6px",
    color: "var(--oim-text)",
    backgroundColor: "var(--oim-surface)",
    boxShadow: "0 6px 24px rgb(0 0 0 / 18%)",
    overflow: "hidden",
  },
  ".cm-diagnostic": { padding: "6px 10px", borderLeftWidth: "3px", fontFamily: "var(--oim-font)", fontSize: "12.5px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--oim-critical)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--oim-warning)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--oim-line-strong)" },
  ".cm-diagnosticSource": { opacity: "1", color: "var(--oim-muted)", fontFamily: "var(--oim-mono)", fontSize: "11px" },
  ".cm-diagnosticAction": { margin: "5px 8px 2px 0", padding: "2px 9px", borderRadius: "5px", color: "var(--oim-accent)", backgroundColor: "var(--oim-accent-soft)", font: "600 12px var(--oim-font)" },
  ".cm-oim-message": { overflowWrap: "anywhere" },
  ".cm-oim-help": { marginTop: "2px", color: "var(--oim-muted)", fontSize: "12px", overflowWrap: "anywhere" },
  ".cm-tooltip code": { padding: "0 3px", borderRadius: "3px", backgroundColor: "var(--oim-hover)", fontFamily: "var(--oim-mono)", fontSize: "11.5px", unicodeBidi: "isolate" },
  ".cm-panels": { color: "var(--oim-text)", backgroundColor: "var(--oim-raised)", borderColor: "var(--oim-line) !important" },
  ".cm-panel.cm-search": { padding: "6px 8px", fontFamily: "var(--oim-font)" },
  ".cm-textfield, .cm-button": {
    border: "1px solid var(--oim-line-strong)",
    borderRadius: "4px",
    color: "inherit",
    backgroundColor: "var(--oim-surface)",
    backgroundImage: "none",
    fontSize: "12px",
  },
  ".cm-searchMatch": { backgroundColor: "var(--oim-accent-soft)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--oim-mark)" },
});

const words = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--oim-json-key)" },
  { tag: tags.string, color: "var(--oim-json-string)" },
  { tag: tags.number, color: "var(--oim-json-number)" },
  { tag: [tags.bool, tags.null], color: "var(--oim-json-word)" },
  { tag: [tags.separator, tags.squareBracket, tags.brace, tags.punctuation], color: "var(--oim-muted)" },
]);

export const theme = [look, syntaxHighlighting(words)];
