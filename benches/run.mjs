/**
 * `npm run bench`: the package against the same job by other means, for the same answers from the same bytes.
 *
 *   --quick         fewer payloads and rounds: about a minute
 *   --rounds n      rounds of each part, at most (default 25); slow peers take part in the first ones only
 *   --only pattern  only the rows whose payload and job match, such as `6 MB.*bytes → bytes`; `growth` for growing inputs
 *   --json file     all figures, for comparing machines and versions
 *   --package file  another build of the package than dist/node.mjs
 *   --browser       in Chromium instead of Node
 *   --native        the engine as a crate instead, with criterion; see scripts/bench.mjs
 *
 * It reports and never fails on time; a wrong answer fails.
 */
import { fork } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { measureAlone } from "./alone.mjs";
import { kinds, payloadsOf } from "./payloads.mjs";
import { judged, print, size } from "./table.mjs";

const QUICK_KINDS = /^1 alert, ASCII|^100 alerts, (?:mixed|ASCII)|^6 MB, mixed/;
const HERE = import.meta.dirname;

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    only: { type: "string", default: "" },
    json: { type: "string" },
    package: { type: "string", default: join(HERE, "../dist/node.mjs") },
    browser: { type: "boolean", default: false },
  },
});
const { quick } = flags;
const how = {
  rounds: Number(flags.rounds ?? (quick ? 9 : 25)),
  only: flags.only,
  file: resolve(flags.package),
  peers: join(HERE, "../target/benches"),
};
const where = flags.browser ? await import("./browser.mjs") : undefined;
const wanted = kinds.filter(({ name }) => !quick || QUICK_KINDS.test(name));
const rows = where ? await where.measure(wanted, { ...how, quick }) : await inNode();
const judgement = judged(rows);
print(judgement, title());
const wasm = wasmSize();
if (wasm) console.log(`\nengine.wasm: ${size(wasm.bytes)}, gzip ${size(wasm.gzip)}`);
if (flags.json) {
  const { version } = await import(pathToFileURL(how.file).href);
  const about = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    engine: version(),
    load: loadavg()[0],
  };
  writeFileSync(flags.json, `${JSON.stringify({ ...about, rows: judgement, wasm }, null, 2)}\n`);
}

async function inNode() {
  const all = [];
  for (const { name } of wanted) all.push(...(await part(name, how)));
  if (!quick || flags.only) all.push(...(await part("growth", { ...how, rounds: Math.min(how.rounds, 9) })));
  const payload = (name) => payloadsOf(kinds.find((kind) => kind.name === name))[0].bytes;
  const alone = { large: payload("6 MB, mixed"), small: payload("1 alert, ASCII"), only: new RegExp(how.only), quick };
  return [...all, ...measureAlone({ ...how, ...alone })];
}

/** Starts a process for a part and waits for its rows. */
async function part(name, how) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name} …`);
  const child = fork(join(HERE, "part.mjs"), [name, JSON.stringify(how)]);
  let rows;
  child.on("message", (message) => ({ rows } = message));
  const code = await new Promise((done) => child.on("close", done));
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  if (code !== 0 || rows === undefined) process.exit(1);
  return rows;
}

function title() {
  const place = where ? where.browserVersion() : `Node ${process.version}`;
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(" ");
  const peers =
    existsSync(join(how.peers, "node_modules")) || where ? "" : "; peers are not installed, see scripts/bench.mjs";
  return (
    `${place}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, load ${load}${peers}.\n` +
    "Medians over rounds, in each of which all take turns in one process; the ratio is that of the rounds, and 80 % of them lie in p10 – p90."
  );
}

function wasmSize() {
  const file = resolve(how.file, "../engine.wasm");
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  return { bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}
