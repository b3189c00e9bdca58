/** A text before and after an editor takes it over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { load } from "./load.mjs";

const { EditorText, history, PlainText, TextDocument } = await load(
  // The one that is in the bundle: extensions of another would not be known.
  "../../node_modules/@codemirror/commands/dist/index.js",
  "state/plain-text.ts",
  "editor/editor-text.ts",
  "state/document.ts",
);

/** Something done to a text. Places are shares of its length. */
const action = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant("edit"), fc.array(part(), { minLength: 1, maxLength: 3 })) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("undo", "redo"), fc.constant([])) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("reset"), fc.array(part(), { minLength: 1, maxLength: 1 })) },
);

function part() {
  const unit = fc.constantFrom("a", "{", "ü", "\n", "\r\n", "\r", "😀");
  return fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.integer({ min: 0, max: 4 }),
    text: fc.string({ unit, maxLength: 6 }),
  });
}

/** Edits without overlap, in the order of their places. */
function editsFor(parts, length) {
  let free = 0;
  return parts
    .map(({ at, cut, text }) => ({ start: Math.floor(at * length), cut, text }))
    .sort((a, b) => a.start - b.start)
    .flatMap(({ start, cut, text }) => {
      const from = Math.max(start, free);
      if (from > length) return [];
      const end = Math.min(from + cut, length);
      free = end + 1;
      return [{ start: from, end, text }];
    });
}

function perform(store, [what, parts]) {
  if (what === "edit") store.edit(editsFor(parts, store.length), "step");
  else if (what === "reset") store.reset(parts[0].text);
  else store[what]();
}

/** Applies the changes that a store reports, as the worker with the engine does. */
function mirror() {
  const copy = { text: "" };
  copy.take = ({ edits }) => {
    for (const { start, end, text } of edits) copy.text = copy.text.slice(0, start) + text + copy.text.slice(end);
  };
  return copy;
}

const inEditor = (plain, changed) => new EditorText([history()], plain, changed);

test("an editor that takes a text over goes on as if it had been there from the beginning", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 12 }), fc.array(action, { maxLength: 8 }), (before, after) => {
      const [plainCopy, editorCopy] = [mirror(), mirror()];
      const plain = new PlainText(plainCopy.take);
      for (const one of before) perform(plain, one);
      const editor = inEditor(plain, editorCopy.take);
      editorCopy.text = plain.text;
      assert.equal(editor.text, plain.text);
      for (const one of after) {
        perform(plain, one);
        perform(editor, one);
        assert.equal(editor.text, plain.text);
        assert.equal(editor.length, plain.length);
        assert.equal(plainCopy.text, plain.text);
        assert.equal(editorCopy.text, editor.text);
      }
    }),
    { numRuns: 300 },
  );
});

test("a document is the same text before and after, and tries again to load an editor that did not come", async () => {
  const changes = [];
  let failures = 1;
  const load = async () => {
    if (failures-- > 0) throw new Error("no network");
    return inEditor;
  };
  const document = new TextDocument("payload", load, (change) => changes.push(change));
  document.reset('{"a": 1}');
  document.replace('{"a": 2}');
  await assert.rejects(document.inEditor(), /no network/);
  assert.equal(document.text, '{"a": 2}');
  const { length } = changes;
  await document.inEditor();
  assert.equal(changes.length, length, "loading changes nothing");
  assert.equal(document.text, '{"a": 2}');
  assert.ok(document.undo());
  assert.equal(document.text, '{"a": 1}');
  assert.ok(document.redo());
  assert.equal(document.text, '{"a": 2}');
});
