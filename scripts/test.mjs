/** Runs every test there is. `npm test -- rust node` runs only those stages. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { build } from "./build.mjs";
import { ensureConsumers } from "./consumers.mjs";
import { Failure, headline, LOCKED, main, ROOT, run, say, seconds } from "./lib/run.mjs";
import { SKIPPED } from "./python.mjs";
import { ensureSchemathesis } from "./schemathesis.mjs";
import { ensureRuntimes } from "./runtimes.mjs";

/** How the runners count at their ends, and `name` the tests that failed; what is looked for is the first group. */
const CARGO = {
  names: /^test (\S.*) \.\.\. FAILED$/gm,
  passed: /^test result: .*? (\d+) passed/gm,
  failed: /^test result: .*? (\d+) failed/gm,
  skipped: /^test result: .*? (\d+) ignored/gm,
};
const NODE = {
  names: /^ *✖ (?!failing tests:)(.+) \([\d.]+ms\)$/gm,
  passed: /^ℹ pass (\d+)/gm,
  failed: /^ℹ (?:fail|cancelled) (\d+)/gm,
  skipped: /^ℹ (?:skipped|todo) (\d+)/gm,
};
const FUZZ = { ...CARGO, passed: /^(?:test result: .*?|fuzzed:) (\d+) passed/gm };
const PLAYWRIGHT = {
  names: /^ {2,}\d+\) (\S.*?)[ ─]*$/gm,
  passed: /^ +(\d+) (?:passed|flaky)\b/gm,
  failed: /^ +(\d+) (?:failed|interrupted|did not run)\b/gm,
  skipped: /^ +(\d+) skipped\b/gm,
  flaky: /^ +(\d+) flaky\b/gm,
};

const PYTEST = {
  names: /^(?:FAILED|ERROR) (\S+)/gm,
  passed: /^=+ .*?(\d+) passed\b/gm,
  failed: /^=+ .*?(\d+) (?:failed|errors?)\b/gm,
  skipped: /^=+ .*?(\d+) skipped\b/gm,
};

/** Stages that run at the same time. None of them measures time, and most wait for one process. */
const LANES = 2;
/** The longest stages start first, the last one of this list before all others. */
const LONGEST = ["mock", "python", "generate", "rust", "e2e"];

const STAGES = [
  { name: "rust", what: "the engine, native", counts: CARGO, command: () => cargoTests() },
  {
    name: "fuzz",
    what: "kept and new inputs of the fuzz targets",
    counts: FUZZ,
    command: () => [process.execPath, ["scripts/fuzz.mjs"]],
  },
  { name: "node", what: "the engine as wasm, in Node", counts: NODE, command: () => nodeTests("tests/node") },
  {
    name: "browser",
    what: "the same in a browser",
    counts: NODE,
    command: () => nodeTests("tests/browser"),
    browser: true,
  },
  { name: "command", what: "the command", counts: NODE, command: () => nodeTests("tests/command") },
  {
    name: "mock",
    what: "the mock of the API",
    counts: NODE,
    command: () => nodeTests("tests/mock"),
    schemathesis: true,
  },
  {
    name: "generate",
    what: "the code that is generated, run",
    counts: NODE,
    command: () => nodeTests("tests/generate"),
    browser: true,
    runtimes: true,
  },
  {
    name: "python",
    what: "the wheel, with Arrow, DuckDB and Spark",
    counts: PYTEST,
    command: () => [process.execPath, ["scripts/python.mjs"]],
  },
  { name: "package", what: "the packed package", counts: NODE, command: () => nodeTests("tests/package") },
  {
    name: "consumers",
    what: "the packed package where it is used",
    counts: NODE,
    command: () => nodeTests("tests/consumers"),
    browser: true,
    consumers: true,
  },
  { name: "page", what: "the modules of the page, in Node", counts: NODE, command: () => nodeTests("tests/page") },
  { name: "e2e", what: "the page", counts: PLAYWRIGHT, command: () => pageTests(), browser: true },
];

