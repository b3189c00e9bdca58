/** After a trap: an honest error, and a package that works on, old programs included. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { api, instances, trapNextCallOf } from "./capture.mjs";
import { BODY, BODY_TEXT, PAYLOAD, PAYLOAD_TEXT, PROCESSED } from "./example.mjs";

const {
  CoverageBuilder,
  Preview,
  compare,
  compile,
  coverage,
  fields,
  fix,
  generate,
  importBody,
  inspect,
  mergeCoverage,
  migrate,
  processPayload,
  render,
  sample,
  simulate,
  suggest,
  targets,
  validate,
  validateWithPayloads,
  valueAt,
  valuesOf,
  version,
} = api;

function stopped(call) {
  assert.throws(call, (error) => {
    assert.equal(error.name, "Error");
    assert.match(error.message, /stopped.*next call starts afresh/s);
    assert.ok(error.cause instanceof WebAssembly.RuntimeError, `caused by the trap: ${error.cause}`);
    return true;
  });
}

/** What two calls are given, from before any trap. */
const BROKEN = validate("{}").diagnostics;
const COVERED = coverage(BODY, [{ payload: PAYLOAD }]);

/** Every export of the engine that can be reached, and a call that reaches it. */
const WAYS = {
  version: () => version(),
  validate: () => validate(BODY),
  validateWithPayload: () => validate(BODY, { payload: PAYLOAD }),
  validateWithPayloads: () => validateWithPayloads(BODY, [PAYLOAD]),
  render: () => render(BROKEN, "{}"),
  fix: () => fix(BODY),
  compile: () => compile(BODY),
  fields: () => fields(PAYLOAD),
  rawengine_run: () => compile(BODY).program.processToJson(PAYLOAD_TEXT),
  rawengine_runColumns: () => processPayload(BODY, PAYLOAD),
  rawprogram_columnNames: () => compile(BODY).program.process(PAYLOAD),
  rawengine_reserve: longer,
  rawengine_outputAddress: () => compile(BODY).program.processToJson(PAYLOAD_TEXT),
  rawsequence_simulation: () => simulate(BODY, [{ payload: PAYLOAD }]),
  rawsequence_comparison: () => compare(BODY, BODY, [PAYLOAD]),
  rawsequence_finish: () => simulate(BODY, [{ payload: PAYLOAD }]),
  rawsequence_coverage: () => coverage(BODY, [{ payload: PAYLOAD }]),
  rawengine_addLines: () => new CoverageBuilder(BODY).addLines(new TextEncoder().encode(PAYLOAD_TEXT)),
  mergeCoverage: () => mergeCoverage(COVERED, COVERED),
  sample: () => sample(BODY, [PAYLOAD]),
  rawengine_add: () => compare(BODY, BODY, [PAYLOAD, PAYLOAD]),
  readTime: () => processPayload(BODY, PAYLOAD, { receivedAt: "2026-01-31T13:00:00Z" }),
  generate: () => generate(BODY, { target: "curl", appKey: "key" }),
  importBody: () => importBody(BODY_TEXT),
  inspect: () => inspect(BODY_TEXT),
  valueAt: () => valueAt(PAYLOAD_TEXT, ""),
  valuesOf: () => valuesOf(PAYLOAD_TEXT, "host"),
  suggest: () => suggest(PAYLOAD),
  migrate: () => migrate(BODY),
  targets: () => targets(),
  rawcompiled_diagnostics: () => compile(BODY),
  rawcompiled_takeProgram: () => compile(BODY),
  rawengine_trim: large,
  raweditabletext_new: () => preview(),
  rawengine_setText: () => preview(),
  rawengine_splice: () => preview().edit(0, 0, " "),
  rawengine_spliceUtf16: () => preview().edit(0, 0, "\ud83d"),
  rawengine_runPart: () => preview().process(compile(BODY).program),
  rawengine_fieldsOf: () => preview().fields(),
  rawengine_runLines: () => lines(),
  rawengine_linesAddress: () => lines(),
  rawengine_utf16Address: mixed,
  rawengine_encodeUtf16: mixed,
};

