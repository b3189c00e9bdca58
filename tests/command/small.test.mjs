/** `oim fields`, `generate` and `suggest`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fields, generate, suggest, targets, validate } from "../../dist/node.mjs";
import { BODY, folderOf, oim, SAMPLE } from "./support.mjs";

const PAYLOAD = `{"alerts": [{"name": "日本", "n": 1.50, "long": "${"x".repeat(100)}"}, {"name": "b\\u001b[2J"}], "empty": {}}`;
const cwd = folderOf({ "body.json": BODY, "payload.json": PAYLOAD, "sample.json": JSON.stringify(SAMPLE) });

test("fields are a table, or what the function gives", () => {
  const { status, stdout, stderr } = oim(["fields", "payload.json", "--array-source", "alerts"], { cwd });
  assert.deepEqual([status, stderr], [0, ""]);
  assert.equal(
    stdout,
    `path         type    count  example
alerts       array   1
@alert.name  string  2      "日本"
@alert.n     number  1      1.50
@alert.long  string  1      "${"x".repeat(59)}…
empty        object  1
`,
  );
  const json = oim(["fields", "-", "--format", "json"], { input: PAYLOAD });
  assert.deepEqual(JSON.parse(json.stdout), fields(PAYLOAD));
});

test("a payload that is no JSON is reported with its place", () => {
  for (const command of ["fields", "suggest"]) {
    const { status, stdout, stderr } = oim([command, "-"], { input: '{"a": \n}' });
    assert.match(stderr, /^error\[json-syntax\]: [^]*--> <stdin>:2:1\n/);
    assert.deepEqual([status, stdout], [1, ""]);
  }
});

test("a payload in another form is named, with the fix", () => {
  const lines = '{"host": "a"}\n{"host": "b"}\n';
  const form = "sensor=Ping&message=5 %25 (Disk & memory)";
  const curl = `curl https://example.com -d "{\\"host\\": \\"$(hostname)\\"}"`;
  const cases = [
    ["process", lines, /NDJSON[^]*help: .*`oim process --ndjson`/],
    ["fields", lines, /NDJSON/],
    ["suggest", form, /a form body[^]*\n2 \| +"sensor": "Ping",\n[^]*\n3 \| +"message": "5 % \(Disk & memory\)"\n/],
    ["process", curl, /a curl command, not JSON[^]*`\$\(hostname\)`[^]*\n1 \| \{"host": "\$\(hostname\)"\}\n/],
    ["fields", "{'up': True}", /as Python prints it[^]*\n1 \| \{"up": true\}\n/],
    ["suggest", '{"a": 1, // x\n}', /a comma stands before `\}`|a comment is not JSON/],
    ["fields", '{"a": {{host}}}', /the variable `\{\{host\}\}` was not replaced[^]*\n1 \| \{"a": "\{\{host\}\}"\}\n/],
  ];
  for (const [command, input, expected] of cases) {
    const args = command === "process" ? ["process", "body.json"] : [command, "-"];
    const { status, stderr } = oim(args, { cwd, input });
    assert.match(stderr, /^error\[json-syntax\]: /);
    assert.match(stderr, expected);
    assert.equal(status, 1);
  }
  const { stderr } = oim(["suggest", "-"], { input: `{"sample_payload": ${JSON.stringify(SAMPLE)}}` });
  assert.match(stderr, /^\/sample_payload .*the payload was given as `sample_payload` of a request body/m);
});

test("generate prints the code of every target, and reports what is wrong", () => {
  const { stdout: list } = oim(["generate", "--list"]);
  assert.deepEqual(
    list
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/)),
    targets().map(({ id, label }) => [id, label]),
  );
  for (const { id } of targets()) {
    const { snippet } = generate(BODY, { target: id, appKey: "key-1" });
    const { status, stdout, stderr } = oim(["generate", "body.json", "--target", id, "--app-key", "key-1"], { cwd });
    assert.equal(stdout.trimEnd(), snippet.code.trimEnd(), id);
    assert.deepEqual([status, stderr], [0, ""], id);
  }
  const eu = oim(
    [
      "generate",
      "body.json",
      "--target",
      "curl",
      "--app-key",
      "k",
      "--region",
      "eu",
      "--mode",
      "update",
      "--sample-as",
      "text",
    ],
    { cwd },
  );
  assert.equal(
    eu.stdout,
    generate(BODY, { target: "curl", appKey: "k", region: "eu", mode: "update", sampleAs: "text" }).snippet.code,
  );
  const wrong = oim(["generate", "-", "--target", "curl", "--app-key", "k"], {
    input: BODY.replace('"host"', '"Host Name"'),
  });
  assert.match(wrong.stderr, /^error\[tag-name-invalid\]/);
  assert.match(wrong.stdout, /^#!\/usr\/bin\/env bash/);
  assert.equal(wrong.status, 1);
  const none = oim(["generate", "-", "--target", "curl", "--app-key", "k"], { input: "[]" });
  assert.deepEqual([none.status, none.stdout], [1, ""]);
});

test("code that retrieves needs no body", () => {
  const { status, stdout } = oim(["generate", "--target", "curl-get", "--app-key", "key-1"]);
  assert.equal(status, 0);
  assert.match(stdout, /oim\/key-1/);
});

test("suggest prints a body that is valid, and the reasons beside it", () => {
  const { status, stdout, stderr } = oim(["suggest", "sample.json"], { cwd });
  assert.equal(status, 0);
  const { text, reasons } = suggest(JSON.stringify(SAMPLE));
  assert.equal(stdout.trimEnd(), text.trimEnd());
  assert.equal(validate(stdout).valid, true);
  for (const { pointer, choice, message } of reasons)
    assert.ok(stderr.includes(`${pointer} ${choice}: ${message} (`), pointer);
  assert.equal(oim(["suggest", "sample.json", "--quiet"], { cwd }).stderr, "");
  assert.deepEqual(
    JSON.parse(oim(["suggest", "sample.json", "--format", "json"], { cwd }).stdout),
    JSON.parse(JSON.stringify(suggest(JSON.stringify(SAMPLE)))),
  );
});

test("suggest takes several payloads, as files or one per line", () => {
  const problem = '{"host":"a","check":"disk","state":"DOWN"}';
  const recovery = '{"host":"a","check":"disk","state":"UP"}';
  const { status, stdout } = oim(["suggest", "-", "--quiet"], { input: `${problem}\n${recovery}\n` });
  assert.equal(status, 0);
  const { text } = suggest(problem, { others: [recovery] });
  assert.equal(stdout.trimEnd(), text.trimEnd());
});

test("a path of a payload is no command in the log of a CI system", () => {
  const cwd = folderOf({ "payload.json": { "::error::x": 1, " ::warning::y": 2, "##[error]z": 3 } });
  const { stdout, status } = oim(["fields", "payload.json"], { cwd });
  assert.equal(status, 0);
  assert.doesNotMatch(stdout, /^\s*::|##\[/m);
  assert.match(stdout, /：:error::x/);
});
