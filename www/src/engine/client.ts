import workerUrl from "../worker.ts?worker&url";
import type { Answer, Question, Reply, Request } from "./protocol.ts";
import type { Target } from "./types.ts";

/** How long an answer may take before the worker counts as dead: 6 MB with a full trace needs a fraction of it. */
const PATIENCE_MS = 20_000;

/** How often one question may kill the worker before it is given up. */
const ATTEMPTS = 2;

export interface Listener {
  ready(targets: Target[]): void;
  answer(answer: Answer, question: Question): void;
  /** The worker died. `gaveUp`: the last question is not asked again. */
  crashed(message: string, gaveUp: boolean): void;
}

/**
 * Asks the engine in its worker: one request at a time, and of those that wait only the newest.
 * A worker that dies or goes silent is replaced, and the question asked again.
 */
export class EngineClient {
  readonly #listener: Listener;
  #worker: Worker | null = null;
  #ready = false;
  #lastId = 0;
  #inFlight: Request | null = null;
  #attempts = 0;
  #waiting: (() => Question) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Asks as soon as the engine is free. `read` is called only then, so a burst of keystrokes copies the text once. */
  ask(read: () => Question): void {
    this.#waiting = read;
    if (!this.#worker) this.#start();
    else this.#next();
  }

  /** Ends the worker. A later question starts another. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
    this.#inFlight = null;
  }

  #start(): void {
    const worker = startConfined();
    this.#worker = worker;
    this.#watch();
    worker.onmessage = (event: MessageEvent<Reply>) => {
      if (worker === this.#worker) this.#receive(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#recover(event.message || "the worker stopped");
    };
  }

  #receive(reply: Reply): void {
    if (reply.kind === "broken") return this.#recover(reply.message);
    clearTimeout(this.#timer);
    if (reply.kind === "ready") {
      this.#ready = true;
      this.#listener.ready(reply.targets);
    } else if (this.#inFlight?.id === reply.id) {
      const question = this.#inFlight;
      this.#inFlight = null;
      this.#attempts = 0;
      // With a newer question waiting this answer is stale already, but while someone types it is the freshest there is.
      this.#listener.answer(reply.answer, question);
    }
    this.#next();
  }

  #next(): void {
    if (!this.#ready || this.#inFlight || !this.#waiting) return;
    const question = this.#waiting();
    this.#waiting = null;
    this.#send({ ...question, id: ++this.#lastId });
  }

  #send(request: Request): void {
    this.#inFlight = request;
    this.#worker?.postMessage(request);
    this.#watch();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#recover("the engine did not answer"), PATIENCE_MS);
  }

  #recover(message: string): void {
    const lost = this.#inFlight;
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

/**
 * Starts the worker from a blob: address. A worker loaded from a file has the policy of that file's response, which on
 * most hosts is none; one from a blob: address inherits the page's, so that it can send nothing anywhere either.
 */
function startConfined(): Worker {
  const script = new URL(workerUrl, document.baseURI).href;
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }));
  return new Worker(blob, { type: "module", name: "oim-engine" });
}
