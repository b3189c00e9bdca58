/** Starting the engine's worker on the page. The build of the element puts `element/start.ts` in its place. */
import workerUrl from "../worker.ts?worker&url";

/** What the page needs of a worker. */
export type EngineWorker = Pick<Worker, "onmessage" | "onerror" | "postMessage" | "terminate">;

/**
 * Starts the worker from a blob: address. A worker loaded from a file has the policy of that file's response, which on
 * most hosts is none; one from a blob: address inherits the page's, so that it can send nothing anywhere either.
 */
export function startWorker(): EngineWorker {
  const worker = early;
  early = null;
  return worker ?? start();
}

function start(): EngineWorker {
  const script = new URL(workerUrl, document.baseURI).href;
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }));
  return new Worker(blob, { type: "module", name: "oim-engine" });
}

/** The first one, started before the page is drawn, so that it gets ready meanwhile. It waits to be spoken to. */
let early: EngineWorker | null = null;

/** Starts the first worker. Resolves when its code is there, or cannot be had. */
export function startEarly(): Promise<void> {
  const worker = start();
  early = worker;
  return new Promise((done) => {
    worker.onmessage = () => done();
    // It has told so when nobody listened yet; the next one tells it again.
    worker.onerror = (event) => {
      event.preventDefault();
      early = null;
      done();
    };
  });
}
