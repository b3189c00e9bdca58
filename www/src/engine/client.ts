import { StaleAnswerError } from "../panels/contract.ts";
import type { Answer, CallName, Calls, Question, Reply, Request, Update } from "./protocol.ts";
import { type EngineWorker, startWorker } from "./start.ts";
import type { Target } from "./types.ts";

/** How long an answer may take before the worker counts as dead: 6 MB with a full trace needs a fraction of it. */
const PATIENCE_MS = 20_000;

/** How often one question may kill the worker before it is given up. */
const ATTEMPTS = 2;

export interface Listener {
  ready(targets: Target[], version: string): void;
  answer(answer: Answer, question: Question): void;
  /** The worker died. `gaveUp`: the last question is not asked again. */
  crashed(message: string, gaveUp: boolean): void;
  /** Everything that a new worker has to know of the texts. */
  everything(): Update[];
  /** What has changed in the texts since this was last asked. */
  changes(): Update[];
}

interface Call {
  request: Extract<Request, { kind: "call" }>;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Asks the engine in its worker: one request at a time, and of the questions that wait only the newest. Calls about the
 * last answer go before the next question; once that is asked, those still waiting are about texts that are gone.
 * A worker that dies or goes silent is replaced, and the question asked again.
 */
export class EngineClient {
  readonly #listener: Listener;
  #worker: EngineWorker | null = null;
  /** The worker knows the texts. */
  #informed = false;
  #lastId = 0;
  #inFlight: { id: number; question: Question | null; call: Call | null } | null = null;
  #attempts = 0;
  #waiting: (() => Question) | null = null;
  #calls: Call[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Asks as soon as the engine is free. `read` is called only then, so a burst of keystrokes is one question. */
  ask(read: () => Question): void {
    this.#waiting = read;
    if (this.#worker) this.#next();
    else this.#start();
  }

  /** Asks something about the texts of the last answer. Rejects with {@link StaleAnswerError} when there is none any more. */
  call<Name extends CallName>(name: Name, ask: Calls[Name]["ask"]): Promise<Calls[Name]["answer"]> {
    return new Promise((resolve, reject) => {
      if (!this.#informed) return reject(new StaleAnswerError());
      const request = { id: ++this.#lastId, kind: "call" as const, name, ask };
      this.#calls.push({ request, resolve: resolve as (result: unknown) => void, reject });
      this.#next();
    });
  }

  /** Ends the worker. A later question starts another. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#informed = false;
    const lost = [...this.#calls, ...(this.#inFlight?.call ? [this.#inFlight.call] : [])];
    this.#calls = [];
    this.#inFlight = null;
    for (const { reject } of lost) reject(new StaleAnswerError());
  }

  #start(): void {
    this.#watch();
    const worker = startWorker();
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<Reply>) => {
      if (worker === this.#worker) this.#receive(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#recover(event.message || "the worker stopped");
    };
    worker.postMessage({ kind: "begin" } satisfies Request);
    // A task later: what a page is opened with is asked about in one question.
    setTimeout(() => this.#next());
  }

  #receive(reply: Reply): void {
    if (reply.kind === "broken") return this.#recover(reply.message);
    clearTimeout(this.#timer);
    if (reply.kind === "ready") {
      this.#listener.ready(reply.targets, reply.version);
    } else if (this.#inFlight?.id === reply.id) {
      const { question, call } = this.#inFlight;
      this.#inFlight = null;
      this.#attempts = 0;
      // With a newer question waiting this answer is stale already, but while someone types it is the freshest there is.
      if (reply.kind === "answer" && question) this.#listener.answer(reply.answer, question);
      else if (reply.kind === "result") call?.resolve(reply.result);
    }
    this.#next();
  }

  #next(): void {
    // One that is not ready yet takes the first question along and answers as soon as it can.
    if (!this.#worker || this.#inFlight) return;
    if (this.#waiting) {
      const question = this.#waiting();
      this.#waiting = null;
      for (const { reject } of this.#calls.splice(0)) reject(new StaleAnswerError());
      const updates = this.#informed ? this.#listener.changes() : this.#listener.everything();
      this.#informed = true;
      const id = ++this.#lastId;
      this.#send({ id, kind: "ask", updates, question });
      this.#inFlight = { id, question, call: null };
      return;
    }
    const call = this.#calls.shift();
    if (!call) return;
    this.#send(call.request);
    this.#inFlight = { id: call.request.id, question: null, call };
  }

  #send(request: Request): void {
    this.#worker?.postMessage(request);
    this.#watch();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#recover("the engine did not answer"), PATIENCE_MS);
  }

  #recover(message: string): void {
    const lost = this.#inFlight?.question ?? null;
    this.stop();
    // A newer question deserves its own chance; one that was asked before, or a worker that never got ready, does not.
    this.#attempts = lost && this.#waiting ? 0 : this.#attempts + 1;
    const gaveUp = this.#attempts >= ATTEMPTS;
    if (gaveUp) {
      this.#attempts = 0;
      this.#waiting = null;
    } else {
      if (lost) this.#waiting ??= () => lost;
      this.#start();
    }
    this.#listener.crashed(message, gaveUp);
  }
}
