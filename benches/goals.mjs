/** What each figure has to reach: `least` times as fast, or `most` times as long (or so many megabytes). */

const BY_HAND = {
  "processToJson, bytes → bytes": [
    [/^1 alert/, 5],
    [/^100 alerts, mixed/, 10],
    [/^100 alerts, ASCII/, 7],
    [/^6 MB, mixed/, 14],
    [/^6 MB, ASCII/, 8],
  ],
  "processToJson, bytes → view": [
    [/^1 alert/, 10],
    [/^100 alerts, mixed/, 13],
    [/^100 alerts, ASCII/, 7.5],
    [/^6 MB, mixed/, 16],
    [/^6 MB, ASCII/, 9.5],
  ],
  "processToText, text → text": [[/mixed$|ASCII$/, 4]],
  "process, bytes → objects": [
    [/mixed$/, 4],
    [/ASCII$/, 3],
  ],
  "process, text → objects": [[/mixed$|ASCII$/, 2]],
};
const PEERS = { jsonata: 80, "jq-web": 80, "Zen, wasm": 40 };
const MOST = { "trace off": 2, "processToJson of the sample": 3 };
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
