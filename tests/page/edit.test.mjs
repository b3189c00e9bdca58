/** Edits of JSON text: what they give, and what they leave alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { changed, lookUp, pathsIn, tidy, value, wild } from "./documents.mjs";
import { load } from "./load.mjs";

const { applied, edit, find, insert, move, parse, pointerOf, rawAt, remove, rename, set, swap } = await load(
  "json/edit.ts",
  "json/tree.ts",
);

const OPTIONS = { numRuns: 400 };
const texts = fc.oneof(tidy, wild);
const pick = fc.nat();

function after(text, ...changes) {
  return applied(text, edit(text, changes));
}

function parsed(text) {
  const { root, fault } = parse(text);
  assert.equal(fault, null);
  return { text, root };
}

/** Everything that neither holds the places given nor lies in them stands there as before, byte for byte. */
function untouched(before, now, ...places) {
  const [a, b] = [parsed(before), parsed(now)];
  const old = JSON.parse(before);
  for (const path of pathsIn(old)) {
    const apart = places.every(
      (place) =>
        !path.every((step, at) => at >= place.length || step === place[at]) &&
        !place.every((step, at) => at >= path.length || step === path[at]),
    );
    if (!apart) continue;
    const [was, is] = [find(a.root, path), find(b.root, path)];
    assert.equal(now.slice(is.start, is.end), before.slice(was.start, was.end), pointerOf(path));
  }
}

test("setting a value that is there changes nothing else", () => {
  fc.assert(
    fc.property(texts, pick, value, (text, which, next) => {
      const json = JSON.parse(text);
      const paths = pathsIn(json).slice(1);
      fc.pre(paths.length > 0);
      const path = paths[which % paths.length];
      const now = after(text, set(path, next));
      assert.deepEqual(
        JSON.parse(now),
        changed(json, path.slice(0, -1), (holder) => (holder[path.at(-1)] = next)),
      );
      untouched(text, now, path);
      assert.equal(after(now, set(path, rawAt(parsed(text), path))), text, "and setting it back restores the text");
    }),
    OPTIONS,
  );
});

test("a member is inserted, with what is missing on the way, and removing it restores the text", () => {
  fc.assert(
    fc.property(
      texts,
      pick,
      value,
      fc.array(fc.constantFrom("p", "q"), { maxLength: 2 }),
      fc.array(fc.constantFrom("a", "new", "b", "name"), { maxLength: 4 }),
      (text, which, next, deeper, order) => {
        const json = JSON.parse(text);
        const objects = pathsIn(json).filter(
          (path) => isObject(lookUp(json, path)) && !Object.hasOwn(lookUp(json, path), "new"),
        );
        fc.pre(objects.length > 0);
        const holder = objects[which % objects.length];
        const now = applied(text, edit(text, [set([...holder, "new", ...deeper], next)], { orderOf: () => order }));
        const inner = deeper.reduceRight((made, step) => ({ [step]: made }), next);
        assert.deepEqual(
          JSON.parse(now),
          changed(json, holder, (object) => (object.new = inner)),
        );
        untouched(text, now, [...holder, "new"]);
        const back = after(now, remove([...holder, "new"]));
        if (Object.keys(lookUp(json, holder)).length > 0) assert.equal(back, text);
        assert.deepEqual(JSON.parse(back), json);
      },
    ),
    OPTIONS,
  );
});

test("items are inserted and removed with their commas", () => {
  fc.assert(
    fc.property(texts, pick, pick, value, (text, which, at, next) => {
      const json = JSON.parse(text);
      const lists = pathsIn(json).filter((path) => Array.isArray(lookUp(json, path)));
      fc.pre(lists.length > 0);
      const path = lists[which % lists.length];
      const { length } = lookUp(json, path);
      const index = at % (length + 1);
      const now = after(text, insert(path, index, next));
      assert.deepEqual(
        JSON.parse(now),
        changed(json, path, (list) => list.splice(index, 0, next)),
      );
      untouched(text, now, path);
      if (length > 0) assert.equal(after(now, remove([...path, index])), text);
    }),
    OPTIONS,
  );
});

test("removing takes a member with its duplicates, and leaves everything else", () => {
  fc.assert(
    fc.property(texts, pick, (text, which) => {
      const json = JSON.parse(text);
      const paths = pathsIn(json).slice(1);
      fc.pre(paths.length > 0);
      const path = paths[which % paths.length];
      const now = after(text, remove(path));
      const last = path.at(-1);
      const gone = (holder) => (Array.isArray(holder) ? holder.splice(last, 1) : delete holder[last]);
      assert.deepEqual(JSON.parse(now), changed(json, path.slice(0, -1), gone));
      if (typeof last === "string") untouched(text, now, path);
    }),
    OPTIONS,
  );
});

