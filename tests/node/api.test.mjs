/** What each function gives when it is used as meant. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as api from "../../dist/node.mjs";
import { ALERTS, BODY, BODY_TEXT, PAYLOAD, PAYLOAD_BYTES, PAYLOAD_TEXT, PROCESSED } from "./example.mjs";

const { compile, fields, init, processPayload, Program, validate, validateWithPayloads, version } = api;
const encode = (text) => new TextEncoder().encode(text);
const parse = (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
const RECEIVED = Date.UTC(2026, 0, 31, 13);

test("what the types declare is exported, and nothing else", () => {
  const types = readFileSync(new URL("../../src/js/types.d.ts", import.meta.url), "utf8");
  const names = [...types.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(Object.keys(api).sort(), names.sort());
});

test("init is harmless, also twice at once", async () => {
  assert.deepEqual(await Promise.all([init(), init()]), [undefined, undefined]);
});

test("version is that of the package", () => {
  assert.equal(version(), JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version);
});

test("text, bytes and objects give the same alerts", () => {
  for (const body of [BODY_TEXT, encode(BODY_TEXT), Buffer.from(BODY_TEXT), BODY]) {
    for (const payload of [PAYLOAD_TEXT, PAYLOAD_BYTES, Buffer.from(PAYLOAD_BYTES), PAYLOAD]) {
      assert.deepEqual(processPayload(body, payload), PROCESSED);
    }
  }
});

test("process, processToJson and processPayload agree", () => {
  const { program, diagnostics } = compile(BODY_TEXT);
  assert.deepEqual(diagnostics, []);
  for (const options of [undefined, {}, { receivedAt: RECEIVED, trace: true }, { additionalTags: "map" }]) {
    const processed = program.process(PAYLOAD_TEXT, options);
    assert.deepEqual(parse(program.processToJson(PAYLOAD_TEXT, options)), processed);
    assert.deepEqual(parse(program.processToJson(PAYLOAD_BYTES, options)), processed);
    assert.deepEqual(JSON.parse(program.processToJson(PAYLOAD_TEXT, { ...options, as: "text" })), processed);
    assert.deepEqual(JSON.parse(program.processToJson(PAYLOAD_BYTES, { ...options, as: "text" })), processed);
    assert.deepEqual(processPayload(BODY_TEXT, PAYLOAD_TEXT, options), processed);
  }
  program.free();
});

test("validate shows a payload to the rules, each problem at its own place", () => {
  const { valid, diagnostics } = validate(BODY_TEXT);
  assert.equal(valid, true);
  assert.deepEqual(validate(BODY_TEXT, { payload: PAYLOAD_TEXT }), { valid, diagnostics });
  const broken = "\ufeff\n{'é': True}";
  for (const payload of [broken, encode(broken)]) {
    const shown = validate(BODY_TEXT, { mode: "update", payload });
    const { code, document, range, suggestion } = shown.diagnostics.at(-1);
    assert.deepEqual([shown.valid, code, document], [false, "json-syntax", "payload"]);
    assert.deepEqual(range, { start: 3, end: 4, line: 2, column: 2 });
    assert.deepEqual(suggestion.edits.map(({ start, text }) => [start, text]).at(-1), [8, "true"]);
  }
  const [rejected] = validate(BODY, { payload: { alerts: [5] } }).diagnostics.filter(
    ({ document }) => document === "payload",
  );
  assert.deepEqual([rejected.code, rejected.range], ["alert-not-object", undefined]);
  assert.throws(() => validate(BODY, { payload: 5 }), { name: "TypeError", message: /^payload: / });
});

test("several payloads are shown to the rules in one call", () => {
  const payloads = [PAYLOAD_TEXT, "{'é': True}", { alerts: [5] }, encode("{")];
  const { valid, diagnostics } = validateWithPayloads(BODY_TEXT, payloads);
  assert.equal(valid, false);
  assert.deepEqual(
    diagnostics.map(({ payload, code, document, range }) => [payload, code, document, range?.start]),
    [
      [1, "json-syntax", "payload", 1],
      [2, "alert-not-object", "payload", undefined],
      [3, "json-syntax", "payload", 1],
    ],
  );
  for (const [place, payload] of payloads.entries()) {
    const alone = validate(BODY_TEXT, { payload }).diagnostics;
    const listed = diagnostics.filter((one) => one.payload === place);
    assert.deepEqual(
      listed.map(({ payload: _, ...one }) => one),
      alone,
    );
  }
  assert.deepEqual(validateWithPayloads(BODY_TEXT, []), validate(BODY_TEXT));
  assert.throws(() => validateWithPayloads(BODY, "{}"), { name: "TypeError", message: /^payloads: / });
  assert.throws(() => validateWithPayloads(BODY, [5]), { name: "TypeError", message: /^payloads\[0\]: / });
});

test("a bare configuration is read too", () => {
  assert.deepEqual(processPayload(BODY.config, PAYLOAD).alerts, ALERTS);
});

test("the bytes of an answer stay the caller's", () => {
  const { program } = compile(BODY);
  const first = program.processToJson(PAYLOAD_BYTES);
  const copy = first.slice();
  assert.equal(first.buffer.byteLength, first.byteLength, "a buffer of its own, so that it can be transferred");
  program.processToJson(JSON.stringify({ alerts: [{}] }));
  assert.deepEqual(first, copy);
});

test("the payload is not changed", () => {
  const bytes = PAYLOAD_BYTES.slice();
  const { program } = compile(BODY);
  program.processToJson(bytes);
  assert.deepEqual(bytes, PAYLOAD_BYTES);
});

test("a view into a larger buffer is read from where it begins to where it ends", () => {
  const large = new Uint8Array(PAYLOAD_BYTES.length + 20).fill(0x21);
  large.set(PAYLOAD_BYTES, 7);
  const { program } = compile(BODY);
  assert.deepEqual(program.process(large.subarray(7, 7 + PAYLOAD_BYTES.length)), PROCESSED);
});

test("a program does not depend on the bytes it was compiled from", () => {
  const bytes = encode(BODY_TEXT);
  const { program } = compile(bytes);
  bytes.fill(0);
  assert.deepEqual(program.process(PAYLOAD), PROCESSED);
});

test("receivedAt stands in for a missing time, in every form", () => {
  const body = { ...BODY.config, timestamp: undefined };
  const at = (receivedAt) => processPayload(body, PAYLOAD, { receivedAt }).alerts[0].timestamp;
  const forms = [RECEIVED, RECEIVED + 999.9, new Date(RECEIVED), "2026-01-31T13:00:00Z", "2026-01-31T14:00:00+01:00"];
  for (const form of forms) {
    assert.equal(at(form), RECEIVED / 1000, String(form));
  }
  const before = Math.floor(Date.now() / 1000);
  const now = at(undefined);
  assert.ok(before <= now && now <= Date.now() / 1000, "the default is now");
});

test("a trace comes when asked for, and explains every value with one last step", () => {
  assert.equal("trace" in processPayload(BODY, PAYLOAD, { trace: false }), false);
  const { alerts, trace } = processPayload(BODY_TEXT, PAYLOAD_TEXT, { trace: true });
  assert.deepEqual(alerts, ALERTS);
  assert.deepEqual(
    trace.map(({ index }) => index),
    [0, 1],
  );
  for (const { index, steps } of trace) {
    for (const [tag, value] of Object.entries(ALERTS[index].tags)) {
      const used = steps.filter((step) => step.kind === "tag" && step.tag === tag && step.outcome === "used");
      assert.equal(used.length, 1, tag);
      assert.equal(used[0].value, value);
      const { start, end } = used[0].payloadRange;
      assert.equal(JSON.parse(PAYLOAD_TEXT.slice(start, end)), value, "the range underlines the value");
    }
  }
});

test("places are left out for objects, which have none", () => {
  const { trace } = processPayload(BODY, PAYLOAD, { trace: true });
  for (const { steps } of trace) for (const step of steps) assert.equal("payloadRange" in step, false);
  const wrong = { config: { status: 1 } };
  for (const { range } of validate(wrong).diagnostics) assert.equal(range, undefined);
});

test("validate reports problems with their places, in UTF-16 offsets", () => {
  assert.equal(validate(BODY_TEXT).valid, true);
  const text = `{"config": {"ü😀": 1, "status": 5}}`;
  const { valid, diagnostics } = validate(text);
  assert.equal(valid, false);
  const wrong = diagnostics.find(({ code, pointer }) => code === "wrong-type" && pointer.endsWith("/status"));
  assert.equal(text.slice(wrong.range.start, wrong.range.end), "5");
  assert.deepEqual([wrong.range.line, wrong.range.column], [1, wrong.range.start + 1]);
});

test("validate and compile say the same of the same text, whatever it comes as", () => {
  const text = `{"config": [1`;
  assert.deepEqual(validate(encode(text)), validate(text));
  const { program, diagnostics } = compile(text);
  assert.equal(program, null);
  assert.equal(diagnostics[0].code, "json-syntax");
  assert.deepEqual(compile(encode(text)).diagnostics, diagnostics);
});

test("update allows a blank sample, create does not", () => {
  const body = { ...BODY, sample_payload: {} };
  assert.equal(validate(body, { mode: "create" }).valid, false);
  assert.equal(validate(body, { mode: "update" }).valid, true);
});

test("a configuration that cannot be understood gives no alerts and says why", () => {
  const answer = processPayload("{}", PAYLOAD, { trace: true });
  assert.deepEqual([answer.alerts, answer.rejected, answer.trace], [[], [], []]);
  assert.ok(answer.diagnostics.length > 0);
  assert.equal("trace" in processPayload("{}", PAYLOAD), false);
});

test("fields lists what can be mapped", () => {
  const found = fields(PAYLOAD_TEXT, { arraySource: "alerts" });
  const host = found.find(({ path }) => path === "@alert.labels.instance");
  const { type, example, count, pointer } = host;
  assert.deepEqual([type, example, count, pointer], ["string", "web-1:9100", 2, "/alerts/0/labels/instance"]);
  const paths = (list) => list.map(({ path }) => path);
  assert.deepEqual(paths(fields(PAYLOAD, { arraySource: "alerts" })), paths(found));
  assert.ok(fields(PAYLOAD_TEXT).some(({ path }) => path === "receiver"));
});

test("a program is freed once, by name or by `using`, and then refuses work", () => {
  const { program } = compile(BODY);
  assert.ok(program instanceof Program);
  program.free();
  program.free();
  assert.throws(() => program.process(PAYLOAD), { name: "Error", message: /freed/ });
  assert.throws(() => program.processToJson(PAYLOAD_TEXT), { name: "Error", message: /freed/ });
  const another = compile(BODY).program;
  if (Symbol.dispose) another[Symbol.dispose]();
  else another.free();
  assert.throws(() => another.process(PAYLOAD), /freed/);
});
