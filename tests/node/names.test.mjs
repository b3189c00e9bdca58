/** Keys and words that mean something to JavaScript, to HTML or to the direction of text are words like any other. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as api from "../../dist/node.mjs";

const NAMES = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "__defineGetter__", "then", "toJSON"],
  ...["<img src=x onerror=alert(1)>", "</script><script>", "]]>", "&lt;", "${x}", "{{x}}", "%s"],
  ...["\u202egnp.exe", "\u2066x\u2069", "\u200b", "\u0000", "\u2028", "\ufeff", "\u0007", "\u001b[31m"],
];
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/;

afterEach(() => {
  assert.equal({}.polluted, undefined);
  assert.equal(Object.prototype.toString.call({}), "[object Object]");
});

/** An object with a key of its own, whatever the key is. */
const own = (key, value) => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);
/** What a path may hold as a key. */
const isSegment = (key) => !/[.[\]*$]/.test(key);
const config = (key) => ({
  status: { source: ["s"], default_to: "ok", status_map: { ok: [key] } },
  primary_property: { name: "host", source: [key], default_to: "d" },
  additional_attributes: [{ source: ["o"], flatten: true }],
});

for (const key of NAMES) {
  const shown = JSON.stringify(key);
  const payload = JSON.stringify({ s: key, o: 1 }).replace(
    "1}",
    `{${shown}:{"polluted":true},"k":${shown}},${shown}:"v"}`,
  );

  test(`processing with ${shown}`, () => {
    const { alerts } = api.processPayload(config(key), payload, { additionalTags: "map", trace: true });
    assert.equal(alerts.length, 1);
    const { tags } = alerts[0];
    assert.equal(Object.getPrototypeOf(tags), Object.prototype);
    if (isSegment(key)) assert.equal(tags.host, "v");
    assert.equal(tags.k, key);
    assert.equal(Object.hasOwn(tags, `${key}_polluted`), true);
    const found = api.fields(payload).map(({ path }) => path);
    if (isSegment(key)) assert.ok(found.includes(`o.${key}.polluted`), `${found}`);
    // Whatever is listed can be written into a rule, and finds something.
    for (const source of found) {
      const { program, diagnostics } = api.compile({
        ...config("s"),
        primary_property: { name: "host", source: [source] },
      });
      assert.deepEqual(
        diagnostics.filter(({ code }) => code === "path-invalid"),
        [],
      );
      assert.equal(program.process(payload).alerts.length, 1, source);
    }
    assert.equal({}.polluted, undefined);
  });

  test(`everything else with ${shown}`, () => {
    const body = { config: { ...config("s"), ...own(key, { polluted: true }) }, sample_payload: JSON.parse(payload) };
    for (const given of [body, JSON.stringify(body)]) {
      const { diagnostics } = api.validate(given);
      for (const { message, help = "" } of diagnostics) assert.doesNotMatch(message + help, UNSEEN);
      const { snippet } = api.generate(given, { target: "json", appKey: key });
      assert.ok(Object.hasOwn(JSON.parse(snippet.code).config, key));
    }
    const imported = api.importBody(JSON.stringify(body));
    assert.ok(Object.hasOwn(imported.body.config, key));
    assert.equal(Object.getPrototypeOf(imported.body.config), Object.prototype);
    const { body: suggested } = api.suggest(payload);
    assert.equal(Object.getPrototypeOf(suggested.config), Object.prototype);
    api.compare(body, body, [payload]);
    api.simulate(body, [{ payload }, { payload }]);
    assert.equal({}.polluted, undefined);
  });
}