test("moving there and back restores the text, whatever stands between the items", () => {
  fc.assert(
    fc.property(texts, pick, pick, pick, (text, which, one, other) => {
      const json = JSON.parse(text);
      const lists = pathsIn(json).filter((path) => Array.isArray(lookUp(json, path)) && lookUp(json, path).length > 1);
      fc.pre(lists.length > 0);
      const path = lists[which % lists.length];
      const { length } = lookUp(json, path);
      const [from, to] = [one % length, other % length];
      const now = after(text, move(path, from, to));
      assert.deepEqual(
        JSON.parse(now),
        changed(json, path, (list) => list.splice(to, 0, ...list.splice(from, 1))),
      );
      untouched(text, now, path);
      assert.deepEqual(JSON.parse(after(now, move(path, to, from))), json);
    }),
    OPTIONS,
  );
});

test("two values change places, and change back", () => {
  fc.assert(
    fc.property(fc.oneof({ arbitrary: tidy, weight: 3 }, wild), pick, pick, fc.boolean(), (text, one, other) => {
      const json = JSON.parse(text);
      const paths = pathsIn(json).slice(1);
      fc.pre(paths.length > 1);
      const [a, b] = [paths[one % paths.length], paths[other % paths.length]];
      const within = (x, y) => x.every((step, at) => step === y[at]);
      fc.pre(!within(a, b) && !within(b, a));
      const now = after(text, swap(a, b));
      const expected = structuredClone(json);
      const [x, y] = [lookUp(json, a), lookUp(json, b)];
      lookUp(expected, a.slice(0, -1))[a.at(-1)] = y;
      lookUp(expected, b.slice(0, -1))[b.at(-1)] = x;
      assert.deepEqual(JSON.parse(now), expected);
      untouched(text, now, a, b);
      assert.deepEqual(JSON.parse(after(now, swap(a, b))), json);
    }),
    OPTIONS,
  );
});

test("what programs write is restored byte for byte by moving and swapping twice", () => {
  fc.assert(
    fc.property(tidy, pick, pick, (text, one, other) => {
      const json = JSON.parse(text);
      const paths = pathsIn(json).slice(1);
      fc.pre(paths.length > 1);
      const [a, b] = [paths[one % paths.length], paths[other % paths.length]];
      const swapped = after(text, swap(a, b));
      assert.equal(after(swapped, swap(a, b)), text);
      if (JSON.stringify(a.slice(0, -1)) === JSON.stringify(b.slice(0, -1)) && typeof a.at(-1) === "number") {
        const [list, from, to] = [a.slice(0, -1), a.at(-1), b.at(-1)];
        assert.equal(after(after(text, move(list, from, to)), move(list, to, from)), text);
      }
    }),
    OPTIONS,
  );
});

test("a key is renamed in its place, and no other of that name stays", () => {
  fc.assert(
    fc.property(texts, pick, fc.constantFrom("a", "b", "name", "quite new", 'q"uote'), (text, which, key) => {
      const json = JSON.parse(text);
      const paths = pathsIn(json).filter((path) => typeof path.at(-1) === "string");
      fc.pre(paths.length > 0);
      const path = paths[which % paths.length];
      const old = path.at(-1);
      const now = after(text, rename(path, key));
      const expected = changed(json, path.slice(0, -1), (object) => {
        const held = object[old];
        delete object[old];
        object[key] = held;
      });
      assert.deepEqual(JSON.parse(now), expected);
      const twin = Object.hasOwn(lookUp(json, path.slice(0, -1)), key) || text.includes('"gone"');
      if (!twin) assert.equal(after(now, rename([...path.slice(0, -1), key], old)), text);
    }),
    OPTIONS,
  );
});

test("several changes are one set of edits, in order and apart, that gives the same as one after the other", () => {
  const change = fc.tuple(fc.constantFrom("set", "remove", "insert", "move", "rename"), pick, value, pick);
  fc.assert(
    fc.property(texts, fc.array(change, { minLength: 1, maxLength: 4 }), (text, wishes) => {
      const changes = [];
      let step = text;
      for (const [what, which, next, at] of wishes) {
        const json = JSON.parse(step);
        const paths = pathsIn(json);
        const path = paths[which % paths.length];
        const held = lookUp(json, path);
        if (path.length === 0 && what !== "insert") continue;
        if (what === "insert" && !Array.isArray(held)) continue;
        const made = {
          set: set(path, next),
          remove: remove(path),
          insert: insert(path, at % 5, next),
          move: move(path, at % 3, 0),
          rename: rename(path, "other"),
        }[what];
        changes.push(made);
        step = after(step, made);
      }
      const edits = edit(text, changes);
      assert.equal(applied(text, edits), step);
      for (const [index, { start, end }] of edits.entries()) {
        assert.ok(start <= end && end <= text.length);
        if (index > 0) assert.ok(edits[index - 1].end <= start);
      }
    }),
    OPTIONS,
  );
});

function isObject(json) {
  return json !== null && typeof json === "object" && !Array.isArray(json);
}

