/** Many threads at once: each has an instance of its own, and all of them answer alike. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { BODY, PAYLOAD, PROCESSED } from "./example.mjs";

const SCRIPT = `
  import { parentPort, workerData } from "node:worker_threads";
  import { compile, processPayload, validate } from ${JSON.stringify(new URL("../../dist/node.mjs", import.meta.url).href)};
  const { body, payload, rounds, first } = workerData;
  const { program } = compile(body);
  const answers = new Set();
  for (let round = first; round < first + rounds; round += 1) {
    // In another order in each thread, with mistakes and large payloads between.
    if (round % 7 === 0) processPayload(body, '{"alerts":[{},5,');
    if (round % 11 === 0) program.processToJson(JSON.stringify({ ...payload, filler: "x".repeat(round * 1000) }));
    if (round % 13 === 0) answers.add(String(validate(body).valid));
    answers.add(JSON.stringify(program.process(payload)));
  }
  parentPort.postMessage([...answers].sort());
`;

test("eight threads answer alike", async () => {
  const url = new URL(`data:text/javascript,${encodeURIComponent(SCRIPT)}`);
  const workers = Array.from({ length: 8 }, (_, i) => {
    return new Worker(url, { workerData: { body: BODY, payload: PAYLOAD, rounds: 300, first: i * 17 } });
  });
  const answers = await Promise.all(workers.map((worker) => once(worker, "message")));
  for (const [answer] of answers) assert.deepEqual(answer, ["true", JSON.stringify(PROCESSED)].sort());
  await Promise.all(workers.map((worker) => worker.terminate()));
});

test("a thread that is ended in the middle of its work harms no other", async () => {
  const url = new URL(`data:text/javascript,${encodeURIComponent(SCRIPT)}`);
  const ended = new Worker(url, { workerData: { body: BODY, payload: PAYLOAD, rounds: 1e9, first: 1 } });
  const other = new Worker(url, { workerData: { body: BODY, payload: PAYLOAD, rounds: 200, first: 1 } });
  await once(ended, "online");
  const [[answer]] = await Promise.all([once(other, "message"), ended.terminate()]);
  assert.deepEqual(answer, ["true", JSON.stringify(PROCESSED)].sort());
  await other.terminate();
});
