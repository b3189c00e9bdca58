import type { OimPlayground } from "../playground.ts";

/** Makes the page work without a network, and reports when a newer version of it is there. Belongs to the page alone, not to the element. */
export function followUpdates(): void {
  // Only where browsers allow it: over HTTPS or on this machine. It may wait until all else is done.
  if (!("serviceWorker" in navigator) || !isSecureContext || import.meta.env.DEV) return;
  if (document.readyState === "complete") void register();
  else addEventListener("load", () => void register(), { once: true });
}

async function register(): Promise<void> {
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register("./sw.js");
  } catch {
    // Forbidden or not to be had: the page works all the same, with a network.
    return;
  }
  const look = (worker: ServiceWorker | null): void => {
    // The first one does not wait.
    if (worker?.state === "installed" && navigator.serviceWorker.controller) offer(worker);
  };
  look(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => look(installing));
  });
  // Browsers look by themselves, but when they like. Without a network there is nothing newer to be had.
  if (registration.active) await registration.update().catch(() => {});
}

function offer(waiting: ServiceWorker): void {
  document.querySelector<OimPlayground>("oim-playground")?.note({
    text: "A newer version of the playground is ready. Before work is lost that is not kept or saved, the browser asks.",
    kind: "question",
    choices: [
      { label: "Load it", run: () => begin(waiting) },
      { label: "Later", run: () => {} },
    ],
  });
}

function begin(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("begin");
}
