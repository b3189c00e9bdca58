/** What each figure has to reach: `least` times as fast, or `most` times as long (or so many megabytes). */

/** Floors: what an unsafe prototype reaches on these machines is 5, 10, 5, 10 and 6. Other ratios are only reported. */
const BY_HAND = {
  "processToJson, bytes → bytes": [
    [/^1 alert/, 3.5],
    [/^100 alerts, mixed/, 7.5],
    [/^100 alerts, ASCII/, 4],
    [/^6 MB, mixed/, 8],
    [/^6 MB, ASCII/, 5],
  ],
};
const PEERS = { jsonata: 80, "jq-web": 80, "Zen, wasm": 40 };
const MOST = { "trace off": 4, "processToJson of the sample": 3 };
/** Ten times the input takes at most so many times as long. */
const GROWTH = 11;
/** So many megabytes may a process grow by. */
const GROWN_MB = 40;

/** The goal of a row, if it has one. Goals are for the machine's own speed, in Node. */
export function goalOf({ what, job, against, kind, cold, grown }) {
  if (kind === "growth") return { most: GROWTH };
  if (grown) return { most: GROWN_MB };
  if (cold) return { least: 1 };
  if (against === "by hand") {
    const least = BY_HAND[job]?.find(([pattern]) => pattern.test(what))?.[1];
    return least === undefined ? null : { least };
  }
  // Of alerts with keys that nobody reads, all have to read most.
  if (against in PEERS) return what.endsWith("many keys") ? null : { least: PEERS[against] };
  if (against === "processToJson of the sample") return what.startsWith("6 MB") ? { most: MOST[against] } : null;
  return against in MOST ? { most: MOST[against] } : null;
}

export function isMet(goal, figure) {
  return goal.least === undefined ? figure <= goal.most : figure >= goal.least;
}
