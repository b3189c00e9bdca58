/** A thread of `oim process --jobs`: lines in, answers out. */
import { parentPort, workerData } from "node:worker_threads";
import { compile } from "../../node.js";
import { answerOf, type Job } from "./runner.js";

const { body, options } = workerData as Job;
const { program } = compile(body);

parentPort?.on("message", (bytes: Uint8Array<ArrayBuffer>) => {
  // The main thread starts threads only for what compiles.
  if (program === null) throw new Error("a configuration that compiled before does not compile any more");
  const answer = answerOf(program, bytes, options);
  const moved = [answer.answers.buffer, answer.rest?.buffer].filter((buffer) => buffer !== undefined) as ArrayBuffer[];
  parentPort?.postMessage(answer, moved);
});
