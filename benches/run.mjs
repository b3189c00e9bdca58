/**
 * `npm run bench`: how many times faster than JavaScript written by hand, for the same answer from the same bytes.
 *
 *   --rounds n      samples of each candidate (default 41)
 *   --only pattern  only the rows whose payload and job match, such as `6 MB.*bytes → bytes`; `sequences` for those
 *   --json file     all figures, for comparing machines and versions
 *   --package file  another build of the package than dist/node.mjs
 *
 * It reports and never fails on time; a wrong answer fails.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { body, byHand } from "./by-hand.mjs";
import { median, race, ratios } from "./harness.mjs";
import { grown, kinds, payloadsOf } from "./payloads.mjs";
import { GROWTH_TARGET, measureSequences } from "./sequences.mjs";

const WASM_GZIP_TARGET = 120_000;
/** What checking a body costs whose sample is the payload, in times of processing it: at most so much. */
const VALIDATE_TARGET = 3;

/** What `processToJson`, bytes in and bytes out, has to reach. */
const TARGETS = {
  "1 alert": 3,
  "100 alerts, mixed": 6,
  "100 alerts, ASCII": 5,
  "6 MB, mixed": 8,
  "6 MB, ASCII": 6,
};

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "41" },
    only: { type: "string", default: "" },
    json: { type: "string" },
    package: { type: "string", default: resolve(import.meta.dirname, "../dist/node.mjs") },
  },
});
const only = new RegExp(flags.only);
const engine = await import(pathToFileURL(resolve(flags.package)).href);
const receivedAt = Date.UTC(2024, 0, 1);
const hand = byHand(receivedAt);
const jobs = jobsOf(engine);

const rows = [];
for (const kind of kinds) {
  const wanted = jobs.filter((job) => only.test(`${kind.name}: ${job.name}`));
  if (wanted.length > 0) rows.push(...measure(kind, wanted));
}
const validated = kinds.filter((kind) => only.test(`${kind.name}: validate`)).map(measureValidate);
const sequences = only.test("sequences") ? measureSequences(engine, Number(flags.rounds)) : [];
const sizes = growingJobs(engine).filter(({ name }) => only.test(`growth: ${name}`)).map(measureGrowth);
const size = wasmSize();
print(rows, size);
printValidated(validated);
printSequences(sequences);
printGrowth(sizes);
if (flags.json) {
  const about = { node: process.version, platform: `${process.platform} ${process.arch}`, engine: engine.version() };
  writeFileSync(flags.json, `${JSON.stringify({ ...about, rows, validated, sequences, sizes, wasm: size }, null, 2)}\n`);
}

/** What the package can do for this job; `hand` names the equal done by hand. */
function jobsOf({ compile, processPayload }) {
  const bodyText = JSON.stringify(body);
  const { program, diagnostics } = compile(bodyText);
  if (!program) throw new Error(`the configuration does not compile: ${JSON.stringify(diagnostics)}`);
  const options = { receivedAt };
  const traced = { receivedAt, trace: true };
  return [
    { name: "processToJson, bytes → bytes", hand: "bytesToBytes", run: ({ bytes }) => program.processToJson(bytes, options), targets: TARGETS },
    { name: "processToJson, text → bytes", hand: "textToBytes", run: ({ text }) => program.processToJson(text, options) },
    { name: "process, bytes → objects", hand: "bytesToObjects", run: ({ bytes }) => program.process(bytes, options) },
    { name: "process, text → objects", hand: "textToObjects", run: ({ text }) => program.process(text, options) },
    { name: "processPayload, text → objects", hand: "textToObjects", run: ({ text }) => processPayload(bodyText, text, options) },
    { name: "processToJson with trace", hand: "bytesToBytes", run: ({ bytes }) => program.processToJson(bytes, traced) },
    { name: "process with trace", hand: "textToObjects", run: ({ text }) => program.process(text, traced) },
  ];
}

function measure(kind, wanted) {
  const inputs = payloadsOf(kind);
  for (const job of wanted) for (const input of inputs) check(job, input, kind.name);
  const baselines = [...new Set(wanted.map((job) => job.hand))].map((name) => ({ name, run: hand[name] }));
  const times = race([...baselines, ...wanted], inputs, Number(flags.rounds));
  const bytes = inputs.reduce((sum, input) => sum + input.bytes.length, 0) / inputs.length;
  return wanted.map((job) => ({
    payload: kind.name,
    bytes: Math.round(bytes),
    job: job.name,
    ms: median(times.get(job.name)),
    handMs: median(times.get(job.hand)),
    ...ratios(times.get(job.hand), times.get(job.name)),
    target: job.targets?.[kind.name] ?? null,
  }));
}

