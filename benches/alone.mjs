/**
 * What only a process of its own shows: the first answer of all, and memory. Started with what to do, by whom it is to
 * be done (`ours` or `hand`), the package, and the file of a payload, it prints a JSON of figures; imported, it starts
 * such processes.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { median, ratios } from "./harness.mjs";

const FILE = fileURLToPath(import.meta.url);
const RECEIVED_AT = Date.UTC(2024, 0, 1);
const MB = 1_000_000;
/** So many large payloads, after which the process may have grown by so much at most; in bytes and megabytes. */
const LARGE_RUNS = 20;
const CALLS = [1_000, 10_000, 100_000, 1_000_000];

/** Makes what gives an answer from bytes: all that a program does before its first one. */
async function worker(whose, file) {
  const { body, byHand } = await import("./by-hand.mjs");
  if (whose === "hand") {
    const { bytesToBytes } = byHand(RECEIVED_AT);
    return (bytes) => bytesToBytes({ bytes });
  }
  const { compile } = await import(pathToFileURL(file).href);
  const { program } = compile(JSON.stringify(body));
  return (bytes) => program.processToJson(bytes, { receivedAt: RECEIVED_AT });
}

const TASKS = {
  async cold(make, bytes) {
    const start = performance.now();
    const run = await make();
    run(bytes);
    return performance.now() - start;
  },
  async growth(make, bytes) {
    const run = await make();
    const before = process.memoryUsage.rss();
    for (let i = 0; i < LARGE_RUNS; i += 1) run(bytes);
    return (process.memoryUsage.rss() - before) / MB;
  },
  async curve(make, bytes) {
    const run = await make();
    const curve = [];
    for (let call = 1; curve.length < CALLS.length; call += 1) {
      run(bytes);
      if (call === CALLS[curve.length]) curve.push(process.memoryUsage.rss() / MB);
    }
    return curve;
  },
};

/** Rows for the table. `texts` are payloads: a large one, and one with one alert. */
export function measureAlone({ file, large, small, rounds, only, quick }) {
  const folder = mkdtempSync(join(tmpdir(), "oim-bench-"));
  const rows = [];
  try {
    const paths = Object.entries({ large, small }).map(([name, bytes]) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    });
    const both = (task, path, times) => {
      const figures = { hand: [], ours: [] };
      for (let i = 0; i < times; i += 1) {
        for (const whose of i % 2 ? ["ours", "hand"] : ["hand", "ours"])
          figures[whose].push(started(task, whose, file, path));
      }
      return figures;
    };
    const row = (what, job, { hand, ours }, more) => {
      const pairs = more.kind === "faster" ? ratios(ours, hand) : ratios(hand, ours);
      rows.push({ what, job, against: "by hand", theirs: median(hand), ours: median(ours), ...pairs, ...more });
    };
    const wanted = (what, job) => only.test(`${what}: ${job}`);
    const [cold, growth, curve] = [
      "cold: module, compile, first answer",
      "growth of the process",
      "size of the process",
    ];
    if (wanted("6 MB, mixed", cold))
      row("6 MB, mixed", cold, both("cold", paths[0], Math.min(rounds, 9)), { kind: "faster", cold: true });
    const twenty = `${LARGE_RUNS} of 6 MB, mixed`;
    if (wanted(twenty, growth)) row(twenty, growth, both("growth", paths[0], 3), { kind: "memory", grown: true });
    if (!quick && wanted("calls", curve)) {
      const curves = both("curve", paths[1], 1);
      for (const [i, calls] of CALLS.entries()) {
        const at = ([figures]) => [figures[i]];
        row(
          `${calls.toLocaleString("en")} calls, 1 alert`,
          curve,
          { hand: at(curves.hand), ours: at(curves.ours) },
          { kind: "memory" },
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

function started(task, whose, file, path) {
  return JSON.parse(execFileSync(process.execPath, [FILE, task, whose, file, path], { encoding: "utf8" }));
}

if (process.argv[1] === FILE) {
  const [task, whose, file, path] = process.argv.slice(2);
  const bytes = new Uint8Array(readFileSync(path));
  console.log(JSON.stringify(await TASKS[task](() => worker(whose, file), bytes)));
}
