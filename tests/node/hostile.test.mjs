/** Bad documents: each gives a diagnostic with a place and help, none an exception, and the next call works. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { compile, fields, processPayload, validate } from "../../dist/node.mjs";
import { BODY, BODY_TEXT, PAYLOAD, PAYLOAD_TEXT, PROCESSED } from "./example.mjs";

const { program } = compile(BODY);
const LIMIT = 6 * 1024 * 1024;
const encode = (text) => new TextEncoder().encode(text);

afterEach(() => {
  assert.deepEqual(program.process(PAYLOAD), PROCESSED);
  assert.equal(validate(BODY).valid, true);
});

/** The error of this code that a document gives, checked for being complete. */
function problem({ diagnostics }, code, text) {
  const found = diagnostics.find((diagnostic) => diagnostic.code === code);
  assert.ok(found, `${code} is reported, and not only ${diagnostics.map((diagnostic) => diagnostic.code)}`);
  assert.equal(found.severity, "error");
  assert.match(found.code, /^[a-z0-9-]+$/);
  assert.ok(found.message.length > 0 && found.help?.length > 0, `${found.code} has a message and help`);
  assert.equal(typeof found.pointer, "string");
  if (text !== undefined) {
    assert.ok(found.range, `${found.code} has a place`);
    assert.ok(0 <= found.range.start && found.range.start <= found.range.end && found.range.end <= text.length);
  }
  return found;
}

const BODIES = {
  "an empty text": ["", "json-syntax"],
  "white space": [" \n", "json-syntax"],
  "half a text": [BODY_TEXT.slice(0, -20), "json-syntax"],
  null: ["null", "wrong-type"],
  "an array": ["[]", "wrong-type"],
  "a number": ["5", "wrong-type"],
  "a text": ['"{}"', "wrong-type"],
  "an empty object": ["{}", "missing-attribute"],
  "a configuration that is an array": ['{"config": []}', "wrong-type"],
  "a configuration that is a number": ['{"config": 7}', "wrong-type"],
  "a mixture of versions": ['{"config": {"version": "2.0", "primary_property": {"name": "a"}}}', "version-mixed"],
  "100,000 levels": ["[".repeat(100_000), "json-too-deep"],
  "100,000 levels, closed": [`{"config":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, "json-too-deep"],
};

for (const [name, [text, code]] of Object.entries(BODIES)) {
  test(`body: ${name}`, () => {
    for (const given of [text, encode(text)]) {
      const checked = validate(given);
      assert.equal(checked.valid, false);
      problem(checked, code, text);
      const compiled = compile(given);
      assert.equal(compiled.program, null);
      assert.equal(problem(compiled, code, text).document, "body");
      assert.deepEqual(processPayload(given, PAYLOAD).alerts, []);
    }
  });
}

const PAYLOADS = {
  "an empty text": ["", "json-syntax"],
  "half a text": [PAYLOAD_TEXT.slice(0, -20), "json-syntax"],
  "trouble after the last field that is used": [`${PAYLOAD_TEXT}]`, "json-syntax"],
  "100,000 levels": [`{"x":${"[".repeat(100_000)}`, "json-too-deep"],
  "100,000 levels of objects": [`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, "json-too-deep"],
  "200,000 elements": [`{"alerts":[${"{},".repeat(199_999)}{}]}`, "too-many-alerts"],
};

for (const [name, [text, code]] of Object.entries(PAYLOADS)) {
  test(`payload: ${name}`, () => {
    for (const given of [text, encode(text)]) {
      const processed = program.process(given);
      assert.deepEqual(processed.alerts, []);
      assert.equal(problem(processed, code, text).document, "payload");
      assert.deepEqual(processPayload(BODY, given).alerts, []);
      assert.ok(Array.isArray(fields(given)));
    }
  });
}

test("payload: no object, or not the expected one", () => {
  for (const text of ["null", "[]", "5", '"x"', "true", "{}", '{"alerts":null}', '{"alerts":{}}']) {
    const { alerts, rejected } = program.process(text);
    assert.deepEqual(alerts, []);
    assert.equal(rejected.length, 1, text);
    assert.equal(rejected[0].index, null);
  }
  for (const value of [[], [1], {}, { alerts: 5 }]) assert.deepEqual(program.process(value).alerts, []);
});

