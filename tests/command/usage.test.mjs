/** What every subcommand has: help, options with advice, exit codes, and files that cannot be read. */
import assert from "node:assert/strict";
import { chmodSync, copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BODY, DIST, folderOf, oim, OIM, SAMPLE } from "./support.mjs";

const { stdout: overview } = oim(["--help"]);
const COMMANDS = [...overview.matchAll(/^ {2}(\w+) {2,}\S/gm)].map(([, name]) => name).filter((name) => name !== "h");
const cwd = folderOf({ "body.json": BODY, "payload.json": SAMPLE });

test("the overview names the commands, and each has help that names its options", () => {
  for (const name of [
    "validate",
    "process",
    "test",
    "suggest",
    "fields",
    "generate",
    "pull",
    "push",
    "mock",
    "completion",
  ]) {
    assert.ok(COMMANDS.includes(name), name);
  }
  for (const name of COMMANDS) {
    const { status, stdout, stderr } = oim([name, "--help"]);
    assert.equal(status, 0, name);
    assert.equal(stderr, "");
    assert.match(stdout, new RegExp(`^Usage: oim ${name}\\b`));
    assert.match(stdout, /^ {2}-h, --help/m);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 120, line);
    assert.equal(oim(["help", name]).stdout, stdout);
    assert.equal(oim([name, "--nonsense", "-h"]).stdout, stdout);
    const wrong = oim([name, "--nonsense"]);
    assert.equal(wrong.status, 2, name);
    assert.match(wrong.stderr, new RegExp(`^oim: \`--nonsense\` is not an option[^]*Try \`oim ${name} --help\``));
  }
});

/** `[arguments, standard error]`: wrong use, reported in one sentence, exit code 2. */
const WRONG = [
  [[], /a command is missing/],
  [["valdiate"], /`valdiate` is not a command, did you mean `validate`\?\nTry `oim --help`/],
  [["--verison"], /is not an option, did you mean `--version`\?/],
  [["constructor"], /`constructor` is not a command/],
  [["a\u001b[31m\nb"], /`a␛\[31m␊b` is not a command/],
  [["validate"], /a body is missing/],
  [
    ["validate", "body.json", "--format", "jsno"],
    /--format: expected text, json, sarif, github, got `jsno`, did you mean `json`\?/,
  ],
  [["validate", "body.json", "--mode", "replace"], /--mode: expected create, update, got `replace`/],
  [["validate", "body.json", "--paylod", "x"], /did you mean `--payload`\?/],
  [["validate", "-", "--payload", "-"], /standard input can be read only once/],
  [["process"], /a body is missing/],
  [["process", "-"], /standard input can be the body or a payload, not both/],
  [["process", "body.json", "--jobs", "2"], /--jobs is for --ndjson only/],
  [["process", "body.json", "--ndjson", "--jobs", "0"], /--jobs: expected a whole number from 1 to 64, got `0`/],
  [["process", "body.json", "--ndjson", "--jobs", "two"], /--jobs: expected a whole number/],
  [["process", "body.json", "--received-at", "soon"], /--received-at: expected an epoch time or a time such as/],
  [["process", "body.json", "--trace=yes"], /`--trace` takes no value/],
  [["test", "a", "b"], /only one folder is expected/],
  [["test", "--coverage", "101"], /--coverage: expected a whole number from 0 to 100/],
  [["test", "--filter", "disk"], /no case has `disk` in its name/],
  [["test", "nowhere"], /nowhere does not exist/],
  [["test", "body.json"], /body\.json is not a folder/],
  [["fields"], /a payload is missing/],
  [["suggest"], /a payload is missing/],
  [["fields", "payload.json", "payload.json"], /only one payload is expected/],
  [["generate", "body.json"], /--target is missing/],
  [["generate", "body.json", "--target", "crul", "--app-key", "k"], /`crul` is not a target, did you mean `curl`\?/],
  [["generate", "body.json", "--target", "curl"], /--app-key is missing/],
  [["generate", "--target", "curl", "--app-key", "k"], /a body is missing/],
  [["completion"], /a shell is missing: bash, zsh, fish/],
  [["completion", "fihs"], /`fihs` is not a shell that is known here, did you mean `fish`\?/],
];

for (const [args, stderr] of WRONG) {
  test(`oim ${JSON.stringify(args.join(" "))}`, () => {
    const result = oim(args, { cwd });
    assert.match(result.stderr, /^oim: /);
    assert.match(result.stderr, stderr);
    assert.equal(result.stdout, "");
    assert.equal(result.status, 2);
  });
}

