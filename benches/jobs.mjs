/** What is measured of processing, against what, and whether the answers are the same. Runs in Node and in browsers. */
import { bodyFor, byHand, layouts } from "./by-hand.mjs";
import { median, race, ratios } from "./harness.mjs";
import { payloadsOf } from "./payloads.mjs";

export const RECEIVED_AT = Date.UTC(2024, 0, 1);

/** What the package can do, each with the name of the equal by hand. */
export function jobsOf(engine, layout) {
  const bodyText = JSON.stringify(bodyFor(layout));
  const { program, diagnostics } = engine.compile(bodyText);
  if (!program) throw new Error(`the configuration does not compile: ${JSON.stringify(diagnostics)}`);
  const options = { receivedAt: RECEIVED_AT };
  const traced = { receivedAt: RECEIVED_AT, trace: true };
  const viewed = { receivedAt: RECEIVED_AT, as: "view" };
  const { processPayload } = engine;
  const jobs = [
    {
      name: "processToJson, bytes → bytes",
      hand: "bytesToBytes",
      run: ({ bytes }) => program.processToJson(bytes, options),
    },
    {
      name: "processToJson, bytes → view",
      hand: "bytesToBytes",
      run: ({ bytes }) => program.processToJson(bytes, viewed),
    },
    {
      name: "processToJson, text → bytes",
      hand: "textToBytes",
      run: ({ text }) => program.processToJson(text, options),
    },
    {
      name: "processToJson, text → text",
      hand: "textToText",
      run: ({ text }) => program.processToJson(text, { ...options, as: "text" }),
    },
    { name: "process, bytes → objects", hand: "bytesToObjects", run: ({ bytes }) => program.process(bytes, options) },
    { name: "process, text → objects", hand: "textToObjects", run: ({ text }) => program.process(text, options) },
    {
      name: "processPayload, bytes → objects",
      hand: "bytesToObjects",
      run: ({ bytes }) => processPayload(bodyText, bytes, options),
    },
    {
      name: "processPayload, text → objects",
      hand: "textToObjects",
      run: ({ text }) => processPayload(bodyText, text, options),
    },
    {
      name: "processToJson with trace",
      without: "processToJson, bytes → bytes",
      run: ({ bytes }) => program.processToJson(bytes, traced),
    },
    {
      name: "process with trace",
      without: "process, text → objects",
      run: ({ text }) => program.process(text, traced),
    },
    {
      name: "processPayload with trace",
      without: "processPayload, text → objects",
      run: ({ text }) => processPayload(bodyText, text, traced),
    },
  ];
  return jobs;
}

/**
 * Measures the wanted jobs with the payloads of a kind, against the same by hand and against peers, which are
 * `{ name, run }` from bytes to bytes. Gives rows for the table. `how` is for the race.
 */
export async function measureKind(kind, { engine, peers = [], only = /(?:)/, ...how }) {
  const layout = layouts[kind.layout];
  const hand = byHand(RECEIVED_AT, layout);
  const all = jobsOf(engine, layout);
  const wanted = all.filter(({ name }) => only.test(`${kind.name}: ${name}`));
  const first = wanted.find(({ hand }) => hand === "bytesToBytes");
  // They are written for the usual layout.
  const rivals = first && kind.layout === "usual" ? peers : [];
  if (wanted.length === 0) return [];
  const inputs = payloadsOf(kind);
  for (const input of inputs) {
    for (const job of [...wanted, ...rivals]) {
      check(kind.name, job.name, await job.run(input), hand[job.hand ?? "bytesToBytes"](input));
    }
  }
  const baselines = [...new Set(wanted.map(({ hand }) => hand))]
    .filter(Boolean)
    .map((name) => ({ name, run: hand[name] }));
  const compared = all.filter(
    ({ name }) => !wanted.some((job) => job.name === name) && wanted.some(({ without }) => without === name),
  );
  const candidates = [...baselines, ...wanted, ...compared, ...rivals.map((peer) => ({ ...peer, slow: true }))];
  const times = await race(candidates, inputs, how);
  const bytes = inputs.reduce((sum, input) => sum + input.bytes.length, 0) / inputs.length;
  const row = (job, against, theirs, ours) => ({
    what: kind.name,
    bytes: Math.round(bytes),
    job,
    against,
    theirs: median(theirs),
    ours: median(ours),
  });
  const faster = (job, against, theirs) => {
    const ours = times.get(job.name);
    return { ...row(job.name, against, theirs, ours), ...ratios(ours, theirs), kind: "faster" };
  };
  return wanted.flatMap((job) => {
    const ours = times.get(job.name);
    if (job.without) {
      const theirs = times.get(job.without);
      return [{ ...row(job.name, "trace off", theirs, ours), ...ratios(theirs, ours), kind: "as long" }];
    }
    const rows = [faster(job, "by hand", times.get(job.hand))];
    if (job === first) rows.push(...rivals.map(({ name }) => faster(job, name, times.get(name))));
    return rows;
  });
}

/** A candidate counts only when it gives what the code by hand gives. */
function check(kind, name, given, expected) {
  const [ours, theirs] = [given, expected].map(read);
  delete ours.trace;
  if (same(ours, theirs)) return;
  const at = theirs.alerts.findIndex((alert, i) => !same(alert, ours.alerts?.[i]));
  const [a, b] = [ours, theirs].map(({ alerts, ...rest }) => JSON.stringify([rest, alerts?.[at]]));
  throw new Error(`${kind}, ${name}: another answer than by hand\n  given:   ${a}\n  by hand: ${b}`);
}

function read(out) {
  const text =
    out instanceof Uint8Array ? new TextDecoder().decode(out) : typeof out === "string" ? out : JSON.stringify(out);
  return JSON.parse(text);
}

/** Equal, in whatever order members stand. */
function same(a, b) {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => same(a[key], b[key]))
  );
}
