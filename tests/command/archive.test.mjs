/** Archives of payloads: `oim coverage`, `oim diff` and `oim process --every-line` over files of every form. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import zlib from "node:zlib";
import { compare, compile, coverage } from "../../dist/node.mjs";
import { BODY, CONFIG, folderOf, oim, put, SAMPLE } from "./support.mjs";

const NEW = JSON.stringify({
  config: { ...CONFIG, secondary_property: { name: "check", source: ["job"] } },
  sample_payload: { ...SAMPLE, job: "x" },
});
const payloadOf = (n) => ({
  host: `web-${n % 7}`,
  check: `c${n % 3}`,
  state: ["up", "down", "gone"][n % 3],
  job: `c${n % 2}`,
});
const LINES = Array.from({ length: 3000 }, (_, n) => (n % 100 === 99 ? "" : JSON.stringify(payloadOf(n))));
const TEXT = `${LINES.join("\n")}\n`;
const PAYLOADS = LINES.filter((line) => line !== "");
const cwd = folderOf({ "body.json": BODY, "new.json": NEW, "lines.ndjson": TEXT });
const covered = (args, options) => oim(["coverage", "body.json", ...args], { cwd, ...options });
const json = (args, options) => JSON.parse(covered(["--format", "json", ...args], options).stdout);

/** Coverage without what depends on the places of payloads. */
function countsOf(value) {
  if (Array.isArray(value)) return value.map(countsOf);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !["inputs", "sketch"].includes(key));
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === "payloads" && Array.isArray(inner) ? inner.length : countsOf(inner)]),
  );
}

const EXPECTED = coverage(
  BODY,
  PAYLOADS.map((payload) => ({ payload })),
);

test("coverage of lines is that of the function, whatever the number of threads", () => {
  const one = json(["lines.ndjson"]);
  assert.deepEqual(countsOf(one), countsOf(EXPECTED));
  for (const jobs of ["2", "3"]) assert.deepEqual(json(["lines.ndjson", "--jobs", jobs]), one);
  assert.deepEqual(one.inputs, [{ name: "lines.ndjson", kind: "lines", first: 0 }]);
  // Places are lines, from 0: every third state is unknown.
  const [word] = one.defaultWords.words;
  assert.deepEqual([word.word, word.payloads.slice(0, 3)], ["gone", [2, 5, 8]]);
});

test("standard input, compressed files, folders and files with one payload are the same payloads", () => {
  const counts = countsOf(EXPECTED);
  assert.deepEqual(countsOf(json([], { input: TEXT })), counts);
  assert.deepEqual(countsOf(json(["-"], { input: zlib.gzipSync(TEXT) })), counts);
  const half = Math.floor(LINES.length / 2);
  const parts = [LINES.slice(0, half), LINES.slice(half)].map((lines) => zlib.gzipSync(`${lines.join("\n")}\n`));
  // Concatenated, as `cat a.gz b.gz` makes it.
  put(cwd, { "both.ndjson.gz": Buffer.concat(parts) });
  assert.deepEqual(countsOf(json(["both.ndjson.gz"])), counts);
  const [first, second, ...rest] = PAYLOADS;
  put(cwd, {
    "folder/a.json": JSON.stringify(JSON.parse(first), null, 2),
    "folder/b/one.json": second,
    "folder/c.jsonl.gz": zlib.gzipSync(rest.join("\r\n")),
    "folder/notes.txt": "not a payload",
  });
  const folder = json(["folder"]);
  assert.deepEqual(countsOf(folder), counts);
  assert.deepEqual(
    folder.inputs.map(({ name, kind, first }) => [name.replaceAll("\\", "/"), kind, first]),
    [
      ["folder/a.json", "payload", 0],
      ["folder/b/one.json", "payload", 1],
      ["folder/c.jsonl.gz", "lines", 2],
    ],
  );
  assert.deepEqual(countsOf(json(["folder", "--jobs", "2"])), counts);
});

