/** Runs lines through a configuration: here, or in threads as well. */
import type { Worker } from "node:worker_threads";
import type { ProcessedLines, ProcessOptions } from "../../types.js";
import type { engine } from "../engine.js";
import { type Space, STEP } from "./split.js";

/** What became of lines, and what is left of them where the answers became large. */
export interface Answer extends Pick<ProcessedLines, "answers" | "lines" | "payloads" | "reported"> {
  rest: Uint8Array<ArrayBuffer> | undefined;
}

export interface Runner {
  /** How many pieces may be on their way, and wait to be written. */
  room: number;
  /** Where the next piece is to be read to. */
  space: Space;
  /** Runs a piece that stands in the space. An answer that comes at once is there until the next piece is read. */
  run(bytes: Uint8Array<ArrayBuffer>): Answer | Promise<Answer>;
  /** Runs what was left of a piece. */
  again(rest: Uint8Array<ArrayBuffer>): Answer | Promise<Answer>;
  /** Takes back the memory of an answer that has been written. */
  written(answer: Answer): void;
  close(): Promise<void>;
}

/** How lines are processed. */
export type LineOptions = ProcessOptions & { everyLine?: boolean };

/** What a thread is started with. */
export interface Job {
  body: Uint8Array;
  options: LineOptions;
}

export type Program = NonNullable<ReturnType<Awaited<ReturnType<typeof engine>>["compile"]>["program"]>;

/** Runs them in this thread, from the engine's memory and back into it. */
export function inProcessRunner(program: Program, options: LineOptions): Runner {
  const run = (bytes: Uint8Array<ArrayBuffer>): Answer => {
    const { length } = bytes;
    const { consumed, ...answer } = program.processLines(bytes, { ...options, as: "view" });
    // The memory may have grown, which leaves `bytes` empty.
    const rest = consumed < length ? space(length).subarray(consumed) : undefined;
    return { ...answer, rest };
  };
  const space: Space = (size) => program.roomForLines(size) as Uint8Array<ArrayBuffer>;
  return { room: 1, space, run, again: run, written: () => {}, close: async () => program.free() };
}

/** So many pieces a thread has at most, so that it does not have to wait for the next. */
const AHEAD = 2;
/** The memory that a piece usually needs, in bytes: with the beginning of a line from before. */
const PIECE = 2 * STEP;
/** For each thread, so many pieces may be on their way or wait for one before them. */
const ROOM = 4;

/** Starts threads. That takes them some time, in which there is something else to do. */
export async function startThreads(count: number, job: Job): Promise<Thread[]> {
  if (count === 0) return [];
  // Where there are none, what belongs to them is not to be waited for either.
  const { Worker } = await import("node:worker_threads");
  const start = () => new Worker(new URL("./oim-worker.mjs", import.meta.url), { workerData: job });
  return Array.from({ length: count }, () => new Thread(start()));
}

/** Runs them in this thread and in others, of which there is one at least. This one takes what they have no time for. */
export function workerPool(others: readonly Thread[], program: Program, options: LineOptions): Runner {
  const own = inProcessRunner(program, options);
  const room = ROOM * (others.length + 1);
  /** Memory of pieces that are done: it is used again, since what is thrown away is not gone at once. */
  const spare: ArrayBuffer[] = [];
  const memory = (size: number) =>
    new Uint8Array((size <= PIECE && spare.pop()) || new ArrayBuffer(Math.max(size, PIECE)));
  const freest = () => others.reduce((best, thread) => (thread.busy < best.busy ? thread : best));
  let thread: Thread | undefined;
  return {
    room,
    space(size) {
      thread = freest();
      if (thread.busy < AHEAD) return memory(size);
      thread = undefined;
      return own.space(size);
    },
    run(bytes) {
      if (thread !== undefined) return thread.run(bytes);
      // It may have to wait for those before it.
      const answer = own.run(bytes) as Answer;
      const answers = memory(answer.answers.length).subarray(0, answer.answers.length);
      answers.set(answer.answers);
      return { ...answer, answers, rest: answer.rest?.slice() };
    },
    again: (rest) => freest().run(rest),
    written({ answers: { buffer } }) {
      if (buffer.byteLength === PIECE && spare.length < room) spare.push(buffer as ArrayBuffer);
    },
    async close() {
      program.free();
      await Promise.all(others.map((thread) => thread.close()));
    },
  };
}

export class Thread {
  #worker: Worker;
  #asked: { resolve(answer: Answer): void; reject(error: unknown): void }[] = [];
  #failure: { error: unknown } | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#worker.on("message", (answer: Answer) => this.#asked.shift()?.resolve(answer));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#fail(new Error(`a thread ended with ${code}`)));
  }

  get busy(): number {
    return this.#asked.length;
  }

  run(bytes: Uint8Array<ArrayBuffer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure.error);
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(bytes, [bytes.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#asked.splice(0)) reject(error);
  }
}