const UNREADABLE = {
  missing: ["nothing.json", /nothing\.json does not exist/],
  "a folder": [".", /\. is a folder, not a file/],
  "a folder that is a file": ["body.json/x", /does not exist/],
  empty: ["empty.json", /empty\.json is empty/],
  "not UTF-8": ["latin.json", /latin\.json is not UTF-8; save it as UTF-8/],
  "UTF-16": ["wide.json", /wide\.json is not UTF-8 but UTF-16; save it as UTF-8/],
  huge: ["huge.json", /huge\.json is too large: .* may have \d+ MiB/],
  "a pattern that fits nothing": ["none-*.json", /no file matches the pattern none-\*\.json/],
  "a hostile name": ["\u001b]0;x", /␛\]0;x does not exist/],
};
const broken = folderOf({
  "body.json": BODY,
  "payload.json": SAMPLE,
  "empty.json": "",
  "latin.json": Buffer.from('{"a":"\u00e9"}', "latin1"),
  "wide.json": Buffer.from("\ufeff{}", "utf16le"),
  "huge.json": Buffer.alloc(17 * 1024 * 1024, " "),
});

for (const [what, [name, reported]] of Object.entries(UNREADABLE)) {
  test(`input that cannot be read: ${what}`, () => {
    const calls = [
      ["validate", name],
      ["validate", "body.json", "--payload", name],
      ["process", "body.json", name],
      ["generate", name, "--target", "curl", "--app-key", "k"],
    ];
    // Names alone are patterns only where several are taken.
    if (!name.includes("*")) calls.push(["process", name, "payload.json"], ["fields", name]);
    for (const args of name.includes("*") ? calls.slice(0, 3) : calls) {
      const { status, stdout, stderr } = oim(args, { cwd: broken });
      assert.match(stderr, reported, args.join(" "));
      assert.doesNotMatch(stderr, /Try `oim|\n {4}at /);
      assert.equal(stdout, "");
      assert.equal(status, 2, args.join(" "));
    }
  });
}

test("a file that may not be read", { skip: process.getuid?.() === 0 && "everything may be read by this user" }, () => {
  const folder = folderOf({ "secret.json": BODY });
  chmodSync(join(folder, "secret.json"), 0);
  const { status, stderr } = oim(["validate", "secret.json"], { cwd: folder });
  assert.match(stderr, /secret\.json may not be read by this user/);
  assert.equal(status, 2);
});

test("too large input from a pipe is refused before it is held", () => {
  const { status, stderr } = oim(["validate", "-"], { input: Buffer.alloc(20 * 1024 * 1024, " ") });
  assert.match(stderr, /<stdin> is too large/);
  assert.equal(status, 2);
});

test("the overview is asked for in three ways", () => {
  for (const args of [["-h"], ["help"]]) assert.deepEqual(oim(args), { status: 0, stdout: overview, stderr: "" });
  assert.match(overview, /^Usage: oim <command>/);
});

test("version, help and completion need no engine, and the version only its own file", () => {
  const alone = folderOf();
  copyFileSync(OIM, join(alone, "oim.mjs"));
  const program = join(alone, "oim.mjs");
  assert.deepEqual(oim(["--version"], { program }), oim(["--version"]));
  copyFileSync(join(DIST, "oim-commands.mjs"), join(alone, "oim-commands.mjs"));
  for (const args of [["--help"], ["completion", "bash"], ...COMMANDS.map((name) => [name, "--help"])]) {
    assert.deepEqual(oim(args, { program }), oim(args), args.join(" "));
  }
  // To be sure that the command would notice.
  assert.notEqual(oim(["fields", "payload.json"], { program, cwd }).status, 0);
  assert.deepEqual(readdirSync(alone).sort(), ["oim-commands.mjs", "oim.mjs"]);
});

test("a file named like an option is read, or refused with a usage error", () => {
  const cwd = folderOf({ "-dash.json": BODY, "-h": BODY, "--strict": BODY, "-": BODY });
  for (const args of [["-dash.json"], ["--", "-dash.json"], ["./-dash.json"], ["-*.json"]]) {
    const { status, stdout, stderr } = oim(["validate", ...args], { cwd });
    assert.deepEqual([status, stdout, stderr], [0, "1 configuration: no problems found\n", ""], args.join(" "));
  }
  const all = oim(["validate", "*"], { cwd });
  assert.deepEqual([all.status, all.stdout], [0, "4 configurations: no problems found\n"]);
  for (const name of ["-h", "--strict"]) {
    const { status, stdout, stderr } = oim(["validate", name, "./-"], { cwd });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.ok(stderr.startsWith(`oim: \`${name}\` is also the name of a file; write \`./${name}\` for the file\n`));
  }
  for (const name of ["-none.json", "-help", "-hx"]) {
    const { status, stdout, stderr } = oim(["validate", name], { cwd });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.ok(stderr.startsWith(`oim: \`${name}\` is not an option\n`), stderr);
  }
});

test("a range of characters that is the wrong way round matches nothing", () => {
  const { status, stderr } = oim(["validate", "[z-a].json"], { cwd: folderOf({ "a.json": BODY }) });
  assert.deepEqual([status, stderr], [2, "oim: no file matches the pattern [z-a].json\n"]);
});
