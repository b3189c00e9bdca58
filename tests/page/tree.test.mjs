/** Reading JSON text: as JSON.parse does, with places and with reasons. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lookUp, pathsIn, tidy, wild } from "./documents.mjs";
import { load } from "./load.mjs";

const { find, parse, pathOf, pointerOf } = await load("json/tree.ts");

function native(text) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

test("every value is found at its place", () => {
  fc.assert(
    fc.property(fc.oneof(tidy, wild), (text) => {
      const json = JSON.parse(text);
      const { root } = parse(text);
      for (const path of pathsIn(json)) {
        const node = find(root, path);
        assert.deepEqual(JSON.parse(text.slice(node.start, node.end)), lookUp(json, path));
        if (node.kind === "string") assert.equal(node.value, lookUp(json, path));
        assert.equal(find(root, pathOf(pointerOf(path))), node);
      }
    }),
    { numRuns: 300 },
  );
});

test("what JSON.parse refuses is refused with a place, and nothing else", () => {
  const noise = fc.constantFrom(
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    "\\u12",
    "0",
    "01",
    "-",
    ".",
    "e",
    "tru",
    "true",
    "null",
    "\u0001",
    "\n",
    "x",
    "/* */",
  );
  const broken = fc.tuple(fc.oneof(tidy, wild), fc.nat(), noise, fc.nat({ max: 2 })).map(([text, at, extra, cut]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + extra + text.slice(place + cut);
  });
  fc.assert(
    fc.property(broken, (text) => {
      const { root, fault } = parse(text);
      assert.equal(root !== null, native(text) !== null, text);
      assert.equal(parse(text, { leave: "a" }).root !== null, root !== null);
      if (!fault) return;
      assert.ok(fault.start >= 0 && fault.end >= fault.start && fault.end <= text.length);
      assert.notEqual(fault.message, "");
      assert.equal(fault.line, text.slice(0, fault.start).split("\n").length);
      assert.ok(fault.column >= 1);
    }),
    { numRuns: 2000 },
  );
});

const FAULTS = {
  "": [1, 1, "", /there is no text/],
  '{\n  "a": down\n}': [2, 8, "down", /a value is expected/],
  '{"a": 1,}': [1, 9, "}", /a key in double quotes/],
  "{a: 1}": [1, 2, "a", /a key in double quotes/],
  '{"a" 1}': [1, 6, "1", /a colon/],
  '{"a": 1 "b": 2}': [1, 9, '"', /a comma or a closing brace/],
  "[1 2]": [1, 4, "2", /a comma or a closing bracket/],
  "[1, 2": [1, 6, "", /ends in the middle/],
  '["a]': [1, 2, '"a]', /has no end/],
  '["a\\x"]': [1, 4, "\\x", /no such escape/],
  '["a\n"]': [1, 4, "\n", /control character/],
  "{} {}": [1, 4, "{", /more text behind/],
  "[01]": [1, 2, "01", /a value is expected/],
};

for (const [text, [line, column, underlined, message]] of Object.entries(FAULTS)) {
  test(`where it is broken: ${JSON.stringify(text)}`, () => {
    const { root, fault } = parse(text);
    assert.equal(root, null);
    assert.deepEqual([fault.line, fault.column, text.slice(fault.start, fault.end)], [line, column, underlined]);
    assert.match(fault.message, message);
  });
}

test("nesting stops at the engine's limit, and no depth ends in an exception", () => {
  const deep = (levels) => "[".repeat(levels) + "]".repeat(levels);
  assert.equal(parse(deep(128)).fault, null);
  assert.match(parse(deep(129)).fault.message, /deeper than 128/);
  assert.match(parse(deep(200_000)).fault.message, /deeper than 128/);
});

test("of duplicate keys the last counts, digits stay, lone surrogates are replaced", () => {
  const { root } = parse('{"a": 1, "b": 12345678901234567890.10, "a": "\\ud800x"}');
  assert.equal(find(root, ["a"]).value, "\ufffdx");
  assert.equal(find(root, ["b"]).value, "12345678901234567890.10");
});

test("what is left out has its place but not its parts", () => {
  const text = '{"config": {"a": [1]}, "sample_payload": {"a": [1]}}';
  const { root } = parse(text, { leave: "sample_payload" });
  const sample = find(root, ["sample_payload"]);
  assert.equal(text.slice(sample.start, sample.end), '{"a": [1]}');
  assert.equal(find(root, ["sample_payload", "a"]), undefined);
  assert.equal(find(root, ["config", "a", 0]).value, "1");
});

test("a large sample that is left out is looked at by its brackets only, and has its place", () => {
  const sample = JSON.stringify({
    "a}": '"]\\',
    list: Array.from({ length: 20_000 }, (_, index) => ({ index, text: "[{" })),
  });
  for (const value of [sample, `[${sample}]`]) {
    for (const text of [
      `{"config": {"a": 1}, "sample_payload": ${value}}`,
      `{"sample_payload": ${value}, "config": {"a": 1}}`,
    ]) {
      const { root } = parse(text, { leave: "sample_payload" });
      const { start, end } = find(root, ["sample_payload"]);
      assert.equal(text.slice(start, end), value);
      assert.equal(find(root, ["config", "a"]).value, "1");
    }
  }
  assert.match(
    parse(`{"sample_payload": ${sample.slice(0, -1)}`, { leave: "sample_payload" }).fault.message,
    /ends in the middle/,
  );
});
