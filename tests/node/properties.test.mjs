/** What holds for any input at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compile, fields, processPayload, validate } from "../../dist/node.mjs";
import { BODY, BODY_TEXT, PAYLOAD, PAYLOAD_TEXT, PROCESSED } from "./example.mjs";

const { program } = compile(BODY);
const encode = (text) => new TextEncoder().encode(text);
const parse = (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
const options = { receivedAt: Date.UTC(2026, 0, 31, 13), trace: true, additionalTags: "map" };
const check = (...args) => fc.assert(fc.property(...args), { numRuns: 300 });

/** Payloads that often get far: any values, at the places where the configuration looks. */
const json = fc.jsonValue({ maxDepth: 3 });
const value = fc.oneof(json, fc.string({ unit: "grapheme" }), fc.constantFrom("firing", "", null));
const some = (fields) => fc.record(fields, { requiredKeys: [] });
const labels = fc.oneof(value, some({ instance: value, alertname: value }));
const alert = some({ status: value, labels, annotations: value, startsAt: value });
const payload = fc.oneof(json, fc.record({ alerts: fc.array(fc.oneof(alert, value)), other: value }));
const object = payload.filter((any) => typeof any === "object" && any !== null);

/** A text with one place of it disturbed. */
const disturbed = (text) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(8), fc.string({ unit: "binary", maxLength: 4 }))
    .map(([at, drop, insert]) => text.slice(0, at) + insert + text.slice(at + drop));

function isWhole(processed) {
  const { alerts, rejected, diagnostics } = processed;
  for (const list of [alerts, rejected, diagnostics]) assert.ok(Array.isArray(list));
  for (const { tags, primary_property } of alerts) assert.ok(primary_property in tags);
}

test("text, bytes, objects, process and processToJson agree", () => {
  check(object, (given) => {
    const text = JSON.stringify(given);
    const processed = program.process(text, options);
    isWhole(processed);
    assert.deepEqual(program.process(encode(text), options), processed);
    assert.deepEqual(parse(program.processToJson(text, options)), processed);
    assert.deepEqual(parse(program.processToJson(encode(text), options)), processed);
    assert.deepEqual(JSON.parse(program.processToJson(text, { ...options, as: "text" })), processed);
    const { alerts, rejected } = program.process(given, options);
    assert.deepEqual([alerts, rejected], [processed.alerts, processed.rejected]);
  });
});

test("no text and no bytes make anything throw", () => {
  check(fc.oneof(fc.string({ unit: "binary" }), disturbed(PAYLOAD_TEXT), fc.json()), (text) => {
    isWhole(program.process(text, options));
    fields(text);
  });
  check(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    isWhole(program.process(bytes, options));
    validate(bytes);
    fields(bytes);
  });
  check(fc.oneof(fc.string({ unit: "binary" }), disturbed(BODY_TEXT), fc.json()), (text) => {
    isWhole(processPayload(text, PAYLOAD, options));
  });
  assert.deepEqual(program.process(PAYLOAD), PROCESSED);
});

test("a payload is accepted exactly when JSON.parse accepts it", () => {
  check(fc.oneof(disturbed(PAYLOAD_TEXT), fc.string({ unit: "binary", maxLength: 6 }), fc.json()), (text) => {
    // The engine skips a byte order mark and replaces lone surrogates; JSON.parse differs in the first.
    fc.pre(!text.startsWith("\ufeff"));
    const { diagnostics } = program.process(text);
    const refused = diagnostics.some(({ code }) => code === "json-syntax");
    let parses = true;
    try {
      JSON.parse(text);
    } catch {
      parses = false;
    }
    assert.equal(!refused, parses, JSON.stringify(text));
  });
});

test("ranges lie inside the text and lines and columns fit them", () => {
  check(fc.oneof(disturbed(BODY_TEXT), fc.json()), (text) => {
    for (const { range, code } of validate(text).diagnostics) {
      if (range === undefined) continue;
      const { start, end, line, column } = range;
      assert.ok(0 <= start && start <= end && end <= text.length, code);
      const before = text.slice(0, start).split("\n");
      assert.deepEqual([line, column], [before.length, before.at(-1).length + 1], code);
    }
  });
});

test("validate and compile agree on what cannot be understood", () => {
  check(fc.oneof(disturbed(BODY_TEXT), fc.json()), (text) => {
    const { program, diagnostics } = compile(text);
    if (program === null) {
      assert.equal(validate(text).valid, false);
      assert.ok(diagnostics.some(({ severity }) => severity === "error"));
    } else {
      program.free();
    }
  });
});
