/** `suggest` as the package gives it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { compare, processPayload, suggest, validate } from "../../dist/node.mjs";

const CASES = new URL("../suggest/", import.meta.url);
const read = (name) => readFileSync(new URL(name, CASES));

test("the wasm proposes what the crate does", () => {
  const names = readdirSync(CASES).filter((name) => name.endsWith(".payload.json"));
  assert.ok(names.length > 15);
  for (const name of names) {
    const expected = JSON.parse(read(name.replace(".payload.", ".expected.")));
    const payload = read(name);
    for (const given of [payload, payload.toString()]) {
      const { body, text, reasons, diagnostics } = suggest(given);
      assert.deepEqual(body?.config ?? null, expected.config, name);
      assert.deepEqual(reasons, expected.reasons, name);
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        expected.diagnostics.map(({ code }) => code),
        name,
      );
      assert.deepEqual(text === null ? null : JSON.parse(text), body, name);
    }
  }
});

test("the text is laid out and keeps what an object loses", () => {
  const { body, text } = suggest('{"n": 9007199254740993, "host": "a", "host":"b\\u00e9","x":1.10,"e":{},"l":[ ]}');
  assert.ok(
    text.includes('"sample_payload": {\n    "n": 9007199254740993,\n    "host": "a",\n    "host": "b\\u00e9",\n'),
    text,
  );
  assert.ok(text.includes('"x": 1.10,\n    "e": {},\n    "l": []\n  }\n}'), text);
  assert.deepEqual(Object.keys(body), ["config", "sample_payload"]);
  const plain = suggest('{"host":"a","up":[1,{"k":true}]}');
  assert.equal(plain.text, JSON.stringify(plain.body, null, 2));
});

test("an object is a payload too, and then nothing has a place", () => {
  const payload = { host: "a", state: "OK" };
  const { body, reasons } = suggest(payload);
  assert.deepEqual(body.sample_payload, payload);
  assert.equal(reasons.find(({ choice }) => choice === "host").payloadPointer, "/host");
  assert.equal(suggest([1]).diagnostics[0].range, undefined);
  assert.equal(suggest("[1]").diagnostics[0].range.start, 1);
});

test("what gets no proposal is reported, with its place", () => {
  for (const [payload, code, underlined] of [
    ["", "json-syntax", ""],
    ['{"é😀": tru}', "json-syntax", "t"],
    ["5", "alert-not-object", "5"],
    ['[{"host": "a"}, "é"]', "alert-not-object", '"é"'],
    [" {}", "sample-blank", "{"],
    ["[".repeat(200), "json-too-deep", "["],
    [`[${"{},".repeat(100_000)}{}]`, "too-many-alerts", "["],
    [`{"a":"${"é".repeat(3_200_000)}"}`, "payload-too-large", ""],
    ["é".repeat(300_000_000), "payload-too-large", ""],
  ]) {
    const { diagnostics, ...rest } = suggest(payload);
    assert.deepEqual(rest, { body: null, text: null, reasons: [] });
    assert.deepEqual(
      diagnostics.map((d) => [d.code, d.severity, d.document]),
      [[code, "error", "payload"]],
    );
    const [{ range, message, help }] = diagnostics;
    assert.ok(message.length > 0 && help.length > 0);
    assert.equal(payload.slice(range.start, range.end), underlined);
  }
});

test("what is no document throws", () => {
  for (const wrong of [undefined, null, 5, true, () => {}, new Map(), Promise.resolve("{}")]) {
    assert.throws(() => suggest(wrong), TypeError);
  }
});

test("every object gets a body that is valid and gives an alert for each", () => {
  const key = fc.oneof(
    fc.constantFrom("host", "status", "severity", "alerts", "labels", "time", "title", "a.b"),
    fc.string(),
  );
  const value = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom("firing", "resolved", "critical", "web-1", 1769860800, "", null),
      fc.string(),
      fc.double(),
      fc.boolean(),
    ),
    object: fc.dictionary(key, tie("any"), { maxKeys: 6 }),
    any: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("object"), fc.array(tie("object"), { maxLength: 4 })),
  }));
  fc.assert(
    fc.property(fc.oneof(value.object, fc.array(value.object, { minLength: 1, maxLength: 4 })), (payload) => {
      const { text, diagnostics } = suggest(payload);
      if (text === null) return assert.equal(diagnostics[0].severity, "error");
      const { valid, diagnostics: reported } = validate(text);
      assert.ok(valid, JSON.stringify(reported));
      const { rejected } = processPayload(text, JSON.parse(text).sample_payload);
      assert.deepEqual(rejected, []);
    }),
    { numRuns: 300 },
  );
});

test("other payloads show words and fields that stay the same", () => {
  const problem = { id: "e1", key: "k7", host: "db-1", name: "disk", state: "qx-bad" };
  const recovery = { ...problem, id: "e2", state: "qx-fine" };
  const { body } = suggest(problem, { others: [JSON.stringify(recovery)] });
  assert.deepEqual(body.config.status.status_map.critical, ["qx-bad", "qx-fine"]);
  assert.deepEqual(body.sample_payload, problem);
  assert.deepEqual(body.config.primary_property.source, ["host"]);
});

test("a payload that cannot be used is reported, and the others count", () => {
  const { body, diagnostics } = suggest({ host: "a", state: "DOWN" }, { others: ["{", '{"host":"a","state":"UP"}'] });
  assert.deepEqual(body.config.status.status_map.ok, ["UP"]);
  assert.equal(diagnostics[0].severity, "warning");
  assert.match(diagnostics[0].message, /^payload 2 was not used: /);
});

test("two alerts with one identity are named", () => {
  const alert = { host: "a", check: "disk", state: "DOWN" };
  const { reasons } = suggest([alert, alert]);
  assert.ok(reasons.some(({ message }) => message.startsWith("alerts 1 and 2 of payload 1 have the same identity")));
});

test("version 2 is proposed with the rules of version 1", () => {
  const payload = { host: "a", check: "disk", state: "DOWN", team: "shop" };
  const [one, two] = ["1", "2"].map((version) => suggest(payload, { version }));
  assert.equal(two.body.config.version, "2.0");
  assert.deepEqual(two.body.config.primary_property, [{ name: one.body.config.primary_property.name }]);
  assert.deepEqual(two.body.config.additional_attributes[0], one.body.config.primary_property);
  assert.deepEqual(
    validate(two.text, { version: "2" }).diagnostics.filter(({ severity }) => severity !== "info"),
    [],
  );
  assert.ok(compare(one.text, two.text, [payload]).same);
  // The reasons are about places in this body.
  const pointers = two.reasons.map(({ pointer }) => pointer);
  assert.ok(pointers.includes("/config/additional_attributes/0"), pointers.join(" "));
  assert.ok(!pointers.some((pointer) => pointer.startsWith("/config/primary_property/")));
});

test("options that are wrong are refused", () => {
  assert.throws(() => suggest({ host: "a" }, { others: "x" }), /others: expected an array/);
  assert.throws(() => suggest({ host: "a" }, { version: "3" }), /version: expected /);
  assert.throws(() => suggest({ host: "a" }, { other: [] }), TypeError);
});
