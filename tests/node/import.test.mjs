/** `importBody`, `codes` and `schema` as the package gives them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { codes, importBody, schema, validate } from "../../dist/node.mjs";
import { BODY, BODY_TEXT } from "./example.mjs";

const NOTHING = { body: null, text: null, kind: null };

test("a body, a configuration and a command give the body, its text and what it was", () => {
  const wrapped = `{"config": ${JSON.stringify(BODY.config)}}`;
  const quoted = BODY_TEXT.replaceAll("'", "'\\''");
  for (const [text, kind, found] of [
    [BODY_TEXT, "body", BODY_TEXT],
    [`\ufeff\r\n${BODY_TEXT}\r\n`, "body", BODY_TEXT],
    [`HTTP/2 200\r\ncontent-type: application/json\r\n\r\n${BODY_TEXT}`, "body", BODY_TEXT],
    [JSON.stringify(BODY.config), "config", wrapped],
    [`\`\`\`bash\n$ curl -X POST https://example.com \\\n  -d '${quoted}'\n\`\`\``, "curl", BODY_TEXT],
    [`curl.exe https://example.com -d @- <<'EOF'\r\n${BODY_TEXT}\r\nEOF\r\n`, "curl", BODY_TEXT],
  ]) {
    const body = JSON.parse(found);
    assert.deepEqual(importBody(text), { body, text: found, kind, diagnostics: [] }, text);
    assert.deepEqual(Object.keys(importBody(text)), ["body", "text", "kind", "diagnostics"]);
  }
});

test("the text keeps what an object loses", () => {
  const config = '{"b": 1, "1": 9007199254740993, "b": 1.10, "status": {}}';
  assert.equal(importBody(config).text, `{"config": ${config}}`);
  assert.deepEqual(Object.keys(importBody(config).body.config), ["1", "b", "status"]);
});

test("what is imported can be validated", () => {
  const { text } = importBody(`curl -d $'${BODY_TEXT.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}'`);
  assert.equal(validate(text).valid, true);
});

test("a configuration of version 2 is imported in every form", () => {
  const config = {
    version: "2.0",
    status: { source: ["state"], status_map: { ok: ["up"], critical: ["down"] }, default_to: "critical" },
    primary_property: [{ name: "service" }, { name: "host" }],
    secondary_property: [{ name: "check" }],
    additional_attributes: ["host", "service", "check"].map((name) => ({ name, source: [name] })),
    event_filter: `env = "it's a test"`,
    map_remaining: true,
  };
  const body = { config, sample_payload: { host: "h", service: "s", check: "c", state: "up", env: "live" } };
  const text = JSON.stringify(body, null, 2);
  // In answers of BigPanda the sample may be a text, and there are further members.
  const answer = { ...body, sample_payload: JSON.stringify(body.sample_payload) };
  for (const [given, kind, found] of [
    [text, "body", body],
    [`HTTP/2 200\r\n\r\n${JSON.stringify(answer)}`, "body", answer],
    [JSON.stringify(config), "config", { config }],
    [`curl https://example.com -d '${text.replaceAll("'", "'\\''")}'`, "curl", body],
  ]) {
    const imported = importBody(given);
    assert.deepEqual([imported.kind, imported.body, imported.diagnostics], [kind, found, []], given);
    assert.equal(validate(imported.text, { version: "2", mode: "update" }).diagnostics.some(isMixed), false);
    assert.equal(validate(imported.text, { version: "1", mode: "update" }).diagnostics.some(isMixed), true);
  }
});

function isMixed({ code }) {
  return code === "version-mixed";
}

test("what cannot be imported is reported, with its place", () => {
  for (const [text, code, underlined] of [
    ["", "json-syntax", ""],
    ["größer 😀 als", "import-unreadable", "größer 😀 als"],
    ['{"status": 404, "errors": ["no such integration"]}', "import-unreadable", undefined],
    ["# 😀\ncurl https://example.com -d @body.json", "import-unreadable", "@body.json"],
    ['# 😀\ncurl https://example.com -d \'{"config": {}', "import-unreadable", "'"],
    ["# 😀\ncurl -d '{\"é\": tru}'", "json-syntax", "t"],
    ["[".repeat(100_000), "import-unreadable", undefined],
    [`{"config": ${"[".repeat(100_000)}`, "json-too-deep", "["],
    ["x".repeat(17 * 1024 * 1024), "payload-too-large", ""],
    ["é".repeat(300_000_000), "payload-too-large", ""],
  ]) {
    const { diagnostics, ...rest } = importBody(text);
    assert.deepEqual(rest, NOTHING);
    assert.deepEqual(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [[code, "error"]],
      text.slice(0, 60),
    );
    const [{ range, message, help }] = diagnostics;
    assert.ok(message.length > 0 && help.length > 0);
    if (underlined !== undefined) assert.equal(text.slice(range.start, range.end), underlined);
  }
});

test("an error answer of the API shows what went wrong", () => {
  const [{ message }] = importBody('{"status": 404, "errors": ["no such integration"]}').diagnostics;
  assert.match(message, /404.*no such integration/);
});

test("anything but a string throws", () => {
  for (const wrong of [undefined, null, 5, {}, [], new Uint8Array(2), new String("{}"), Symbol("x")]) {
    assert.throws(() => importBody(wrong), { name: "TypeError", message: /^text: expected a string, got / });
  }
});

test("no text harms the engine", () => {
  const pieces = ["curl ", "-d", "'", '"', "$'", '^"', "^", "\\", "`", "\n", "<<A", "A", "{", "}", '"config":'];
  pieces.push("\ud800", "\0", "é", "😀");
  const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((found) => found.join(""));
  const texts = fc.oneof(fc.string({ unit: "binary" }), soup);
  fc.assert(
    fc.property(texts, (text) => {
      const { body, text: found, kind, diagnostics } = importBody(text);
      assert.equal(
        body === null,
        diagnostics.some(({ severity }) => severity === "error"),
      );
      assert.ok((body === null) === (found === null) && (found === null) === (kind === null));
      for (const { start, end } of diagnostics.map(({ range }) => range)) {
        assert.ok(0 <= start && start <= end && end <= text.length);
      }
    }),
    { numRuns: 2_000 },
  );
  assert.equal(importBody(BODY_TEXT).kind, "body");
});

test("megabytes are read", () => {
  const body = JSON.stringify({ ...BODY, filler: "it's €\n".repeat(500_000) });
  const escaped = (text, pattern) => text.replace(pattern, "\\$&");
  for (const data of [
    `'${body.replaceAll("'", "'\\''")}'`,
    `"${escaped(body, /["\\$`]/g)}"`,
    `$'${escaped(body, /['\\]/g)}'`,
    `@- <<'EOF'\n${body}\nEOF`,
  ]) {
    assert.equal(importBody(`curl -d ${data}`).text.trimEnd(), body);
  }
});

test("codes: all of them, complete, and the caller's to change", () => {
  const all = codes();
  assert.ok(all.length > 40);
  assert.equal(new Set(all.map(({ code }) => code)).size, all.length);
  for (const info of all) {
    assert.deepEqual(Object.keys(info), ["code", "severity", "title", "why", "fix", "basis", "source"]);
    assert.match(info.code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.ok(["error", "warning", "info"].includes(info.severity));
    assert.ok(["documented", "inferred", "ours"].includes(info.basis));
  }
  all[0].title = "spoilt";
  all.length = 1;
  assert.notEqual(codes()[0].title, "spoilt");
  assert.ok(codes().length > 40);
});

test("codes: what is reported is listed, as bad as it says", () => {
  const known = new Map(codes().map((info) => [info.code, info]));
  const { diagnostics } = validate('{"config": {"status": {"source": 5}, "version": "2.0", "x": 1}, "x": 1, "x": 2}');
  for (const { code, severity } of diagnostics) assert.equal(known.get(code)?.severity, severity, code);
  assert.ok(diagnostics.length > 0);
});

test("schema: the caller's to change", () => {
  const first = schema();
  first.required.length = 0;
  delete first.$defs;
  assert.deepEqual(schema().required, ["config", "sample_payload"]);
  assert.ok(schema().$defs);
});

test("a token in a pasted command is in no answer", () => {
  const header = "-H 'Authorization: Bearer s3cr3t'";
  const commands = [
    `curl ${header} -d '{"config": {}}' https://example.com`,
    `curl ${header} -d @file https://example.com`,
    `curl ${header} https://example.com`,
    `curl -d '{"config": {}' -H 'Authorization: Bearer s3cr3t`,
    `curl -u user:s3cr3t --json '{"config": {"a": "$X"}}' https://s3cr3t@example.com`,
    `curl --oauth2-bearer s3cr3t -F 'a=b' https://example.com`,
    "Authorization: Bearer s3cr3t",
  ];
  for (const command of commands) assert.doesNotMatch(JSON.stringify(importBody(command)), /s3cr3t/, command);
});
