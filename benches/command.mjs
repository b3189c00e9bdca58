/**
 * The command against a script by hand, as processes from start to end: `oim process --ndjson` on one core and with
 * `--jobs 2`, its memory, and how long `oim --version` takes.
 *
 *   --rounds n     runs of each (default 9)
 *   --payloads n   lines of the first file (default 50000); the second one has six times as many
 *
 * Starting counts: at 50000 payloads it is a third of what `oim` takes. The time of the processor is that of all threads;
 * on a machine that does other things as well it is the one to look at.
 *
 * It reports and never fails on time; another output than by hand fails.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  createWriteStream,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { body } from "./by-hand.mjs";
import { median } from "./harness.mjs";
import { kinds, payloadsOf } from "./payloads.mjs";

const { values: flags } = parseArgs({
  options: { rounds: { type: "string", default: "9" }, payloads: { type: "string", default: "50000" } },
});
const rounds = Number(flags.rounds);
const payloads = Number(flags.payloads);
const RECEIVED_AT = String(Date.UTC(2024, 0, 1));
const OIM = resolve(import.meta.dirname, "../dist/oim.mjs");
const HAND = resolve(import.meta.dirname, "lines-by-hand.mjs");

const folder = mkdtempSync(join(tmpdir(), "oim-bench-"));
const probe = join(folder, "probe.cjs");
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const bodyFile = join(folder, "body.json");
  writeFileSync(bodyFile, JSON.stringify(body));
  // Written to a file as it exits: what the process had at most, since `maxRSS` would begin with that of the parent, and
  // what it used of the processor.
  writeFileSync(
    probe,
    `const { readFileSync, writeFileSync } = require("fs");
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const peak = /VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1];
  writeFileSync(process.env.PROBED, JSON.stringify({ cpu: (user + system) / 1000, peak: Number(peak) }));
});`,
  );
  const one = spawnSync("taskset", ["-c", "0", process.execPath, "-e", "0"]).status === 0 ? ["taskset", "-c", "0"] : [];
  const process_ = (...more) => [OIM, "process", bodyFile, "--ndjson", "--received-at", RECEIVED_AT, ...more];
  const candidates = [
    { name: "by hand", before: one, args: [HAND, RECEIVED_AT] },
    { name: "oim, one core", before: one, args: process_(), target: 5 },
    { name: "oim --jobs 2", before: [], args: process_("--jobs", "2"), target: 8 },
  ];
  if (one.length === 0) console.log("taskset is not there: nothing keeps a process to one core");
  for (const [count, times] of [
    [payloads, rounds],
    [payloads * 6, Math.ceil(rounds / 3)],
  ])
    await compareAll(candidates, count, times);
  console.log("\nmemory at most, and payloads");
  for (const count of [10_000, 100_000, 1_000_000]) {
    const file = await linesFile("memory.ndjson", count);
    const peaks = [process_(), process_("--jobs", "2")].map(
      (args) => run({ before: [], args }, file, { output: "out" }).peak,
    );
    console.log(
      `  ${String(count).padStart(9)}: ${peaks.map((kib) => `${Math.round(kib / 1024)} MiB`).join(" alone, ")} with --jobs 2`,
    );
  }
  const starts = [
    ["-e", "0"],
    [OIM, "--version"],
  ].map((args) => ({ args, times: [] }));
  for (let round = 0; round < rounds * 4; round += 1) {
    for (const { args, times } of starts) times.push(run({ before: [], args }, undefined, {}).ms);
  }
  const [nothing, version] = starts.map(({ times }) => times);
  const ratio = median(version.map((ms, round) => ms / nothing[round]));
  console.log(
    `\noim --version: ${median(version).toFixed(0)} ms, ${ratio.toFixed(2)} times \`node -e 0\` (target ≤ 1.5)`,
  );
}

/** Runs all candidates on so many payloads, in turn. */
async function compareAll(candidates, count, rounds) {
  const lines = await linesFile("lines.ndjson", count);
  const outputs = candidates.map((candidate) => digest(run(candidate, lines, { output: "out" })));
  if (new Set(outputs).size !== 1) throw new Error("another output than by hand");
  console.log(
    `${count} payloads of ${Math.round(statSync(lines).size / count)} bytes, one a line, from a file to a file; the outputs are the same.`,
  );
  const all = candidates.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, candidate] of candidates.entries()) all[at].push(run(candidate, lines, { output: "out" }));
  }
  for (const [at, { name, target }] of candidates.entries()) {
    const [ms, cpu] = ["ms", "cpu"].map((what) => ({
      is: median(all[at].map((one) => one[what])),
      ratio: median(all[at].map((one, round) => all[0][round][what] / one[what])),
    }));
    const met = ms.ratio >= target ? "reached" : "missed";
    const goal =
      target === undefined
        ? ""
        : `: ${ms.ratio.toFixed(1)} times as fast (goal ≥ ${target} ${met}), ${cpu.ratio.toFixed(1)} times as little of the processor`;
    console.log(
      `  ${name.padEnd(14)} ${ms.is.toFixed(0).padStart(6)} ms, ${cpu.is.toFixed(0).padStart(6)} ms of the processor${goal}`,
    );
  }
}

/** A file of payloads with one alert each. */
async function linesFile(name, count) {
  const texts = payloadsOf(kinds[0]).map(({ text }) => `${text}\n`);
  const file = join(folder, name);
  const stream = createWriteStream(file);
  for (let at = 0; at < count; at += texts.length) {
    const part = texts.slice(0, count - at).join("");
    if (!stream.write(part)) await new Promise((resolve) => stream.once("drain", resolve));
  }
  await new Promise((resolve) => stream.end(resolve));
  return file;
}

function run({ before, args }, input, { output }) {
  const [command, ...rest] = [...before, process.execPath, ...(output ? ["--require", probe] : []), ...args];
  const probed = join(folder, "probed");
  const outFile = join(folder, output ?? "none");
  const from = input === undefined ? "ignore" : openSync(input, "r");
  const to = openSync(outFile, "w");
  const since = performance.now();
  const { status, stderr } = spawnSync(command, rest, {
    stdio: [from, to, "pipe"],
    env: { ...process.env, PROBED: probed },
  });
  const ms = performance.now() - since;
  for (const fd of [from, to]) if (typeof fd === "number") closeSync(fd);
  if (status !== 0) throw new Error(`${rest.join(" ")} ended with ${status}\n${stderr}`);
  return { ms, outFile, ...(output ? JSON.parse(readFileSync(probed, "utf8")) : {}) };
}

function digest({ outFile }) {
  return createHash("sha256").update(readFileSync(outFile)).digest("hex");
}
