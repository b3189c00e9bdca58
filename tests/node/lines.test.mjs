/** `Program.processLines`: many payloads in one call. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "../../dist/node.mjs";
import { BODY, PAYLOAD } from "./example.mjs";

const options = { receivedAt: 1_700_000_000_000 };
const bytes = (text) => new TextEncoder().encode(text);
const text = (bytes) => new TextDecoder().decode(bytes);
const program = () => compile(BODY).program;

test("each line gives what it gives alone", () => {
  const one = JSON.stringify(PAYLOAD);
  const lines = [one, "{", "", " \t", "[]", one, "é"];
  const payloads = lines.filter((line) => line.trim() !== "");
  for (const trace of [false, true]) {
    const run = program();
    const alone = payloads.map((line) => `${text(run.processToJson(line, { ...options, trace }))}\n`).join("");
    for (const end of ["\n", "\r\n"]) {
      const input = bytes(lines.join(end) + end);
      const {
        answers,
        consumed,
        lines: count,
        payloads: had,
        reported,
      } = run.processLines(input, { ...options, trace });
      assert.equal(text(answers), alone);
      assert.deepEqual([consumed, count, had], [input.length, lines.length, payloads.length]);
      for (const { line, start, end } of reported) {
        assert.equal(text(answers.subarray(start, end)), text(run.processToJson(lines[line], { ...options, trace })));
      }
      assert.ok(reported.some(({ line }) => line === 1) && reported.some(({ line }) => line === 6));
    }
  }
});

test("large answers come in parts", () => {
  const body = JSON.stringify({
    ...(BODY.config ?? BODY),
    additional_attributes: [{ name: "big", source: ["none"], default_to: "x".repeat(200_000) }],
  });
  const run = compile(body).program;
  const single = text(run.processToJson(JSON.stringify(PAYLOAD), options));
  let input = bytes(`${JSON.stringify(PAYLOAD)}\n`.repeat(100));
  let answers = "";
  let calls = 0;
  for (; input.length > 0; calls += 1) {
    const part = run.processLines(input, options);
    answers += text(part.answers);
    input = input.subarray(part.consumed);
  }
  assert.ok(calls > 1);
  assert.equal(answers.split("\n").length, 101);
  assert.equal(answers.startsWith(single.slice(0, 200)), true);
});

test("nothing gives nothing, and what is no bytes is refused", () => {
  const run = program();
  const none = { answers: new Uint8Array(0), consumed: 0, lines: 0, payloads: 0, reported: [] };
  assert.deepEqual(run.processLines(new Uint8Array(0)), none);
  for (const wrong of ["{}", null, undefined, {}, [1], new ArrayBuffer(1)]) {
    assert.throws(() => run.processLines(wrong), /^TypeError: lines: expected a Uint8Array, got /);
  }
  assert.throws(() => run.processLines(new Uint8Array(0), { receivdAt: 1 }), /unknown option/);
  run.free();
  assert.throws(() => run.processLines(new Uint8Array(0)), /this Program was freed/);
});

test("lines in the engine's memory give the same, and so do answers that stay there", () => {
  const run = program();
  const input = bytes(`${JSON.stringify(PAYLOAD)}\n{\n`.repeat(3_000));
  const { answers, ...counts } = run.processLines(input, options);
  const room = run.roomForLines(input.length);
  room.set(input);
  const viewed = run.processLines(room, { ...options, as: "view" });
  const { answers: view, ...others } = viewed;
  assert.equal(text(view), text(answers));
  assert.deepEqual(others, counts);
  // It is the memory of both, not a copy.
  const again = run.roomForLines(input.length);
  assert.equal(again.buffer, view.buffer);
  assert.deepEqual(again, input);
  const part = bytes(`${JSON.stringify(PAYLOAD)}\n`);
  again.fill(0).set(part, 7);
  const shifted = run.processLines(again.subarray(7, 7 + part.length), options);
  assert.equal(text(shifted.answers), `${text(run.processToJson(JSON.stringify(PAYLOAD), options))}\n`);
});

test("room is asked for in whole bytes, of a program that is there", () => {
  const run = program();
  assert.equal(run.roomForLines(0).length, 0);
  for (const wrong of [-1, 1.5, Number.NaN, Infinity, 2 ** 40, "1", null, undefined]) {
    assert.throws(() => run.roomForLines(wrong), /^TypeError: size: expected a whole number from 0 to \d+, got /);
  }
  assert.throws(() => run.processLines(new Uint8Array(0), { as: "text" }), /^TypeError: .*"bytes" or "view"/);
  run.free();
  assert.throws(() => run.roomForLines(1), /this Program was freed/);
});
