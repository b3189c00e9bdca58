/** Long work in slices, so that the page stays alive while megabytes are looked through. */

/** How long a slice may last. */
const SLICE_MS = 12;

/** Does all of it at once. */
export function atOnce<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does it slice by slice; `null` when `stop` says so in between. */
export async function inSlices<Result>(work: Generator<unknown, Result>, stop: AbortSignal): Promise<Result | null> {
  for (let until = performance.now() + SLICE_MS; !stop.aborted; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() < until) continue;
    await new Promise((go) => setTimeout(go));
    until = performance.now() + SLICE_MS;
  }
  return null;
}