test("Zstandard is read where Node can", { skip: typeof zlib.zstdCompressSync !== "function" }, () => {
  put(cwd, { "lines.ndjson.zst": zlib.zstdCompressSync(TEXT) });
  assert.deepEqual(countsOf(json(["lines.ndjson.zst"])), countsOf(EXPECTED));
});

test("Zstandard is named where Node cannot", { skip: typeof zlib.zstdCompressSync === "function" }, () => {
  put(cwd, { "x.zst": Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0]) });
  const { status, stderr } = covered(["x.zst"]);
  assert.equal(status, 2);
  assert.match(stderr, /^oim: x\.zst is compressed with Zstandard, which Node v[\d.]+ cannot read; use Node 22\.15/);
});

test("what cannot be read is counted with its place, and the rest goes on", () => {
  const long = `{"host":"${"x".repeat(10 * 1024 * 1024)}"}`;
  const latin1 = Buffer.concat([Buffer.from('{"host":"'), Buffer.from([0xe9]), Buffer.from('"}\n')]);
  const text = Buffer.concat([
    Buffer.from(`${PAYLOADS[0]}\n${long}\n`),
    latin1,
    Buffer.from(`${PAYLOADS[1]}\n{"host":"we`),
  ]);
  put(cwd, { "odd.ndjson": text });
  for (const jobs of ["1", "2"]) {
    const { status, stdout } = covered(["odd.ndjson", "--format", "json", "--jobs", jobs]);
    assert.equal(status, 1);
    const answer = JSON.parse(stdout);
    assert.deepEqual([answer.payloads, answer.alerts, answer.unread], [5, 2, { count: 3, payloads: [1, 2, 4] }]);
    assert.deepEqual(answer.reported["payload-too-large"], { count: 1, payloads: [1] });
  }
  const { stdout, status } = covered(["odd.ndjson", "--exit-zero"]);
  assert.equal(status, 0);
  assert.match(stdout, /! 3 payloads could not be read \(odd\.ndjson:2, odd\.ndjson:3, odd\.ndjson:5\)/);
});

test("a compressed file that breaks off is reported, and what is before that counts", () => {
  const whole = zlib.gzipSync(TEXT);
  put(cwd, { "half.ndjson.gz": whole.subarray(0, whole.length - 20) });
  const { status, stdout, stderr } = covered(["half.ndjson.gz", "--format", "json"]);
  assert.equal(status, 1);
  assert.match(stderr, /^oim: half\.ndjson\.gz breaks off; what stands before that place was read\n$/);
  assert.ok(JSON.parse(stdout).payloads >= 0);
  const processed = oim(["process", "body.json", "--ndjson", "half.ndjson.gz"], { cwd });
  assert.equal(processed.status, 1);
  assert.match(processed.stderr, /breaks off/);
});

test("what cannot be started is exit code 2", () => {
  put(cwd, { "none/x.txt": "x", "utf16.ndjson": Buffer.from("\ufeff{}\n", "utf16le"), "wrong.json": "{}" });
  const cases = [
    [["coverage", "body.json", "absent.ndjson"], /absent\.ndjson does not exist/],
    [["coverage", "body.json", "none"], /none has no files that end with \.json, \.ndjson or \.jsonl/],
    [["coverage", "body.json", "utf16.ndjson"], /utf16\.ndjson is not UTF-8 but UTF-16; save it as UTF-8/],
    [["coverage", "wrong.json", "lines.ndjson"], /missing-attribute/],
    [["coverage"], /a body is missing/],
    [["process", "wrong.json", "--ndjson", "lines.ndjson"], /missing-attribute/],
    [["process", "body.json", "--every-line"], /--every-line is for --ndjson only/],
    [["diff", "body.json", "new.json", "--payloads", "absent.ndjson"], /absent\.ndjson does not exist/],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = oim(args, { cwd });
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, message);
  }
});

