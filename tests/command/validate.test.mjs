/** `oim validate`: its formats, its exit codes, payloads beside the sample. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv";
import { validate } from "../../dist/node.mjs";
import { BODY, CONFIG, folderOf, oim, put, SAMPLE } from "./support.mjs";

const WRONG = `{
  "config": {
    "status": {
      "source": ["state"],
      "default_to": "critical",
      "status_map": { "ok": ["up"], "criticl": ["down"] }
    },
    "primary_property": { "name": "host", "source": ["host"] },
    "secondary_property": { "name": "check", "source": ["check"] }
  },
  "sample_payload": { "host": "web-1", "check": "ping", "state": "down" }
}
`;
const WARNED = BODY.replace('"config"', '"extra": 1,\n  "config"');
const cwd = folderOf({
  "good.json": BODY,
  "wrong.json": WRONG,
  "warned.json": WARNED,
  "sub/deep/other.json": BODY,
  "sub/other.json": BODY,
});
const run = (...args) => oim(["validate", ...args], { cwd });

test("a good body has no problems", () => {
  assert.deepEqual(run("good.json"), { status: 0, stdout: "1 configuration: no problems found\n", stderr: "" });
});

test("text shows the line, what is wrong, what to do and the fix", () => {
  const { status, stdout, stderr } = run("wrong.json");
  assert.equal(
    stdout,
    `error[status-unknown]: \`criticl\` is not a BigPanda status
 --> wrong.json:6:37 /config/status/status_map/criticl
  |
6 |       "status_map": { "ok": ["up"], "criticl": ["down"] }
  |                                     ^^^^^^^^^
  = help: did you mean \`critical\`? The statuses are \`ok\`, \`warning\`, \`critical\`, \`acknowledged\` and \`unknown\`
  = fix: change to \`critical\`
  |
6 |       "status_map": { "ok": ["up"], "critical": ["down"] }
  |                                     ++++++++++

1 configuration: 1 error
`,
  );
  assert.deepEqual([status, stderr], [1, ""]);
});

test("warnings pass, unless --strict", () => {
  assert.equal(run("warned.json").status, 0);
  assert.match(run("warned.json").stdout, /^warning\[unknown-attribute\]: `extra`/);
  assert.equal(run("warned.json", "--strict").status, 1);
  assert.equal(run("good.json", "--strict").status, 0);
});

test("the mode and the coverage are the engine's", () => {
  put(cwd, {
    "blank.json": { config: CONFIG, sample_payload: "" },
    "lacks.json": {
      config: { ...CONFIG, primary_property: { name: "host", source: ["hostname", "host"] } },
      sample_payload: SAMPLE,
    },
  });
  assert.equal(run("blank.json").status, 1);
  assert.equal(run("blank.json", "--mode", "update").status, 0);
  assert.equal(run("lacks.json").status, 1);
  assert.equal(run("lacks.json", "--coverage", "lenient").status, 0);
});

test("several files, patterns and standard input", () => {
  assert.match(run("good.json", "wrong.json").stdout, /\n2 configurations: 1 error\n$/);
  assert.match(run("sub/**/*.json").stdout, /^2 configurations/);
  assert.match(run("{good,wrong}.json").stdout, /\n2 configurations/);
  assert.match(run("[g]oo?.json").stdout, /^1 configuration:/);
  // A name that is a pattern and a file is the file.
  put(cwd, { "[x].json": BODY });
  assert.equal(run("[x].json").status, 0);
  const { stdout, status } = oim(["validate", "-"], { input: WRONG });
  assert.match(stdout, /--> <stdin>:6:37/);
  assert.equal(status, 1);
});

test("no pattern takes long or fails with a stack trace", () => {
  const folder = folderOf(
    Object.fromEntries(["-", "ab", "x"].map((name) => [`${name.repeat(240 / name.length)}.json`, BODY])),
  );
  put(folder, { "a-b-c.json": BODY, "deep/a/b/c/d/e/f/g/x.json": BODY });
  const list = (pattern) => oim(["validate", pattern], { cwd: folder });
  const began = performance.now();
  assert.match(list("*-*-*-*-*-*-*-*.jso").stderr, /^oim: no file \w+ the pattern/);
  assert.match(list("*-*-*-*-*-*-*-*.json").stdout, /^1 configuration:/);
  assert.match(list("*-b*.json").stdout, /^1 configuration:/);
  assert.match(list(`${"**/".repeat(12)}x.json`).stdout, /^1 configuration:/);
  assert.match(list("{a,b}".repeat(18)).stderr, /^oim: .*more than 1000 patterns/);
  assert.match(list("[z-a].json").stderr, /^oim: no file \w+ the pattern \[z-a\]\.json\n$/);
  assert.ok(performance.now() - began < 10_000);
});

