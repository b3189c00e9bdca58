/** `valueAt` and `valuesOf` as the package gives them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fields, valueAt, valuesOf } from "../../dist/node.mjs";

const PAYLOAD = '{\n  "é😀": [1.50, 12345678901234567890],\n  "a": {"b": null}, "a.b": 1, "x": 1, "x": "last"\n}';

test("a pointer gives the value as it is written, with its place", () => {
  const found = valueAt(PAYLOAD, "/é😀/1");
  assert.deepEqual(found, {
    pointer: "/é😀/1",
    index: null,
    json: "12345678901234567890",
    range: { start: 18, end: 38, line: 2, column: 17 },
  });
  assert.equal(PAYLOAD.slice(found.range.start, found.range.end), found.json);
  assert.deepEqual(valueAt(new TextEncoder().encode(PAYLOAD), "/é😀/1"), found);
  assert.equal(valueAt(PAYLOAD, "/x").json, '"last"');
  assert.equal(valueAt(PAYLOAD, "/none"), null);
  assert.equal(valueAt("{", ""), null);
});

test("a path gives what a rule gets, in each alert", () => {
  assert.deepEqual(
    valuesOf(PAYLOAD, "a.b").map(({ pointer, json }) => [pointer, json]),
    [["/a/b", "null"]],
  );
  const alerts = '[{"k": 1}, {}, {"k": {"v": 2}}]';
  assert.deepEqual(
    valuesOf(alerts, "@alert.k", { arraySource: "" }).map(({ index, json }) => [index, json]),
    [
      [0, "1"],
      [2, '{"v": 2}'],
    ],
  );
  assert.deepEqual(valuesOf("no JSON", "a"), []);
  assert.deepEqual(valuesOf(PAYLOAD, "a..b"), []);
});

test("whatever JSON.parse finds at a pointer is found", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value, null, 1);
      const check = (inner, pointer) => {
        // Both read the same number, however it is written.
        assert.deepEqual(JSON.parse(valueAt(text, pointer).json), JSON.parse(JSON.stringify(inner)));
        if (typeof inner !== "object" || inner === null) return;
        for (const [key, member] of Object.entries(inner)) {
          check(member, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
        }
      };
      check(value, "");
      for (const { path, pointer } of fields(text)) assert.equal(valuesOf(text, path)[0].pointer, pointer);
    }),
  );
});

test("wrong arguments are mistakes of the caller", () => {
  for (const wrong of [
    () => valueAt({}, ""),
    () => valueAt("{}", 5),
    () => valuesOf({}, "a"),
    () => valuesOf("{}", 5),
    () => valuesOf("{}", "a", { arraySource: 5 }),
  ]) {
    assert.throws(wrong, TypeError);
  }
});
