/** What is used over and over must not pile up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import v8 from "node:v8";
import vm from "node:vm";
import { api, instances } from "./capture.mjs";
import { BODY, BODY_TEXT, PAYLOAD, PAYLOAD_BYTES, PAYLOAD_TEXT, PROCESSED } from "./example.mjs";

const { compare, compile, fields, processPayload, simulate, validate } = api;
const engineMemory = () => instances.at(-1).memory.buffer.byteLength;

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc");

function steady(name, work, rounds = 10_000) {
  test(`${rounds} times: ${name}`, () => {
    for (let round = 0; round < 200; round += 1) work();
    collect();
    const before = [engineMemory(), process.memoryUsage().heapUsed];
    for (let round = 0; round < rounds; round += 1) work();
    collect();
    assert.equal(engineMemory(), before[0], "the engine's memory");
    const grown = process.memoryUsage().heapUsed - before[1];
    assert.ok(grown < 2_000_000, `JavaScript's heap grew by ${grown} bytes`);
  });
}

const { program } = compile(BODY);

steady("processToJson", () => program.processToJson(PAYLOAD_BYTES));
steady("processToJson, text", () => program.processToJson(PAYLOAD_TEXT));
steady("process with a trace", () =>
  program.process(PAYLOAD_TEXT, { trace: true, receivedAt: "2026-01-31T13:00:00Z" }),
);
steady("bad payloads", () => program.process('{"alerts":[{},{"labels":{}},5,'));
steady("processPayload", () => processPayload(BODY_TEXT, PAYLOAD_TEXT));
steady("compile and free", () => compile(BODY_TEXT).program.free());
steady("compile in vain", () => compile('{"config": {"status": 5}}'));
steady("validate", () => validate(BODY_TEXT), 2_000);
steady(
  "simulate",
  () => simulate(BODY_TEXT, [{ payload: PAYLOAD_TEXT }, { payload: "{" }, { payload: PAYLOAD_BYTES }]),
  2_000,
);
steady("compare", () => compare(BODY_TEXT, BODY, [PAYLOAD_TEXT, "{", PAYLOAD_BYTES]), 2_000);
steady("fields", () => fields(PAYLOAD_TEXT, { arraySource: "alerts" }), 2_000);
steady("wrong arguments", () => assert.throws(() => validate(BODY, { mode: "no" }), TypeError), 2_000);

test("forgotten programs are freed with their objects", async () => {
  const wave = async () => {
    for (let round = 0; round < 2_000; round += 1) compile(BODY_TEXT);
    collect();
    // The engine hears of dead objects in a task of its own.
    await sleep(20);
  };
  for (let round = 0; round < 3; round += 1) await wave();
  const before = engineMemory();
  for (let round = 0; round < 5; round += 1) await wave();
  assert.ok(engineMemory() - before < 1_000_000, `grew by ${engineMemory() - before} bytes`);
  assert.deepEqual(program.process(PAYLOAD), PROCESSED);
});

test("a large payload leaves small ones unharmed, and views that growth detached are not used", () => {
  const { alerts } = program.process({ alerts: Array.from({ length: 20_000 }, () => PAYLOAD.alerts[0]) });
  assert.equal(alerts.length, 20_000);
  assert.deepEqual(program.process(PAYLOAD_TEXT), PROCESSED);
  assert.deepEqual(program.process(PAYLOAD_BYTES), PROCESSED);
});
