/** A thread of `oim coverage --jobs` or `oim diff --jobs`: pieces in, and one answer in the end. */
import { parentPort } from "node:worker_threads";
import { engine } from "../engine.js";
import type { ArchiveJob, Reply, Request } from "./threads.js";

const NOTHING = new Uint8Array(0);

export async function takePieces(job: ArchiveJob): Promise<void> {
  const { Comparison, CoverageBuilder } = await engine();
  const taker =
    job.kind === "coverage"
      ? new CoverageBuilder(job.body, job.options)
      : new Comparison(job.old, job.next, job.options);
  parentPort?.on("message", (request: Request) => {
    if (request === "finish") return reply({ answer: taker.finish() });
    const { bytes, first, isPayload } = request;
    taker.addLines(isPayload ? NOTHING : bytes, first);
    if (isPayload) taker.add(bytes);
    return reply({ spare: bytes.buffer }, [bytes.buffer]);
  });
}

function reply(message: Reply, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
