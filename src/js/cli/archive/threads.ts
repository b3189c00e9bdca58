/** Threads that take pieces of archives, and their answers in the end. */
import { Worker } from "node:worker_threads";
import type { Helper } from "./feed.js";

/** What a thread is to do. */
export type ArchiveJob =
  | { kind: "coverage"; body: Uint8Array; options: object }
  | { kind: "comparison"; old: Uint8Array; next: Uint8Array; options: object };

/** To a thread: a piece, or the end. */
export type Request = { bytes: Uint8Array<ArrayBuffer>; first: number; isPayload: boolean } | "finish";

/** From a thread: the memory of a piece that is done, or what came of all of them. */
export type Reply = { spare: ArrayBuffer } | { answer: unknown };

export class ArchiveThread implements Helper {
  busy = 0;
  spare: ArrayBuffer[] = [];
  #worker: Worker;
  #failure: { error: unknown } | undefined;
  #answer: Promise<unknown>;

  constructor(job: ArchiveJob) {
    this.#worker = new Worker(new URL("./oim-worker.mjs", import.meta.url), { workerData: job });
    this.#answer = new Promise((resolve, reject) => {
      this.#worker.on("message", (reply: Reply) => {
        if ("answer" in reply) return resolve(reply.answer);
        this.busy -= 1;
        this.spare.push(reply.spare);
      });
      const fail = (error: unknown) => {
        this.#failure ??= { error };
        reject(error);
      };
      this.#worker.on("error", fail);
      this.#worker.on("exit", (code) => fail(new Error(`a thread ended with ${code}`)));
    });
    // Whoever waits for the answer sees it.
    this.#answer.catch(() => {});
  }

  take(bytes: Uint8Array<ArrayBuffer>, first: number, isPayload: boolean): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.busy += 1;
    this.#post({ bytes, first, isPayload }, [bytes.buffer]);
  }

  finish(): Promise<unknown> {
    this.#post("finish", []);
    return this.#answer;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #post(request: Request, transfer: ArrayBuffer[]): void {
    this.#worker.postMessage(request, transfer);
  }
}

/** Starts threads, so that with this one there are `jobs`. */
export function startThreads(jobs: number, job: ArchiveJob): ArchiveThread[] {
  return Array.from({ length: jobs - 1 }, () => new ArchiveThread(job));
}
