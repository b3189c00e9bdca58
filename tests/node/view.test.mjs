/** Answers that are not copied, and configurations that are not compiled again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, instances, trapNextCallOf } from "./capture.mjs";
import { BODY, BODY_TEXT, PAYLOAD, PAYLOAD_BYTES, PAYLOAD_TEXT, PROCESSED } from "./example.mjs";

const { compile, processPayload } = api;
const { program } = compile(BODY);
const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

test("a view is the engine's own memory, and holds until the next call", () => {
  for (const payload of [PAYLOAD_TEXT, PAYLOAD_BYTES]) {
    const view = program.processToJson(payload, { as: "view" });
    assert.equal(view.buffer, instances.at(-1).memory.buffer);
    assert.deepEqual(parsed(view), PROCESSED);
    const copy = program.processToJson(payload, { as: "bytes" });
    assert.equal(copy.buffer.byteLength, copy.length);
    assert.deepEqual(copy, program.processToJson(payload).slice());
    assert.deepEqual(parsed(program.processToJson(payload, { as: "view", trace: true })).trace.length, 2);
  }
  assert.throws(() => program.processToJson(PAYLOAD_TEXT, { as: 1 }), /^TypeError: .*as/);
  assert.throws(() => program.process(PAYLOAD_TEXT, { as: "view" }), /^TypeError: options: unknown option `as`/);
});

test("the memory of a large view is given back by the next call", () => {
  const additional_attributes = ["a", "b", "c", "d"].map((name) => ({ name, source: ["filler"] }));
  const large = compile({ ...BODY, config: { ...BODY.config, additional_attributes } }).program;
  const text = JSON.stringify({ ...PAYLOAD, filler: "x".repeat(5e6) });
  let trimmed = 0;
  const { rawengine_trim: trim } = instances.at(-1);
  instances.at(-1).rawengine_trim = (...args) => ((trimmed += 1), trim(...args));
  const view = large.processToJson(text, { as: "view" });
  assert.ok(view.length > 16 * 1024 * 1024);
  assert.equal(parsed(view).alerts.length, 2);
  assert.equal(trimmed, 0);
  assert.deepEqual(program.process(PAYLOAD_TEXT), PROCESSED);
  assert.equal(trimmed, 1);
  assert.deepEqual(program.process(PAYLOAD_TEXT), PROCESSED);
  assert.equal(trimmed, 1);
  large.free();
});

/** How often the engine compiles while `work` is done. */
function compilations(work) {
  let count = 0;
  const present = instances.at(-1);
  const { compile } = present;
  present.compile = (...args) => ((count += 1), compile(...args));
  work();
  present.compile = compile;
  return count;
}

test("the same configuration is compiled once, another one anew", () => {
  const other = BODY_TEXT.replace('"check"', '"what"');
  const bytes = new TextEncoder().encode(BODY_TEXT);
  const name = ({ alerts }) => alerts[0].secondary_property;
  assert.equal(
    compilations(() => {
      for (const body of [BODY_TEXT, BODY_TEXT, `${BODY_TEXT}`])
        assert.equal(name(processPayload(body, PAYLOAD)), "check");
    }),
    1,
  );
  assert.equal(
    compilations(() => assert.equal(name(processPayload(other, PAYLOAD)), "what")),
    1,
  );
  assert.equal(
    compilations(() => {
      assert.equal(name(processPayload(bytes, PAYLOAD)), "check");
      assert.equal(name(processPayload(bytes.slice(), PAYLOAD)), "check");
    }),
    1,
  );
  // Bytes that are written over are another configuration.
  bytes.set(new TextEncoder().encode("whats"), BODY_TEXT.indexOf('"check"') + 1);
  assert.equal(
    compilations(() => assert.equal(name(processPayload(bytes, PAYLOAD)), "whats")),
    1,
  );
});

test("what is reported does not depend on whether a configuration was kept", () => {
  const odd = JSON.stringify({ config: { ...BODY.config, colour: 1 } });
  for (const body of [odd, JSON.parse(odd), '{"config": {"status": 5}}', "{"]) {
    const [first, again] = [
      processPayload(body, PAYLOAD, { receivedAt: 0 }),
      processPayload(body, PAYLOAD, { receivedAt: 0 }),
    ];
    assert.ok(first.diagnostics.length > 0);
    assert.deepEqual(again, first);
    first.diagnostics[0].message = "changed";
    assert.notEqual(processPayload(body, PAYLOAD, { receivedAt: 0 }).diagnostics[0].message, "changed");
  }
  // The same configuration as text has places, as an object it has none.
  assert.notEqual(processPayload(odd, PAYLOAD).diagnostics[0].range, undefined);
  assert.equal(processPayload(JSON.parse(odd), PAYLOAD).diagnostics[0].range, undefined);
});

test("a configuration too long to be kept is compiled each time", () => {
  const long = BODY_TEXT + " ".repeat(1 << 20);
  assert.equal(
    compilations(() => {
      for (let i = 0; i < 3; i++) assert.deepEqual(processPayload(long, PAYLOAD).alerts, PROCESSED.alerts);
    }),
    3,
  );
});

test("after the engine stopped, what was kept is compiled again", () => {
  processPayload(BODY_TEXT, PAYLOAD);
  trapNextCallOf("rawengine_runColumns");
  assert.throws(() => processPayload(BODY_TEXT, PAYLOAD), /stopped/);
  assert.deepEqual(processPayload(BODY_TEXT, PAYLOAD).alerts, PROCESSED.alerts);
});