test("payload: elements that are no objects leave the others alone", () => {
  const { alerts, rejected } = program.process({ alerts: [null, 1, "x", [], PAYLOAD.alerts[0]] });
  assert.deepEqual(
    alerts.map(({ index }) => index),
    [4],
  );
  assert.deepEqual(
    rejected.map(({ index }) => index),
    [0, 1, 2, 3],
  );
});

/** The example, stretched to a number of bytes. */
function ofSize(size) {
  const bytes = encode(JSON.stringify({ ...PAYLOAD, filler: "" }));
  const text = JSON.stringify({ ...PAYLOAD, filler: "x".repeat(size - bytes.length) });
  assert.equal(encode(text).length, size);
  return text;
}

test("payload: up to the limit it is read, one byte over it is not", () => {
  const fits = ofSize(LIMIT);
  for (const given of [fits, encode(fits)]) assert.equal(program.process(given).alerts.length, 2);
  for (const size of [LIMIT + 1, LIMIT + 2, LIMIT + 3, LIMIT + 4, LIMIT + 5, 8 * 1024 * 1024]) {
    const over = ofSize(size);
    for (const given of [over, encode(over)]) {
      const processed = program.process(given);
      assert.deepEqual(processed.alerts, []);
      problem(processed, "payload-too-large");
    }
  }
});

test("payload: the limit counts bytes, not characters", () => {
  const text = (count) => JSON.stringify({ ...PAYLOAD, filler: "€".repeat(count) });
  const rest = encode(text(0)).length;
  const fits = Math.floor((LIMIT - rest) / 3);
  assert.equal(program.process(text(fits)).alerts.length, 2);
  problem(program.process(text(fits + 1)), "payload-too-large");
});

test("payload: of hundreds of megabytes only the beginning is copied", () => {
  const text = `"${"x".repeat(300_000_000)}"`;
  problem(program.process(text), "payload-too-large");
  problem(program.process(new Uint8Array(300_000_000)), "payload-too-large");
});

test("body: too much of it is reported, not choked on", () => {
  const { valid } = validate(`"${"x".repeat(100_000_000)}"`);
  assert.equal(valid, false);
});

test("lone surrogates, as characters and as escapes, become U+FFFD", () => {
  const summary = (text) => program.process(PAYLOAD_TEXT.replace("Disk is at 91 %", () => text)).alerts[1].tags.summary;
  assert.equal(summary("a\ud800b"), "a\ufffdb");
  assert.equal(summary("a\udc00"), "a\ufffd");
  assert.equal(summary("a\\ud800b"), "a\ufffdb");
  assert.equal(summary("\\ud83d\\ude00"), "😀");
});

test("bytes that are no UTF-8 are an error, also where nobody looks", () => {
  for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
    const bytes = Uint8Array.of(...encode('{"skipped":"'), ...bad, ...encode('","alerts":[]}'));
    problem(program.process(bytes), "json-syntax");
  }
});

test("a byte order mark is skipped", () => {
  assert.deepEqual(program.process(`\ufeff${PAYLOAD_TEXT}`), PROCESSED);
  assert.deepEqual(program.process(Uint8Array.of(0xef, 0xbb, 0xbf, ...encode(PAYLOAD_TEXT))), PROCESSED);
  assert.equal(validate(`\ufeff${BODY_TEXT}`).valid, true);
});

test("names that mean something to JavaScript are ordinary names", () => {
  const fields = `"__proto__":"p","constructor":"c","toString":"t"`;
  const payload = `{"alerts":[{"labels":{"instance":"a","__proto__":{"x":1}},${fields}}]}`;
  const { alerts } = program.process(payload, { additionalTags: "map" });
  assert.equal(Object.getPrototypeOf(alerts[0].tags), Object.prototype);
  assert.equal({}.x, undefined);
});