await main(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Failure(`no such stage: ${unknown.join(", ")}; there are ${STAGES.map(({ name }) => name).join(", ")}`);
  }
  const stages = STAGES.filter(({ name }) => asked.length === 0 || asked.includes(name));
  headline("set-up");
  await build({ page: stages.some(({ name }) => name === "e2e") });
  const env = {};
  if (stages.some(({ browser }) => browser)) {
    env.CHROME_PATH = await ensureBrowser();
    say(`browser: ${env.CHROME_PATH}`);
  }
  if (stages.some(({ schemathesis }) => schemathesis) && (await ensureSchemathesis()) === undefined) {
    say("Schemathesis is not there and could not be installed (it needs Python and a network): its test will not run");
  }
  if (stages.some(({ runtimes }) => runtimes)) await ensureRuntimes();
  if (stages.some(({ consumers }) => consumers)) await ensureConsumers();
  const results = new Map();
  const pending = [...stages].sort((a, b) => LONGEST.indexOf(b.name) - LONGEST.indexOf(a.name));
  const lane = async () => {
    for (let stage = pending.shift(); stage !== undefined; stage = pending.shift()) {
      results.set(stage, await runStage(stage, env, stages.length > 1));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  report(stages.map((stage) => results.get(stage)));
});

/** Runs a stage. The output of one that runs next to others is `held` until its end. */
async function runStage({ name, what, counts, command: commandOf }, env, held) {
  if (held) say(`${name} started`);
  else headline(`${name}: ${what}`);
  const since = Date.now();
  const [command, args] = commandOf();
  // Colours would come between the patterns and the counts.
  const options = { mayFail: true, label: "", env: { ...env, FORCE_COLOR: "0", CARGO_TERM_COLOR: "never" } };
  const { code, output } = await run(command, args, { ...options, show: held ? "none" : "both" });
  if (held) {
    headline(`${name}: ${what}`);
    process.stdout.write(output);
  }
  const sum = (pattern) => [...output.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);
  const flaky = counts.flaky ? sum(counts.flaky) : 0;
  const result = {
    name,
    took: seconds(since),
    passed: sum(counts.passed),
    failed: sum(counts.failed),
    skipped: sum(counts.skipped),
    // Runners name a failed test where it failed and again at their ends.
    names: [...new Set([...output.matchAll(counts.names)].map(([, test]) => test))],
    note: flaky > 0 ? `${flaky} only at the second try` : undefined,
  };
  if (code === SKIPPED) return { ...result, skipped: 1, note: output.trim().split("\n").at(-1) };
  // A runner that stops before it counts, or finds nothing to run, must not pass for success.
  if (result.failed === 0 && (code !== 0 || result.passed === 0)) {
    result.failed = 1;
    result.note = code === 0 ? "ran no test" : `ended with ${code}`;
  }
  return result;
}

function report(results) {
  headline("result");
  for (const { name, took, passed, failed, skipped, names, note } of results) {
    const more = [skipped > 0 ? `${skipped} skipped` : "", note ?? ""].filter(Boolean).join(", ");
    const counts = `${passed} passed, ${failed} failed${more && `, ${more}`}`;
    console.log(`${failed === 0 ? "✓" : "✗"} ${name.padEnd(9)} ${counts} (${took})`);
    for (const test of names) console.log(`    ${test}`);
  }
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  if (total("failed") > 0) process.exitCode = 1;
  const skipped = total("skipped");
  console.log(`\n${total("passed")} passed, ${total("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
}

function cargoTests() {
  return ["cargo", ["test", ...LOCKED, "--no-fail-fast"]];
}

function nodeTests(folder) {
  const place = join(ROOT, folder);
  const files = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith(".test.mjs")) : [];
  // Without a file Node would look for tests everywhere.
  if (files.length === 0) return [process.execPath, ["-e", `console.log("no tests in ${folder}")`]];
  return [process.execPath, ["--test", "--test-reporter=spec", ...files.map((name) => join(folder, name))]];
}

function pageTests() {
  if (!existsSync(join(ROOT, "tests/e2e"))) return [process.execPath, ["-e", 'console.log("no tests in tests/e2e")']];
  const config = ["playwright.config.ts", "playwright.config.mjs"]
    .flatMap((name) => [`tests/e2e/${name}`, name])
    .find((path) => existsSync(join(ROOT, path)));
  const cli = join(ROOT, "node_modules/@playwright/test/cli.js");
  // A machine that is busy with other stages can be late once; what passes only at the second try is reported.
  return [process.execPath, [cli, "test", ...(config ? ["-c", config] : []), "--reporter=list", "--retries=1"]];
}