/** A text, what is done to it, and how it reads then. */
const CASES = {
  "one line stays one line": ['{"a": 1}', set(["b"], [1, { c: 2 }]), '{"a": 1, "b": [1, {"c": 2}]}'],
  "no white space stays none": [
    '{"a":1,"b":[{"c":1}]}',
    insert(["b"], 1, { c: 2, d: ["x", "y"] }),
    '{"a":1,"b":[{"c":1},{"c":2,"d":["x","y"]}]}',
  ],
  "padding inside braces is kept up": [
    '{\n  "l": [\n    { "a": 1, "b": 2 }\n  ]\n}',
    insert(["l"], 1, { a: 2 }),
    '{\n  "l": [\n    { "a": 1, "b": 2 },\n    { "a": 2 }\n  ]\n}',
  ],
  "tabs and CRLF": [
    '{\r\n\t"a": {\r\n\t\t"b": 1\r\n\t}\r\n}',
    set(["c"], { d: 1 }),
    '{\r\n\t"a": {\r\n\t\t"b": 1\r\n\t},\r\n\t"c": {\r\n\t\t"d": 1\r\n\t}\r\n}',
  ],
  "lists are long where they are long": [
    '{\n  "a": [\n    "x"\n  ]\n}',
    set(["b"], ["y"]),
    '{\n  "a": [\n    "x"\n  ],\n  "b": [\n    "y"\n  ]\n}',
  ],
  "lists are short where they are short": ['{\n  "a": ["x"]\n}', insert(["a"], 0, "w"), '{\n  "a": ["w", "x"]\n}'],
  "commas in front": ['{ "a": 1\n, "b": 2\n}', set(["c"], 3), '{ "a": 1\n, "b": 2\n, "c": 3\n}'],
  "blank lines are not copied": [
    '{\n  "a": 1,\n\n  "b": 2\n}',
    set(["c"], 3),
    '{\n  "a": 1,\n\n  "b": 2,\n  "c": 3\n}',
  ],
  "an empty object opens": [
    "{}",
    set(["config", "timestamp", "source"], ["t"]),
    '{\n  "config": {\n    "timestamp": {\n      "source": ["t"]\n    }\n  }\n}',
  ],
  "an empty object among short ones stays short": [
    '[\n  {"a": 1},\n  {}\n]',
    set([1, "a"], 2),
    '[\n  {"a": 1},\n  {"a": 2}\n]',
  ],
  "the last item leaves an empty list": ['{"a": [ 1 ]}', remove(["a", 0]), '{"a": []}'],
  "duplicates: the last is set": ['{"a": 1, "a": 2}', set(["a"], 3), '{"a": 1, "a": 3}'],
  "duplicates: all are removed": ['{"a": 1, "b": 0, "a": 2}', remove(["a"]), '{"b": 0}'],
  "what is no object on the way is replaced": ['{"a": 5}', set(["a", "b"], 1), '{"a": {"b": 1}}'],
  "a list where a number says so": ["{}", set(["a", 0, "b"], 1), '{\n  "a": [\n    {\n      "b": 1\n    }\n  ]\n}'],
  "beyond the end is at the end": ['{"a": [1]}', insert(["a"], 9, 2), '{"a": [1, 2]}'],
  "no place, no edit": ['{"a": [1]}', remove(["b", 2]), '{"a": [1]}'],
  "a number is written as a program writes it": ['{"a": 1.0}', set(["a"], 1), '{"a": 1}'],
  "the same text, no edit": ['{"a": 1}', set(["a"], 1), '{"a": 1}'],
  "a key named __proto__": ['{"a": 1}', set(["__proto__", "b"], 1), '{"a": 1, "__proto__": {"b": 1}}'],
  "a byte order mark stays": ['\ufeff{"a": 1}', set(["a"], 2), '\ufeff{"a": 2}'],
  "a lifted value takes the indentation of its place": [
    '{\n  "p": {\n    "x": 1\n  },\n  "l": [\n    {\n      "y": [\n        2\n      ]\n    }\n  ]\n}',
    swap(["p"], ["l", 0]),
    '{\n  "p": {\n    "y": [\n      2\n    ]\n  },\n  "l": [\n    {\n      "x": 1\n    }\n  ]\n}',
  ],
};

for (const [name, [text, change, expected]] of Object.entries(CASES)) {
  test(name, () => {
    assert.equal(after(text, change), expected);
    if (text === expected) assert.deepEqual(edit(text, [change]), []);
  });
}

test("the order of keys decides where a new one stands", () => {
  const orderOf = (path) => (path.length === 0 ? ["one", "two", "three", "four"] : []);
  const at = (text, key) => applied(text, edit(text, [set([key], 0)], { orderOf }));
  assert.equal(at('{"one": 1, "own": 1, "three": 3}', "two"), '{"one": 1, "two": 0, "own": 1, "three": 3}');
  assert.equal(at('{"own": 1, "three": 3}', "one"), '{"own": 1, "one": 0, "three": 3}');
  assert.equal(at('{"three": 3, "one": 1}', "four"), '{"three": 3, "four": 0, "one": 1}');
  assert.equal(at('{"three": 3}', "else"), '{"three": 3, "else": 0}');
});

test("a blank text becomes a document", () => {
  for (const text of ["", "  \n"])
    assert.deepEqual(JSON.parse(after(text, set(["config", "is_array"], true))), { config: { is_array: true } });
});

test("what is no JSON is not edited", () => {
  for (const text of ["{", '{"a": }', "[1,]", "{'a': 1}"]) assert.equal(edit(text, [set(["a"], 1)]), null);
});
