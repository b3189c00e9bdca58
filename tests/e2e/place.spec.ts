import { expect, test } from "@playwright/test";
import { jsonAt, pointerOf } from "../../www/src/editor/cursor-context.ts";
import type { Field, Step } from "../../www/src/engine/types.ts";
import { line, shown } from "../../www/src/text/format.ts";
import { arrayPointer, chainOf, ofField, partName, placed, ruleName, ruleOf } from "../../www/src/text/trace.ts";

/** What stands at the bar: the slot, the path, the token, the other keys, and whether a comma is missing before it. */
function at(marked: string): string | null {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const place = jsonAt(text, offset);
  if (!place) return null;
  const { slot, path, from, to, siblings, comma } = place;
  return `${slot} ${pointerOf(path)} <${text.slice(from, to)}>${siblings.length > 0 ? ` beside ${siblings.join(",")}` : ""}${comma === null ? "" : ` comma at ${comma}`}`;
}

for (const [text, found] of [
  ["|", "value  <>"],
  ["{|", "key  <>"],
  ['{"a|', 'key  <"a>'],
  ['{"a|": 1, "b": 2}', 'key  <"a"> beside b'],
  ['{"a": 1, "b|": 2}', 'key  <"b"> beside a'],
  ['{"a": "x|y"}', 'value /a <"xy">'],
  ['{"a": "x"|}', "key  <> beside a comma at 9"],
  ['{"a": tr|ue}', "value /a <true>"],
  ['{"a" |}', null],
  ['{"a"|: 1}', null],
  ['{"a": |}', "value /a <>"],
  ['{"a": |, "b": 1}', "value /a <>"],
  ['{"a": [|]}', "value /a/0 <>"],
  ['{"a": ["x", "y|"]}', 'value /a/1 <"y">'],
  ['{"a": ["x" "y|"]}', 'value /a/1 <"y"> comma at 10'],
  ['{"a": {"b": [{"c": 1}, {"d|": 2, "e": {"f": 3}, "g": 4}]}}', 'key /a/b/1 <"d"> beside e,g'],
  ['{"a": 1 "b|" "c": 2}', 'key  <"b"> beside a,c comma at 7'],
  ['{"a": "x|\n}', 'value /a <"x>'],
  ['{"a": "x|yz\n}', 'value /a <"x>'],
  ['{"a\\"|b": 1}', 'key  <"a\\"b">'],
  ["]]}|", "value  <>"],
] as const) {
  test(`a place in ${JSON.stringify(text)}`, () => expect(at(text)).toBe(found));
}

for (const [pointer, rule, name, part] of [
  ["/config/status/status_map/ok/0", "/config/status", "Status", "values of ok"],
  ["/config/additional_attributes/2/source/1", "/config/additional_attributes/2", "Tag 3", "source 2"],
  ["/primary_property", "/primary_property", "Primary property", ""],
  ["/config/timestamp/format", "/config/timestamp", "Time", "format"],
] as const) {
  test(`the rule of ${pointer}`, () => {
    expect([ruleOf(pointer), ruleName(ruleOf(pointer)), partName(pointer)]).toEqual([rule, name, part]);
  });
}

test("what hides in a value is seen", () => {
  expect(shown("a\u202eb\u0000c\nd", 100)).toBe("a‹U+202E›b␀c\nd");
  expect(shown("x".repeat(1_500), 3)).toBe("xxx… (1,500 characters)");
  expect(shown("ab😀", 3)).toBe("ab… (4 characters)");
  expect(line("a\n  b", 9)).toBe("a b");
});

const field = (path: string, pointer: string): Field => ({ path, pointer, type: "string", example: "", count: 1 });

test("a place in the payload has a path and an element", () => {
  const fields = [field("name", "/name"), field("@alert.labels.a.b", "/data/list/0/labels/a.b")];
  expect(arrayPointer(fields)).toBe("/data/list");
  expect(placed("/data/list/12/labels/x~1y", fields)).toEqual({ path: "@alert.labels.x/y", element: 12 });
  expect(placed("/data/name", fields)).toEqual({ path: "data.name", element: null });
  expect(arrayPointer([field("name", "/name")])).toBeNull();
  expect(placed("/3/host", [field("@alert.host", "/0/host")])).toEqual({ path: "@alert.host", element: 3 });
});

test("the steps of a value, and those of a field", () => {
  const step = (more: Partial<Step>): Step => ({
    kind: "tag",
    rule: "/config/additional_attributes/0",
    outcome: "used",
    ...more,
  });
  const range = { start: 5, end: 8 };
  const steps = [
    step({ source: "a", outcome: "missing" }),
    step({ tag: "b", source: "b", payloadPointer: "/b", payloadRange: range }),
    step({ rule: "/config/primary_property", tag: "host", payloadPointer: "/c/d" }),
    step({ kind: "identifier", tag: "b", payloadRange: range }),
    step({ kind: "status", rule: "/config/status", payloadPointer: "/c" }),
  ];
  expect(chainOf(steps[1] as Step, steps)).toEqual(steps.slice(0, 2));
  expect(chainOf(steps[4] as Step, steps)).toEqual(steps.slice(4));
  expect(ofField("/b", steps)).toEqual([steps[1], steps[3]]);
  expect(ofField("/c/d", steps)).toEqual([steps[2], steps[4]]);
  expect(ofField("/x", steps)).toEqual([]);
});
