/** A payload that is edited in the engine gives what the edited text gives, whole and in parts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compile, fields, Preview } from "../../dist/node.mjs";

const BODY = {
  config: {
    is_array: true,
    array_source: "alerts",
    status: { source: ["@alert.state"], status_map: { ok: ["up"], critical: ["down"] }, default_to: "warning" },
    primary_property: { name: "host", source: ["@alert.host"] },
    secondary_property: { name: "check", source: ["@alert.check"] },
    additional_attributes: [{ source: ["@alert.labels"], flatten: true }],
  },
  sample_payload: "",
};
const { program } = compile(BODY);
const options = { receivedAt: 1_700_000_000_000 };

const alert = fc.record({
  host: fc.constantFrom("", "a", "é", "😀", "web-1"),
  state: fc.constantFrom("up", "down", "ü"),
  labels: fc.constantFrom({}, { x: "😀\n", y: 1 }),
});
const element = fc.oneof({ weight: 8, arbitrary: alert }, { weight: 1, arbitrary: fc.constantFrom(1, "text", null) });
const payload = fc.array(element, { maxLength: 12 }).map((alerts) => JSON.stringify({ alerts }, null, 1));

/** What the whole answer has of a part. */
function partOf(whole, from, count) {
  return whole.alerts.slice(from, from + count);
}

test("parts are slices of the whole", () => {
  const preview = new Preview();
  fc.assert(
    fc.property(payload, fc.nat(13), fc.nat(13), fc.boolean(), (text, from, count, trace) => {
      preview.set(text);
      const whole = program.process(text, { ...options, trace: true });
      const part = preview.process(program, { ...options, from, count, trace });
      assert.deepEqual(part.alerts, partOf(whole, from, count));
      assert.deepEqual(part.rejected, whole.rejected);
      assert.equal(part.alertCount, whole.alerts.length);
      assert.equal(part.rejectedCount, whole.rejected.length);
      if (trace) {
        const wanted = new Set(part.alerts.map(({ index }) => index));
        const traces = part.trace.filter(({ index }) => wanted.has(index));
        assert.deepEqual(
          traces,
          whole.trace.filter(({ index }) => wanted.has(index)),
        );
      } else assert.equal(part.trace, undefined);
    }),
  );
  preview.free();
});

test("one element by its number, traced though it is rejected", () => {
  const text = '{"alerts": [{"host": "a"}, {"host": ""}, {"host": "c", "state": "up"}]}';
  const preview = new Preview();
  preview.set(text);
  const whole = program.process(text, { ...options, trace: true });
  for (const index of [0, 1, 2]) {
    const one = preview.process(program, { ...options, index, trace: true });
    assert.deepEqual(
      one.alerts,
      whole.alerts.filter((alert) => alert.index === index),
    );
    assert.deepEqual(
      one.trace,
      whole.trace.filter((trace) => trace.index === index),
    );
  }
  assert.deepEqual(preview.process(program, { ...options, index: 3, trace: true }).trace, []);
  assert.deepEqual(preview.fields({ arraySource: "alerts" }), fields(text, { arraySource: "alerts" }));
  preview.free();
});

test("after any edits it is as if the text had been given", () => {
  const preview = new Preview();
  const typed = fc.array(
    fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(6),
      fc.constantFrom("", "x", '"', "😀", "é", "{", "\n"),
    ),
    {
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(payload, typed, (start, edits) => {
      let text = start;
      preview.set(text);
      for (const [where, length, put] of edits) {
        const chars = [...text];
        const at = Math.floor(where * chars.length);
        const before = chars.slice(0, at).join("");
        const gone = chars.slice(at, at + length).join("");
        assert.equal(preview.edit(before.length, before.length + gone.length, put), true);
        text = before + put + text.slice(before.length + gone.length);
      }
      const { alertCount, rejectedCount, ...part } = preview.process(program, { ...options, trace: true });
      assert.deepEqual(part, program.process(text, { ...options, trace: true }));
    }),
  );
  preview.free();
});