test("places hold behind a byte order mark, tabs and line ends of Windows", () => {
  const text = `\ufeff${WRONG.replaceAll("\n", "\r\n").replaceAll("      ", "\t")}`;
  const { stdout } = oim(["validate", "-"], { input: text });
  assert.match(stdout, /<stdin>:6:32 /);
  assert.match(stdout, /^6 \| {5}"status_map": .*\n {2}\| {35}\^{9}$/m);
});

test("nothing in a body reaches the terminal as it is", () => {
  const input = '{"config": {"\u001b[31mred\u202e": 1, "status\\u001b[2J": 2}, "sample_payload": "\u009b"}';
  const { stdout } = oim(["validate", "-"], { input });
  assert.doesNotMatch(stdout, /[^\P{Cc}\n]|[\u202e\u2066]/u);
  assert.match(stdout, /␛\[31mred/);
});

test("colours only on a terminal, and not where NO_COLOR is set", {
  skip: !hasScript() && "there is no `script`",
}, async () => {
  const { spawnSync } = await import("node:child_process");
  const { OIM } = await import("./support.mjs");
  const onTerminal = (env) => {
    const { NO_COLOR, ...rest } = process.env;
    const args = ["-qec", `"${process.execPath}" "${OIM}" validate wrong.json`, "/dev/null"];
    return spawnSync("script", args, { cwd, encoding: "utf8", env: { ...rest, TERM: "xterm", ...env } }).stdout;
  };
  assert.match(onTerminal({}), /\u001b\[1;31merror\[status-unknown\]\u001b\[0m/);
  assert.doesNotMatch(onTerminal({ NO_COLOR: "1" }), /\u001b/);
  assert.doesNotMatch(onTerminal({ TERM: "dumb" }), /\u001b/);
});

function hasScript() {
  return process.platform === "linux" && readdirSync("/usr/bin").includes("script");
}

test("json is what the function gives, by file", () => {
  const { stdout, status } = run("wrong.json", "good.json", "--format", "json");
  const expected = [
    ["wrong.json", WRONG],
    ["good.json", BODY],
  ].map(([file, text]) => ({ file, ...validate(text) }));
  assert.deepEqual(JSON.parse(stdout), { valid: false, files: expected });
  assert.equal(status, 1);
});

/** Every body of tests/validate, so that every code is seen. */
const ALL = readdirSync(join(import.meta.dirname, "../validate"), { recursive: true })
  .filter((name) => name.endsWith(".json") && !name.endsWith(".expect.json"))
  .map((name) => join(import.meta.dirname, "../validate", name))
  .filter((name) => readFileSync(name).length > 0);

test("SARIF agrees with its schema, for every code there is", () => {
  const schema = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  // The schema is of an earlier draft, which named itself otherwise.
  const { $schema, id, ...rest } = schema;
  const formats = { uri: true, "uri-reference": true, "date-time": true, email: true, uuid: true };
  const agrees = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats }).compile(rest);
  const readable = ALL.filter((name) => oimReads(name));
  const { stdout } = oim(["validate", ...readable, "--format", "sarif"], { cwd });
  const log = JSON.parse(stdout);
  assert.ok(agrees(log), JSON.stringify(agrees.errors?.slice(0, 3), null, 1));
  const [{ results, tool }] = log.runs;
  assert.ok(results.length > 100, String(results.length));
  for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
});

function oimReads(name) {
  const bytes = readFileSync(name);
  return Buffer.from(bytes.toString("utf8")).equals(bytes);
}

test("SARIF names the file, the place and the fix", () => {
  put(cwd, { "with space/wr%ng.json": WRONG });
  const { stdout, status } = run("with space/wr%ng.json", "--format", "sarif");
  assert.equal(status, 1);
  const [{ results, columnKind, tool }] = JSON.parse(stdout).runs;
  assert.equal(columnKind, "utf16CodeUnits");
  assert.deepEqual(
    tool.driver.rules.map(({ id }) => id),
    ["status-unknown"],
  );
  const [
    {
      level,
      locations: [{ physicalLocation }],
      fixes: [fix],
    },
  ] = results;
  assert.equal(level, "error");
  assert.equal(physicalLocation.artifactLocation.uri, "with%20space/wr%25ng.json");
  assert.deepEqual(physicalLocation.region, { startLine: 6, startColumn: 37, endLine: 6, endColumn: 46 });
  assert.deepEqual(fix.artifactChanges[0].replacements, [
    { deletedRegion: physicalLocation.region, insertedContent: { text: '"critical"' } },
  ]);
});

test("annotations of GitHub are one line each, and nothing in them begins another", () => {
  put(cwd, { "a,b:c%.json": WRONG.replace('"host", "source"', '"ho::error::\\n%0A st", "source"') });
  const { stdout, status } = run("a,b:c%.json", "--format", "github");
  assert.equal(status, 1);
  const lines = stdout.trimEnd().split("\n");
  for (const line of lines)
    assert.match(
      line,
      /^::(error|warning|notice) file=a%2Cb%3Ac%25\.json,line=\d+,col=\d+,endLine=\d+,endColumn=\d+,title=[a-z-]+::/,
    );
  assert.ok(
    lines.some((line) => line.includes("title=status-unknown::`criticl` is not a BigPanda status%0Adid you mean")),
  );
  assert.equal(lines.length, validate(readFileSync(join(cwd, "a,b:c%.json"))).diagnostics.length);
  assert.equal(run("good.json", "--format", "github").stdout, "");
});

test("payloads are shown to the rules as well, each with its own places", () => {
  put(cwd, {
    "p/good.json": SAMPLE,
    "p/unmapped.json": { ...SAMPLE, state: "Down" },
    "p/nobody.json": '{\n  "check": "ping",\n  "state": "up"\n}\n',
    "p/broken.json": '{\n  "host": \n}\n',
    "p/long.json": `\ufeff{\n  "host": "${"x".repeat(600)}", "check": "c", "state": "up"\n}\n`,
    "bare.json": CONFIG,
  });
  assert.equal(run("good.json", "--payload", "p/good.json").status, 0);
  const unmapped = run("good.json", "--payload", "p/unmapped.json");
  assert.match(unmapped.stdout, /^warning\[status-value-case\]/);
  const nobody = run("good.json", "--payload", "p/nobody.json");
  assert.match(
    nobody.stdout,
    /^error\[primary-empty\]: no primary value: `host` is not populated\n +--> p\/nobody\.json\n/m,
  );
  assert.equal(nobody.status, 1);
  const broken = run("good.json", "--payload", "p/broken.json");
  assert.match(broken.stdout, /^error\[json-syntax\]: .*\n +--> p\/broken\.json:3:1\b/m);
  assert.equal(broken.status, 1);
  for (const body of ["good.json", "bare.json"]) {
    const long = JSON.parse(run(body, "--mode", "update", "--payload", "p/long.json", "--format", "json").stdout);
    const [{ code, pointer, range }] = [...long.files.at(-1).diagnostics, ...long.files[0].diagnostics].filter(
      ({ code }) => code === "tag-value-limit",
    );
    assert.equal(code, "tag-value-limit");
    assert.ok(range.line >= 1 && range.column >= 1, pointer);
  }
  const all = run("good.json", "--payload", "p/*.json");
  assert.match(all.stdout, /\n1 configuration: 2 errors/);
  // What a payload shows is not said of the sample.
  assert.match(all.stdout, /: with p\/long\.json: the tag `host` .* in the payload, more than 512\n/);
  assert.doesNotMatch(all.stdout, /the sample/);
  // The places of a bare configuration are its own.
  const bare = run("bare.json", "--mode", "update", "--payload", "p/unmapped.json", "--format", "json");
  const { diagnostics } = JSON.parse(bare.stdout).files[0];
  const found = diagnostics.find(({ code }) => code === "status-value-case");
  const text = readFileSync(join(cwd, "bare.json"), "utf8");
  assert.match(text.slice(found.range.start, found.range.end), /down|state/);
  assert.equal(found.range.column, found.range.start + 1);
});

test("a file that cannot be read does not stop the others", () => {
  const cwd = folderOf({ "a.json": "", "b.json": BODY, "c.json": Buffer.from([0xff]), "d.json": "{" });
  const { status, stdout, stderr } = oim(["validate", "*.json", "none.json"], { cwd });
  assert.match(stdout, /--> d\.json:1[^]*2 configurations: 1 error\n$/);
  assert.equal(
    stderr,
    "oim: a.json is empty\noim: c.json is not UTF-8; save it as UTF-8\noim: none.json does not exist\n",
  );
  assert.equal(status, 2);
});

test("--fix writes the file, reports what it applied and what remains", () => {
  const folder = folderOf({ "wrong.json": WRONG, "good.json": BODY });
  const { status, stdout, stderr } = oim(["validate", "--fix", "wrong.json", "good.json"], { cwd: folder });
  assert.equal(status, 0);
  assert.match(stdout, /2 configurations: no problems found/);
  assert.equal(
    stderr,
    "wrong.json:6:37: status-unknown: `criticl` is not a BigPanda status; fixed: change to `critical`\n",
  );
  assert.equal(readFileSync(join(folder, "wrong.json"), "utf8"), WRONG.replace("criticl", "critical"));
  assert.equal(readFileSync(join(folder, "good.json"), "utf8"), BODY);
  assert.deepEqual(readdirSync(folder).sort(), ["good.json", "wrong.json"]);
  assert.equal(oim(["validate", "--fix", "-"], { cwd: folder, input: WRONG }).status, 2);
});
