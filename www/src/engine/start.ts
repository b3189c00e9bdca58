/** Starting the engine's worker on the page. The build of the element puts `element/start.ts` in its place. */
import workerUrl from "../worker.ts?worker&url";

/** What the page needs of a worker. */
export type EngineWorker = Pick<Worker, "onmessage" | "onerror" | "postMessage" | "terminate">;

let early: Worker | null = null;

/** Starts a worker before anybody asks, for the first who does. */
export function startEarly(): void {
  early = start();
  // Whoever asks then starts another, and hears what is wrong with it.
  early.onerror = (event) => {
    event.preventDefault();
    early = null;
  };
}

export function startWorker(): EngineWorker {
  const worker = early ?? start();
  early = null;
  return worker;
}

/**
 * Starts the worker from a blob: address. A worker loaded from a file has the policy of that file's response, which on
 * most hosts is none; one from a blob: address inherits the page's, so that it can send nothing anywhere either.
 */
function start(): Worker {
  const script = new URL(workerUrl, document.baseURI).href;
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }));
  return new Worker(blob, { type: "module", name: "oim-engine" });
}
