/** A thread: of `oim process --jobs`, lines in and answers out; or one that takes archives. */
import { parentPort, workerData } from "node:worker_threads";
import type { ArchiveJob } from "../archive/threads.js";
import { takePieces } from "../archive/worker.js";
import { engine } from "../engine.js";
import type { Answer, Job } from "./runner.js";

if ("kind" in workerData) {
  await takePieces(workerData as ArchiveJob);
} else await takeLines(workerData as Job);

async function takeLines({ body, options }: Job): Promise<void> {
  const { compile } = await engine();
  const { program } = compile(body);
  parentPort?.on("message", (bytes: Uint8Array<ArrayBuffer>) => {
    // The main thread starts threads only for what compiles.
    if (program === null) throw new Error("a configuration that compiled before does not compile any more");
    const { consumed, answers: view, ...counts } = program.processLines(bytes, { ...options, as: "view" });
    const rest = consumed < bytes.length ? bytes.slice(consumed) : undefined;
    const answer: Answer = { ...counts, answers: moved(view, bytes.buffer), rest };
    parentPort?.postMessage(answer, [answer.answers.buffer as ArrayBuffer, ...(rest ? [rest.buffer] : [])]);
  });
}

/** Answers in the memory that their lines came in, where they fit: it goes back and is used again. */
function moved(answers: Uint8Array, buffer: ArrayBuffer): Uint8Array {
  if (answers.length > buffer.byteLength) return answers.slice();
  const copy = new Uint8Array(buffer, 0, answers.length);
  copy.set(answers);
  return copy;
}