let length = 8_000;

/** Takes more room than there is: what is there already is not asked for again. */
function longer() {
  length *= 2;
  return processPayload(BODY, PAYLOAD_TEXT + " ".repeat(length));
}

/** Gives text that is not ASCII again: of the first such text the next one is only expected. */
function mixed() {
  const text = JSON.stringify({ ...PAYLOAD, filler: "東".repeat(5_000) });
  processPayload(BODY, text);
  return processPayload(BODY, text);
}

/** Gives an answer so large that its buffer is given back. */
function large() {
  const additional_attributes = ["a", "b", "c", "d"].map((name) => ({ name, source: ["filler"] }));
  return processPayload(
    { ...BODY, config: { ...BODY.config, additional_attributes } },
    { ...PAYLOAD, filler: "x".repeat(5e6) },
  );
}

function lines() {
  return compile(BODY).program.processLines(new TextEncoder().encode(JSON.stringify(PAYLOAD)));
}

function preview() {
  const one = new Preview();
  one.set(PAYLOAD_TEXT);
  return one;
}

/** Those that only start and free, and those of the glue. */
const ELSEWHERE = /^__|^start$|_new$|_free$/;

test("every way into the engine is tried", () => {
  version();
  const all = Object.entries(instances.at(-1))
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);
  assert.deepEqual(
    all.filter((name) => !(name in WAYS) && !ELSEWHERE.test(name)),
    [],
  );
});

for (const [name, call] of Object.entries(WAYS)) {
  test(`a trap in ${name}`, () => {
    const programs = [BODY, BODY_TEXT, new TextEncoder().encode(BODY_TEXT)].map((body) => compile(body).program);
    const before = instances.length;
    trapNextCallOf(name);
    stopped(call);
    call();
    assert.equal(instances.length, before + 1, "one new instance");
    for (const program of programs) {
      assert.deepEqual(program.process(PAYLOAD), PROCESSED);
      program.free();
    }
    assert.equal(instances.length, before + 1);
  });
}

test("a program caught in a trap goes on itself", () => {
  const { program } = compile(BODY);
  for (let round = 0; round < 3; round += 1) {
    trapNextCallOf("rawengine_run");
    stopped(() => program.processToJson(PAYLOAD_TEXT));
    assert.deepEqual(program.process(PAYLOAD_TEXT), PROCESSED);
  }
  trapNextCallOf("rawengine_runColumns");
  stopped(() => program.process(PAYLOAD));
  // In the new instance its address may be another program's.
  const { program: another } = compile(BODY);
  program.free();
  assert.deepEqual(another.process(PAYLOAD), PROCESSED);
  assert.throws(() => program.process(PAYLOAD), /freed/);
});

test("a wrong argument does not cost the instance", () => {
  const before = instances.length;
  assert.throws(() => validate(BODY, { mode: "no" }), TypeError);
  assert.equal(validate(BODY).valid, true);
  assert.equal(instances.length, before);
});

test("too little memory is survived", () => {
  // 4 MB for everything: a small payload fits, a large one makes the engine's allocator give up for real.
  const script = `
    import assert from "node:assert/strict";
    import { compile } from ${JSON.stringify(new URL("../../dist/node.mjs", import.meta.url).href)};
    import { BODY, PAYLOAD, PROCESSED } from ${JSON.stringify(new URL("./example.mjs", import.meta.url).href)};
    const { program } = compile(BODY);
    const large = JSON.stringify({ ...PAYLOAD, filler: "x".repeat(6_000_000) });
    for (let round = 0; round < 3; round += 1) {
      assert.deepEqual(program.process(PAYLOAD), PROCESSED);
      assert.throws(() => program.process(large), (error) => {
        assert.match(error.message, /too little memory/);
        assert.ok(error.cause instanceof WebAssembly.RuntimeError, String(error.cause));
        return true;
      });
    }
    assert.deepEqual(program.process(PAYLOAD), PROCESSED);
  `;
  const args = ["--wasm-max-mem-pages=64", "--input-type=module", "-e", script];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});
