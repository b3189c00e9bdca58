/** Runs lines through a configuration: here, or in threads. */
import { Worker } from "node:worker_threads";
import type { ProcessedLines, ProcessOptions } from "../../types.js";
import type { engine } from "../engine.js";

/** What became of lines, and what is left of them where the answers became large. */
export interface Answer extends Pick<ProcessedLines, "answers" | "lines" | "payloads" | "told"> {
  rest: Uint8Array<ArrayBuffer> | undefined;
}

export interface Runner {
  /** How many pieces may be on their way. */
  room: number;
  /** The bytes are the caller's again as soon as this returns. */
  run(bytes: Uint8Array<ArrayBuffer>): Promise<Answer>;
  close(): Promise<void>;
}

/** What a thread is started with. */
export interface Job {
  body: Uint8Array;
  options: ProcessOptions;
}

type Program = NonNullable<ReturnType<Awaited<ReturnType<typeof engine>>["compile"]>["program"]>;

/** Runs them in this thread. */
export function here(program: Program, options: ProcessOptions): Runner {
  return { room: 1, run: async (bytes) => answerOf(program, bytes, options), close: async () => program.free() };
}

/** One call to the engine. */
export function answerOf(program: Program, bytes: Uint8Array<ArrayBuffer>, options: ProcessOptions): Answer {
  const { answers, lines, payloads, told, consumed } = program.processLines(bytes, options);
  return { answers, lines, payloads, told, rest: consumed < bytes.length ? bytes.slice(consumed) : undefined };
}

/** Runs them in threads of their own, of which each has up to two pieces so that none has to wait. */
export function threads(count: number, job: Job): Runner {
  const workers = Array.from({ length: count }, () => new Thread(job));
  return {
    room: 2 * count,
    run(bytes) {
      const free = workers.reduce((best, worker) => (worker.busy < best.busy ? worker : best));
      return free.run(bytes.slice());
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

class Thread {
  #worker: Worker;
  #asked: { resolve(answer: Answer): void; reject(error: unknown): void }[] = [];

  constructor(workerData: Job) {
    this.#worker = new Worker(new URL("./oim-worker.mjs", import.meta.url), { workerData });
    this.#worker.on("message", (answer: Answer) => this.#asked.shift()?.resolve(answer));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#fail(new Error(`a thread ended with ${code}`)));
  }

  get busy(): number {
    return this.#asked.length;
  }

  run(bytes: Uint8Array<ArrayBuffer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(bytes, [bytes.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#asked.splice(0)) reject(error);
  }
}
