/**
 * Starting the engine's worker wherever the element is: on the page of another origin, in the output of a bundler that
 * knows nothing of workers, under a policy of somebody else.
 *
 * The worker's code is in this module and its engine in one beside it, which is for the package's other entries, too.
 * So no address has to be known. Only where the policy forbids workers from blob: addresses is the worker's file asked
 * for, which then has to be of the page's own origin.
 */
import code from "oim:worker";
import type { EngineWorker } from "../engine/start.ts";

let blobIsRefused = false;
let blob: string | undefined;
let engine: Promise<string> | undefined;

export function startWorker(): EngineWorker {
  return new Started();
}

class Started implements EngineWorker {
  onmessage: Worker["onmessage"] = null;
  onerror: Worker["onerror"] = null;
  #worker: Worker | null = null;
  #ended = false;
  /** What was sent to a worker that was not heard of yet. */
  #sent: unknown[] = [];
  #heard = false;

  constructor() {
    this.#start();
  }

  postMessage(message: unknown): void {
    if (!this.#heard) this.#sent.push(message);
    this.#worker?.postMessage(message);
  }

  terminate(): void {
    this.#ended = true;
    this.#worker?.terminate();
  }

  #start(): void {
    let worker: Worker;
    try {
      worker = blobIsRefused ? fromFile() : fromBlob();
    } catch (error) {
      return this.#fail(String(error));
    }
    this.#worker = worker;
    for (const message of this.#sent) worker.postMessage(message);
    worker.onmessage = (event) => {
      this.#heard = true;
      this.#sent = [];
      this.onmessage?.call(worker, event);
    };
    worker.onerror = (event) => {
      if (this.#heard) return this.onerror?.call(worker, event);
      event.preventDefault();
      this.#fail(event.message || "the worker could not be started");
    };
    engine ??= import("oim:engine").then((module) => module.default);
    engine.then(
      (packed) => worker.postMessage({ engine: packed }),
      (error: unknown) => {
        engine = undefined;
        this.#emit(String(error));
      },
    );
  }

  /** A worker that was never heard of was most likely not let in. */
  #fail(message: string): void {
    this.#worker?.terminate();
    if (blobIsRefused || this.#ended) return this.#emit(message);
    blobIsRefused = true;
    this.#start();
  }

  /** Later, so that whoever started it can listen first. */
  #emit(message: string): void {
    setTimeout(() => {
      if (!this.#ended)
        this.onerror?.call(this.#worker as Worker, new ErrorEvent("error", { message, cancelable: true }));
    });
  }
}

function fromBlob(): Worker {
  blob ??= URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  return new Worker(blob, { type: "module", name: "oim-engine" });
}

function fromFile(): Worker {
  // Put together, so that bundlers leave it alone: they would make a worker of their own of it, which by default cannot
  // wait for the engine. Their output has no such file, and so needs a policy that allows blob: addresses.
  const name = ["element", "worker", "mjs"].join(".");
  return new Worker(new URL(name, import.meta.url), { type: "module", name: "oim-engine" });
}
