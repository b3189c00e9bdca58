import { expect, test } from "@playwright/test";
import { sampleOf, withSample } from "../../www/src/json/body.ts";
import { rangeAt } from "../../www/src/json/pointer.ts";

/** The text that a pointer names. */
function at(text: string, pointer: string): string | null {
  const range = rangeAt(text, pointer);
  return range && text.slice(range.start, range.end);
}

const TEXT = ' {"a": [1, {"b/c": "x,]}\\"y"}], "d": {}, "": {"~": null}, "a\\u0062": -1e5, "two": 1, "two": 2}';

for (const [pointer, found] of [
  ["", TEXT.trim()],
  ["/a", '[1, {"b/c": "x,]}\\"y"}]'],
  ["/a/0", "1"],
  ["/a/1/b~1c", '"x,]}\\"y"'],
  ["/d", "{}"],
  ["/d/x", null],
  ["/a/2", null],
  ["/a/0/x", null],
  ["//~0", "null"],
  ["/ab", "-1e5"],
  ["/two", "2"],
] as const) {
  test(`the pointer "${pointer}"`, () => expect(at(TEXT, pointer)).toBe(found));
}

test("a text that is broken further on still has places", () => {
  expect(at('{"a": {"b": 1}, "c": ', "/a/b")).toBe("1");
  expect(at('{"a": {"b": [1, 2', "/a/b/0")).toBe("1");
  for (const text of ["", "{", "[", '{"a', '{"a"', '{"a":', "[,", "}", ":", '"\\']) expect(at(text, "/a")).toBeNull();
});

test("a sample is taken out and put in", () => {
  const body = '{\n  "config": {"is_array": false},\n  "sample_payload": {\n    "a": 1\n  }\n}';
  expect(sampleOf(body)).toBe('{\n  "a": 1\n}');
  for (const text of [body, '{"config": {"is_array": false}}']) {
    const edit = withSample(text, '{\n  "b": 2\n}\n');
    expect(edit).not.toBeNull();
    if (edit) {
      const fixed = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
      expect(JSON.parse(fixed)).toEqual({ config: { is_array: false }, sample_payload: { b: 2 } });
    }
  }
  expect(withSample("[]", "{}")).toBeNull();
});