test("text and Markdown say what never gave a value, and nothing of a payload is markup", () => {
  const { stdout } = covered([], {
    input: '{"host":"a","state":"x|`<b>@all"}\n{"host":"b","state":"x|`<b>@all"}\n{}\n',
  });
  assert.match(stdout, /^3 payloads, 2 alerts, 2 identities\n/);
  assert.match(stdout, /! 1 rejection with primary-empty \(<stdin>:3\)\n/);
  assert.match(
    stdout,
    /tag check \/config\/secondary_property\n {2}3 no value\n! {3}source check: never used; 3 missing\n/,
  );
  assert.match(stdout, /words that got the default:\n {4}2 × "x\|`<b>@all" \(<stdin>:1, …\)\n/);
  const markdown = covered(["--format", "markdown"], {
    input: '{"host":"a","state":"x|`<b>@all"}\n{"host":"b","state":"up"}\n',
  }).stdout;
  assert.match(markdown, /\| ``x\\\|`<b>@all`` \| 1 \| `<stdin>:1` \|/);
  assert.match(markdown, /\| source `check` \| 0 \| 2 missing \|/);
});

test("diff over an archive is that of the function, whatever the number of threads", () => {
  const args = ["diff", "body.json", "new.json", "--payloads", "lines.ndjson", "--format", "json"];
  const one = oim(args, { cwd });
  assert.equal(one.status, 1);
  const { inputs, ...compared } = JSON.parse(one.stdout);
  const expected = compare(BODY, NEW, PAYLOADS);
  assert.deepEqual(compared.counts, expected.counts);
  // The same changes, at the numbers of their lines.
  const lineOf = LINES.flatMap((line, number) => (line === "" ? [] : [number]));
  assert.deepEqual(
    compared.changes,
    expected.changes.map((change) => ({ ...change, payload: lineOf[change.payload] })),
  );
  assert.deepEqual(inputs, [{ name: "lines.ndjson", kind: "lines", first: 0 }]);
  for (const jobs of ["2", "3"]) assert.equal(oim([...args, "--jobs", jobs], { cwd }).stdout, one.stdout);
  assert.equal(oim([...args, "--exit-zero"], { cwd }).status, 0);
});

test("many changes are counted by kind, identities first, with examples", () => {
  const { stdout } = oim(["diff", "body.json", "new.json", "--payloads", "lines.ndjson", "--examples", "2"], { cwd });
  const heads = stdout.split("\n").filter((line) => / × /.test(line));
  assert.match(heads[0], /^[\d,]+ × identity$/);
  assert.match(heads.at(-1), /^[\d,]+ × tag$/);
  assert.match(stdout, /\n {2}lines\.ndjson:3, alert 1\n/);
  assert.equal(stdout.match(/^ {2}lines\.ndjson:/gm).length, 2 * heads.length);
  assert.match(stdout, /changes over 2,970 payloads: /);
  const same = oim(["diff", "body.json", "body.json", "--payloads", "lines.ndjson"], { cwd });
  assert.deepEqual([same.status, same.stdout], [0, "the same alerts over 2,970 payloads\n"]);
});

test("diff as Markdown is a comment that is not too long", () => {
  const args = ["diff", "body.json", "new.json", "--payloads", "lines.ndjson", "--format", "markdown"];
  const { stdout } = oim(args, { cwd });
  assert.match(stdout, /^<!-- oim diff -->\n\n### What this change does to alerts\n/);
  const first = stdout.split("\n").find((line) => line.includes("alerts with another identity"));
  assert.match(first, /^\| ⚠️ identity \| [\d,]+ \|/);
  const long = Array.from({ length: 1000 }, (_, n) => JSON.stringify({ ...payloadOf(n), job: "j".repeat(200) + n }));
  const many = oim([...args.slice(0, 4), "-", ...args.slice(5), "--examples", "1000"], { cwd, input: long.join("\n") });
  assert.ok(many.stdout.length < 65_536, `${many.stdout.length}`);
  assert.match(many.stdout, /More examples would make the comment too long\.\n$/);
});

test("with --every-line each line has an answer, and its diagnostics are in it", () => {
  const lines = [
    PAYLOADS[0],
    "",
    '{"state":"up"}',
    "{",
    PAYLOADS[1],
    `{"host":"${"x".repeat(7 * 1024 * 1024)}"}`,
    PAYLOADS[2],
    '{"ho',
  ];
  const input = lines.join("\n");
  const { program } = compile(BODY);
  const options = { receivedAt: "2026-01-31T12:00:00Z" };
  const expected = lines.map((line) => program.processToJson(line, { ...options, as: "text" }));
  for (const jobs of ["1", "3"]) {
    const args = [
      "process",
      "body.json",
      "--ndjson",
      "--every-line",
      "--received-at",
      options.receivedAt,
      "--jobs",
      jobs,
    ];
    const { status, stdout, stderr } = oim(args, { cwd, input });
    assert.deepEqual(stdout.split("\n"), [...expected, ""]);
    assert.equal(status, 1);
    assert.equal(stderr, "oim process: 8 payloads, 4 lines could not be read, 1 alert rejected\n");
    assert.equal(oim([...args, "--exit-zero"], { cwd, input }).status, 0);
  }
});

test("process --ndjson reads folders and compressed files", () => {
  const args = ["process", "body.json", "--ndjson", "--received-at", "2026-01-31T12:00:00Z"];
  const expected = oim(args, { cwd, input: TEXT }).stdout;
  assert.equal(oim([...args, "both.ndjson.gz"], { cwd }).stdout, expected);
});

test("sample prints the completed payload, and names what no payload has", () => {
  const input = '{"host":"web-1","state":"up"}\n{"host":"web-2","note":"x"}\n{\n{"check":"ping"}\n';
  const { status, stdout, stderr } = oim(["sample", "body.json"], { cwd, input });
  assert.deepEqual(JSON.parse(stdout), { host: "web-1", state: "up", check: "ping" });
  assert.match(stderr, /^<stdin>:3: error\[json-syntax\]: /);
  assert.equal(status, 1);
  put(cwd, { "one.json": { host: "web-1" }, "two.json": '{\n "state": "up"}' });
  const two = oim(["sample", "body.json", "one.json", "two.json", "--redact"], { cwd });
  assert.deepEqual(JSON.parse(two.stdout), { host: "text 1", state: "up" });
  assert.deepEqual([two.status, two.stderr], [1, "no payload has check\n"]);
  const all = oim(["sample", "body.json", "lines.ndjson"], { cwd });
  assert.deepEqual([all.status, all.stderr, JSON.parse(all.stdout)], [0, "", payloadOf(0)]);
});

test("memory does not grow with the archive", {
  skip: process.platform !== "linux" || !existsSync("/usr/bin/time"),
}, () => {
  const peak = (command, lines) => {
    put(cwd, {
      "large.ndjson": `${Array.from({ length: lines }, (_, n) => `${JSON.stringify({ ...payloadOf(n), host: `h${n}`, pad: "x".repeat(600) })}\n`).join("")}`,
    });
    const script = `/usr/bin/time -f %M node "$OIM" ${command} > /dev/null 2> peak`;
    execFileSync("sh", ["-c", `${script} || true`], {
      cwd,
      env: { ...process.env, OIM: join(import.meta.dirname ?? ".", "../../dist/oim.mjs") },
    });
    return Number(readFileSync(join(cwd, "peak"), "utf8").trim().split("\n").at(-1));
  };
  for (const command of [
    "coverage body.json large.ndjson",
    "diff body.json new.json --payloads large.ndjson --examples 1",
  ]) {
    const [few, many] = [peak(command, 5_000), peak(command, 50_000)];
    assert.ok(many < few * 1.3, `${command}: ${few} KB, ${many} KB`);
  }
});
