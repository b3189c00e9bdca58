/** Code from a configuration: what is given when, and what is reported beside it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { generate, targets, validate } from "../../dist/node.mjs";
import { BODY, BODY_TEXT } from "./example.mjs";

const KEY = "0a1b2c";
const made = (body, options = {}) => generate(body, { target: "json", appKey: KEY, ...options });
const codes = ({ diagnostics }) => diagnostics.map(({ code }) => code);

test("targets are distinguished and can all be made", () => {
  const list = targets();
  assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
  for (const target of list) {
    assert.deepEqual(Object.keys(target), ["id", "label", "language", "fileName"]);
    const { snippet, diagnostics } = made(BODY_TEXT, { target: target.id });
    assert.deepEqual(
      diagnostics,
      validate(BODY_TEXT).diagnostics.filter(() => !target.id.endsWith("-get")),
    );
    const { id, language, fileName } = target;
    assert.deepEqual([snippet.target, snippet.language, snippet.fileName], [id, language, fileName]);
    assert.equal(snippet.json === null, id.endsWith("-get"));
    assert.ok(snippet.code.includes(id === "json" ? "primary_property" : KEY));
  }
  const [json] = list;
  assert.deepEqual(json, {
    id: "json",
    label: "JSON (the request body)",
    language: "json",
    fileName: "oim-config.json",
  });
});

test("text is kept as written, objects are laid out", () => {
  const text = `{"config":\t${JSON.stringify(BODY.config)},\n "sample_payload" : {"n":[1.50,9007199254740993,-0,1e400]} }\n`;
  assert.equal(made(text).snippet.json, text);
  assert.equal(made(text).snippet.code, text);
  assert.equal(made(new TextEncoder().encode(text)).snippet.json, text);
  assert.equal(made(BODY).snippet.json, `${JSON.stringify(BODY, null, 2)}\n`);
  assert.equal(
    made(BODY.config, { mode: "update" }).snippet.json,
    `${JSON.stringify({ config: BODY.config, sample_payload: "" }, null, 2)}\n`,
  );
});

test("the sample changes its form", () => {
  const sample = { list: [1, 'a"\\\n😀'], n: 1 };
  const body = { config: BODY.config, sample_payload: sample };
  const text = made(body, { sampleAs: "text" }).snippet.json;
  assert.deepEqual(JSON.parse(text), { ...body, sample_payload: JSON.stringify(sample) });
  assert.deepEqual(JSON.parse(made(text, { sampleAs: "object" }).snippet.json), body);
  const broken = { ...body, sample_payload: '{"a": ' };
  const answer = made(broken, { sampleAs: "object" });
  assert.deepEqual(JSON.parse(answer.snippet.json), broken);
  assert.deepEqual(codes(answer), ["json-syntax"]);
});

test("what is wrong with the configuration is reported beside the code", () => {
  const wrong = { config: { ...BODY.config, status: 5 } };
  const answer = made(wrong, { target: "curl" });
  assert.deepEqual(answer.diagnostics, validate(wrong).diagnostics);
  assert.ok(answer.snippet.code.includes('"status": 5'));
  assert.deepEqual(
    codes(made({ config: BODY.config }, { mode: "update" })),
    codes(validate({ config: BODY.config }, { mode: "update" })),
  );
  for (const [text, code] of [
    ["{", "json-syntax"],
    ["[]", "wrong-type"],
    ["", "json-syntax"],
  ]) {
    const { snippet, diagnostics } = made(text);
    assert.equal(snippet, null);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      [code],
    );
    assert.ok(diagnostics[0].range);
  }
  const long = made(`{"config":{},"x":"${"y".repeat(17 << 20)}"}`);
  assert.deepEqual([long.snippet, codes(long)], [null, ["payload-too-large"]]);
});

test("retrieving needs no body", () => {
  const { snippet, diagnostics } = made("no JSON", { target: "curl-get" });
  assert.deepEqual(diagnostics, []);
  assert.equal(snippet.json, null);
});

test("an app key that cannot be right is reported, and the code is made", () => {
  const segments = {
    "a/b": "a%2Fb",
    " ": "%20",
    "'\"": "%27%22",
    "a\u0000😀": "a%00%F0%9F%98%80",
    "": "APP_KEY",
    "..": "APP_KEY",
  };
  for (const [appKey, segment] of Object.entries(segments)) {
    const { snippet, diagnostics } = made(BODY_TEXT, { target: "curl", appKey });
    const reported = diagnostics.find(({ code }) => code === "app-key-invalid");
    assert.deepEqual(
      [reported.severity, reported.document, reported.pointer, reported.range],
      ["error", "body", "", undefined],
    );
    assert.ok(snippet.code.includes(`/oim/${segment}"`), appKey);
  }
  assert.ok(made(BODY_TEXT, { appKey: `${"k".repeat(1e6)}/` }).diagnostics[0].message.length < 200);
});

test("an unknown target is reported, with the one that was meant", () => {
  const { snippet, diagnostics } = made(BODY_TEXT, { target: "Curl" });
  const reported = diagnostics.find(({ code }) => code === "target-unknown");
  assert.equal(snippet, null);
  assert.match(reported.message, /`Curl`/);
  assert.equal(reported.help, "did you mean `curl`?");
  assert.equal(made(BODY_TEXT, { target: "" }).snippet, null);
});
