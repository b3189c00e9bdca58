/** `inspect` as the package gives it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { importBody, inspect } from "../../dist/node.mjs";
import { BODY, BODY_TEXT } from "./example.mjs";

test("a body, a configuration and a payload are distinguished, as text and as bytes", () => {
  for (const [text, kind, version] of [
    [BODY_TEXT, "body", "1"],
    [JSON.stringify(BODY.config), "config", "1"],
    ['{"primary_property": [{"name": "host"}], "status": {"status_map": {}}}', "config", "2"],
    ['{"primary_property": "host", "status": "ok", "tags": {}}', "object", null],
    ["[1]", "array", null],
    ["null", "scalar", null],
  ]) {
    const expected = { format: "json", kind, version, diagnostics: [] };
    assert.deepEqual(inspect(text), expected, text);
    assert.deepEqual(inspect(new TextEncoder().encode(text)), expected, text);
  }
});

test("what is not JSON has a diagnostic, and its fix gives the kind", () => {
  for (const [text, format, kind] of [
    ['{"a": "é😀", /* b */ "b": 1,}', "nearly-json", "object"],
    ["{'primary_property': {'source': ['a']}, 'x': None}", "python", "config"],
    ["```json\n[1]\n```", "markdown", "array"],
    ["curl https://example.com -d '[1]'", "curl", "array"],
    ["a=1&b=2", "form", "object"],
  ]) {
    const { diagnostics, ...found } = inspect(text);
    assert.equal(found.format, format, text);
    assert.equal(found.kind, kind, text);
    let [fixed, moved] = [text, 0];
    for (const { start, end, text: added } of diagnostics[0].suggestion.edits) {
      fixed = fixed.slice(0, start + moved) + added + fixed.slice(end + moved);
      moved += added.length - (end - start);
    }
    assert.equal(inspect(fixed).format, "json", fixed);
    assert.equal(inspect(fixed).kind, kind, fixed);
  }
});

test("what is found within other text can be imported", () => {
  const text = `HTTP/2 200\r\n\r\n${BODY_TEXT}`;
  const { format, kind } = inspect(text);
  assert.deepEqual([format, kind], ["text", "body"]);
  assert.equal(importBody(text).text, BODY_TEXT);
});

test("many lines are NDJSON, whatever their size", () => {
  const lines = `{"a":"${"x".repeat(1_000_000)}"}\n`.repeat(20);
  assert.equal(inspect(lines).format, "ndjson");
  assert.equal(inspect(`{"a":"${"x".repeat(17_000_000)}"}`).diagnostics[0].code, "payload-too-large");
});

test("anything but text and bytes is a mistake of the caller", () => {
  for (const wrong of [undefined, null, 5, {}]) assert.throws(() => inspect(wrong), TypeError);
});
