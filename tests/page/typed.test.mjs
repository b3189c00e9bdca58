/** Typing fields and values into a payload. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { load } from "./load.mjs";

const {
  addAlert,
  alertsOf,
  applied,
  blocked,
  edit,
  entriesOf,
  find,
  moveEntry,
  parse,
  removeEntry,
  set,
  valueOf,
  written,
} = await load("json/edit.ts", "json/tree.ts", "panels/typed.ts");

const after = (text, ...changes) => JSON.parse(applied(text, edit(text, changes)));
const rootOf = (text) => parse(text).root;
const entries = (text) => entriesOf(rootOf(text), text).map(({ name, kind, text: value }) => [name, kind, value]);

test("an object is its fields, the nested ones by dots", () => {
  const text =
    '{"a": {"b": 1.50, "c": {"d": "x"}}, "e.f": true, "g": null, "h": [1, 2], "i": {}, "a2": "", "e.f": false}';
  assert.deepEqual(entries(text), [
    ["a.b", "number", "1.50"],
    ["a.c.d", "text", "x"],
    ["e.f", "true/false", "false"],
    ["g", "null", "null"],
    ["h", "json", "[1, 2]"],
    ["i", "json", "{}"],
    ["a2", "text", ""],
  ]);
});

test("numbers and booleans are recognised, keep their digits, and can be text", () => {
  const set1 = (text, before) => applied("{}", edit("{}", [set(["v"], valueOf(text, before))])).replace(/\s/g, "");
  assert.equal(set1("12345678901234567890.10"), '{"v":12345678901234567890.10}');
  assert.equal(set1("true"), '{"v":true}');
  assert.equal(set1("01"), '{"v":"01"}');
  assert.equal(set1("1e5"), '{"v":1e5}');
  assert.equal(set1("NaN"), '{"v":"NaN"}');
  assert.equal(
    set1("43", { kind: "text", text: "42" }),
    '{"v":"43"}',
    "text that looks like a number was made so on purpose",
  );
  assert.equal(set1("43", { kind: "text", text: "abc" }), '{"v":43}');
  assert.equal(set1("43", { kind: "number", text: "42" }), '{"v":43}');
  assert.equal(written("42", "text"), "42");
  assert.equal(written("null", "text"), "");
  assert.equal(written("x", "null"), null);
});

test("a field is added where its dots lead, unless something is in its way", () => {
  const root = rootOf('{"a": {"b": 1}, "c": "x"}');
  assert.equal(blocked(root, ["a", "d"]), null);
  assert.equal(blocked(root, ["n", "m", "o"]), null);
  assert.match(blocked(root, ["c", "d"]), /c holds a value/);
  assert.match(blocked(root, ["a", "b"]), /a field a\.b already/);
  assert.equal(blocked(root, ["a", "b", "deeper"], ["a", "b"]), null, "the field itself is not in its own way");
});

test("removing a field removes the objects that held only it", () => {
  assert.deepEqual(after('{"a": {"b": {"c": 1}}, "d": 2}', removeEntry([], ["a", "b", "c"])), { d: 2 });
  assert.deepEqual(after('{"a": {"b": {"c": 1}, "e": 3}}', removeEntry([], ["a", "b", "c"])), { a: { e: 3 } });
  assert.deepEqual(after('{"alerts": [{"a": 1}]}', removeEntry(["alerts", 0], ["a"])), { alerts: [{}] });
});

test("a field gets another name, here or elsewhere, and keeps its value as written", () => {
  const text = '{"a": {"b": 1.0, "c": 2}}';
  assert.equal(applied(text, edit(text, moveEntry([], ["a", "b"], ["a", "x"]))), '{"a": {"x": 1.0, "c": 2}}');
  assert.equal(applied(text, edit(text, moveEntry([], ["a", "b"], ["n", "x"]))), '{"a": {"c": 2}, "n": {"x": 1.0}}');
  assert.deepEqual(after('{"a": 1}', ...moveEntry([], ["a"], ["a", "b"])), { a: { b: 1 } });
});

test("alerts are found where the configuration says, and one more is like the last", () => {
  const one = '{\n  "host": "a"\n}';
  assert.deepEqual(alertsOf(rootOf(one), null), { path: [], several: false, count: 1, typable: true });
  const two = applied(one, edit(one, [addAlert(alertsOf(rootOf(one), null))]));
  assert.equal(two, '{\n  "alerts": [\n    {\n      "host": "a"\n    },\n    {\n      "host": "a"\n    }\n  ]\n}');
  const found = alertsOf(rootOf(two), "alerts");
  assert.deepEqual([found.path, found.several, found.count, found.typable], [["alerts"], true, 2, true]);
  assert.equal(after(two, addAlert(found)).alerts.length, 3);
  assert.deepEqual(alertsOf(rootOf("[1]"), ""), { path: [], several: true, count: 1, typable: false });
  assert.deepEqual(after('{"alerts": []}', addAlert(alertsOf(rootOf('{"alerts": []}'), "alerts"))), { alerts: [{}] });
  assert.equal(alertsOf(rootOf("5"), null).typable, false);
});

test("what is typed is read back as typed", () => {
  const key = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 4 })
    .filter((text) => !text.includes(".") && text.trim() === text && text !== "__proto__");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(key, { minLength: 1, maxLength: 3 }), fc.string({ unit: "grapheme", maxLength: 6 })), {
        maxLength: 6,
      }),
      (typed) => {
        let text = "{}";
        const expected = new Map();
        for (const [path, value] of typed) {
          const root = rootOf(text);
          if (blocked(find(root, []), path)) continue;
          text = applied(text, edit(text, [set(path, valueOf(value))]));
          expected.set(path.join("."), value);
        }
        assert.deepEqual(
          new Map(entriesOf(rootOf(text), text).map(({ name, text: value }) => [name, value])),
          expected,
        );
      },
    ),
    { numRuns: 300 },
  );
});