/** Checking a body whose sample is the payload, against processing the payload. */
function measureValidate(kind) {
  const { program } = engine.compile(JSON.stringify(body));
  const inputs = payloadsOf(kind).map(({ bytes, text }) => {
    const config = JSON.stringify(body.config ?? body);
    return { bytes, whole: new TextEncoder().encode(`{"config":${config},"sample_payload":${text}}`) };
  });
  const candidates = [
    { name: "process", run: ({ bytes }) => program.processToJson(bytes, { receivedAt }) },
    { name: "validate", run: ({ whole }) => engine.validate(whole) },
  ];
  const times = race(candidates, inputs, Number(flags.rounds));
  const cost = ratios(times.get("validate"), times.get("process"));
  return { payload: kind.name, ms: median(times.get("validate")), processMs: median(times.get("process")), ...cost };
}

function printValidated(rows) {
  if (rows.length === 0) return;
  console.log(`\nvalidate, of a body with the payload as its sample, in times of processToJson (target ≤ ${VALIDATE_TARGET} at 6 MB)`);
  for (const { payload, ms, processMs, median } of rows) {
    console.log(`  ${payload.padEnd(18)} ${time(ms).padStart(9)} against ${time(processMs).padStart(9)}: ${median.toFixed(2)} times`);
  }
}

function printSequences(rows) {
  if (rows.length === 0) return;
  console.log(`\nsimulate and compare: payloads of one alert, and ten times as many (target ≤ ${GROWTH_TARGET} times as long)`);
  for (const { name, payloads, fewMs, manyMs, growth } of rows) {
    const met = growth <= GROWTH_TARGET ? "reached" : "missed";
    console.log(`  ${name.padEnd(24)} ${payloads}: ${time(fewMs).padStart(9)}, ${payloads * 10}: ${time(manyMs).padStart(10)}: ${growth.toFixed(1)} times ${met}`);
  }
}

/** What looks at whole payloads and has no equal by hand: its work is to grow as the payload does. */
function growingJobs({ fields, suggest }) {
  return [
    { name: "suggest", run: (text) => suggest(text) },
    { name: "fields", run: (text) => fields(text, { arraySource: "alerts" }) },
  ];
}

/** The time for payloads of which each is ten times the one before. */
function measureGrowth({ name, run }) {
  const sizes = grown();
  const candidates = sizes.map(({ alerts, text }) => ({ name: alerts, run: () => run(text) }));
  const times = race(candidates, [null], Number(flags.rounds));
  return { job: name, sizes: sizes.map(({ alerts, text }) => ({ alerts, bytes: text.length, ms: median(times.get(alerts)) })) };
}

function printGrowth(rows) {
  if (rows.length === 0) return;
  console.log("\nby size; linear is as many times the time as the bytes are more");
  for (const { job, sizes } of rows) {
    for (const [i, { alerts, bytes, ms }] of sizes.entries()) {
      const before = sizes[i - 1];
      const growth = before ? `${(bytes / before.bytes).toFixed(1)} times the bytes, ${(ms / before.ms).toFixed(1)} times the time` : "";
      console.log(`  ${job.padEnd(8)} ${`${alerts} alerts`.padStart(12)} ${bytesText(bytes).padStart(9)} ${time(ms).padStart(10)}  ${growth}`.trimEnd());
    }
  }
}

/** A candidate counts only when it gives what the code by hand gives. */
function check(job, input, kind) {
  const read = (out) => (out instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(out)) : JSON.parse(JSON.stringify(out)));
  const { trace, ...given } = read(job.run(input));
  const expected = read(hand[job.hand](input));
  if (isDeepStrictEqual(given, expected)) return;
  const at = expected.alerts.findIndex((alert, i) => !isDeepStrictEqual(alert, given.alerts?.[i]));
  const [ours, theirs] = [given, expected].map(({ alerts, ...rest }) => JSON.stringify([rest, alerts?.[at]]));
  throw new Error(`${kind}, ${job.name}: another answer than by hand\n  ours:    ${ours}\n  by hand: ${theirs}`);
}

function wasmSize() {
  const file = resolve(flags.package, "../engine.wasm");
  try {
    const bytes = readFileSync(file);
    return { bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, target: WASM_GZIP_TARGET };
  } catch {
    return null;
  }
}

function print(rows, size) {
  console.log(`Times faster than JavaScript by hand (Node ${process.version}); median of the rounds, and where 80 % of them lie.\n`);
  const lines = rows.map((row) => [
    `${row.payload} (${bytesText(row.bytes)})`,
    row.job,
    time(row.handMs),
    time(row.ms),
    row.median.toFixed(2),
    `${row.p10.toFixed(2)} – ${row.p90.toFixed(2)}`,
    row.target === null ? "" : `≥ ${row.target} ${row.median >= row.target ? "reached" : "missed"}`,
  ]);
  const table = [["payload", "job", "by hand", "ours", "ratio", "p10 – p90", "target"], ...lines];
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  const right = new Set([2, 3, 4, 5]);
  for (const line of table) {
    console.log(line.map((cell, i) => (right.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  ").trimEnd());
  }
  if (!size) return;
  const met = size.gzip <= size.target ? "reached" : "missed";
  console.log(`\nengine.wasm: ${bytesText(size.bytes)}, gzip ${bytesText(size.gzip)} (target ≤ ${bytesText(size.target)} ${met})`);
}

function time(ms) {
  return ms < 1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(2)} ms`;
}

function bytesText(bytes) {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}