test("a payload over the limit is reported, can be edited back, and beyond all limits has to be set again", () => {
  const preview = new Preview();
  const head = '{"alerts": [{"host": "';
  preview.set(`${head}${"x".repeat(7 * 1024 * 1024)}"}]}`);
  assert.equal(preview.process(program, options).diagnostics[0].code, "payload-too-large");
  assert.equal(preview.edit(head.length, head.length + 7 * 1024 * 1024 - 3, ""), true);
  assert.equal(preview.process(program, options).alerts[0].tags.host, "xxx");
  preview.set("x".repeat(17 * 1024 * 1024));
  assert.equal(preview.edit(0, 1, ""), false);
  assert.equal(preview.process(program, options).diagnostics[0].code, "payload-too-large");
  preview.set('{"alerts": []}');
  assert.equal(preview.edit(0, 0, " "), true);
  assert.deepEqual(preview.process(program, options).diagnostics, []);
  preview.free();
});

test("wrong calls throw and say what is wrong", () => {
  const preview = new Preview();
  assert.throws(() => preview.process(program), /call set\(\) first/);
  assert.throws(() => preview.set({}), TypeError);
  preview.set("{}");
  for (const [start, end] of [
    [-1, 0],
    [1, 0],
    [0.5, 1],
    ["0", 1],
    [0, Number.NaN],
  ]) {
    assert.throws(() => preview.edit(start, end, ""), TypeError);
  }
  assert.throws(() => preview.edit(0, 0, 1), TypeError);
  assert.throws(() => preview.process({}), TypeError);
  assert.throws(() => preview.process(program, { from: -1 }), TypeError);
  assert.throws(() => preview.process(program, { from: 0, index: 0 }), TypeError);
  assert.throws(() => preview.process(program, { form: 0 }), TypeError);
  preview.free();
  assert.throws(() => preview.process(program), /call set\(\) first/);
});

test("edits of code units that split a surrogate pair", () => {
  const { program } = compile({
    status: { source: ["s"], status_map: {}, default_to: "ok" },
    primary_property: { name: "h", source: ["h"] },
  });
  const preview = new Preview();
  const shown = () => preview.process(program, options).alerts.map(({ tags }) => tags.h);
  preview.set('{"h":"😀"}');
  // As a comparison of code units has it: both characters begin with the same half.
  assert.equal(preview.edit(7, 8, "\ude01"), true);
  assert.deepEqual(shown(), ["😁"]);
  preview.edit(7, 8, "");
  assert.deepEqual(shown(), ["\ufffd"]);
  preview.edit(7, 7, "\ude00!");
  assert.deepEqual(shown(), ["😀!"]);
  preview.set('{"h":"\ud83d"}');
  preview.edit(7, 7, "\ude02");
  assert.deepEqual(shown(), ["😂"]);
  preview.free();
});

test("a range that is not inside the payload is refused, and changes nothing", () => {
  const preview = new Preview();
  const text = '{"h":"😀"}';
  preview.set(text);
  for (const [start, end] of [
    [0, 11],
    [10, 11],
    [11, 11],
    [7, 4_000_000_000],
  ]) {
    assert.throws(() => preview.edit(start, end, "x"), { name: "TypeError", message: /is not inside the payload/ });
  }
  assert.deepEqual(preview.fields(), fields(text));
  assert.equal(preview.edit(10, 10, " "), true);
  preview.free();
});

test("any edit of code units gives what it gives in JavaScript", () => {
  const units = fc.array(fc.constantFrom("\ud83d", "\ude00", "\ude01", "a", "é"), { maxLength: 6 });
  const preview = new Preview();
  const { program } = compile({
    status: { source: ["s"], status_map: {}, default_to: "ok" },
    primary_property: { name: "h", source: ["h"], default_to: "-" },
  });
  fc.assert(
    fc.property(units, fc.array(fc.tuple(fc.nat(6), fc.nat(3), units)), (first, edits) => {
      let text = `{"h":"${first.join("")}"}`;
      preview.set(text);
      for (const [at, length, more] of edits) {
        const start = Math.min(6 + at, text.length - 2);
        const end = Math.min(start + length, text.length - 2);
        const put = more.join("");
        preview.edit(start, end, put);
        text = text.slice(0, start) + put + text.slice(end);
      }
      assert.deepEqual(preview.process(program, options).alerts, program.process(text, options).alerts);
    }),
  );
  preview.free();
});
