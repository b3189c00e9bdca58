/**
 * Inputs that multiply: small texts that name something large many times over. None may stop the engine, and the
 * limits are reported instead.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, fields, Preview, processPayload, validate } from "../../dist/node.mjs";

const RULES = {
  status: { source: ["s"], default_to: "ok", status_map: { ok: ["up"] } },
  primary_property: { name: "host", source: ["h"] },
  secondary_property: { name: "check", source: ["c"] },
};
const IN_ARRAY = {
  ...RULES,
  is_array: true,
  array_source: "a",
  primary_property: { name: "host", source: ["@alert.h"] },
};
const many = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const codes = ({ diagnostics }) => diagnostics.map((d) => d.code);
const alive = () => assert.equal(processPayload(RULES, { h: "x" }).alerts.length, 1);

test("a long value in a thousand tags is too much of an answer", () => {
  const body = { ...RULES, additional_attributes: many(1000, (i) => ({ name: `t${i}`, source: ["x"] })) };
  const processed = processPayload(body, { h: "x", x: "y".repeat(5e6) });
  assert.deepEqual([processed.alerts.length, codes(processed)], [0, ["output-too-large"]]);
  alive();
});

test("tag names made from long and deep keys are too much of an answer", () => {
  const long = { h: "x", ["k".repeat(1e6)]: Object.fromEntries(many(10_000, (i) => [`c${i}`, "v"])) };
  assert.deepEqual(codes(processPayload(RULES, long, { additionalTags: "map" })), ["output-too-large"]);
  const name = { ...RULES, additional_attributes: [{ name: "n".repeat(1e6), source: ["o"], flatten: true }] };
  const children = { h: "x", o: Object.fromEntries(many(10_000, (i) => [`c${i}`, "v"])) };
  assert.deepEqual(codes(compile(name).program.process(children)), ["output-too-large"]);
  alive();
});

test("a long path in a thousand rejections is named in part", () => {
  const body = { ...IN_ARRAY, primary_property: { source: [`@alert.${"p".repeat(1e6)}`] } };
  const processed = compile(body).program.process({ a: many(1000, () => ({})) });
  assert.equal(processed.alerts.length, 0);
  assert.ok(JSON.stringify(processed).length < 1e6);
  alive();
});

test("a body of nothing but repeated or unknown attributes is read to its end", () => {
  const repeated = `{"config":{${'"a":1,'.repeat(1e6)}"b":2}}`;
  const unknown = JSON.stringify({ config: { ...RULES, ...Object.fromEntries(many(100_000, (i) => [`u${i}`, 1])) } });
  for (const body of [repeated, unknown]) {
    const { diagnostics } = validate(body);
    assert.ok(diagnostics.length < 2100, `${diagnostics.length} are listed`);
    assert.ok(diagnostics.some((d) => d.help?.includes("not listed: ")));
  }
  assert.deepEqual(codes(validate(`{"config":{},"x":"${"y".repeat(17 << 20)}"}`)), ["payload-too-large"]);
  alive();
});

test("many rules for many alerts are reported, and do not keep the caller waiting", () => {
  const sources = many(10_000, (i) => `@alert.x${i}`);
  const rules = sources.map((source, i) => ({ name: `t${i}`, source: [source] }));
  const bodies = [
    { ...IN_ARRAY, additional_attributes: rules },
    { ...IN_ARRAY, status: { ...RULES.status, source: sources } },
    { ...IN_ARRAY, timestamp: { source: sources } },
    { ...IN_ARRAY, incident_identifier: sources.map((_, i) => `t${i}`), additional_attributes: rules },
  ];
  const payload = { a: many(11_000, () => ({ h: "x" })) };
  for (const body of bodies) {
    const { program } = compile(body);
    for (const trace of [false, true]) {
      const processed = program.process(payload, { trace });
      assert.deepEqual([processed.alerts.length, codes(processed)], [0, ["output-too-large"]]);
    }
    assert.equal(program.process({ a: [{ h: "x" }] }).alerts.length, 1);
    program.free();
  }
  const { diagnostics } = compile(bodies[0]).program.process(payload);
  assert.deepEqual(
    diagnostics.map(({ message, pointer }) => [message, pointer]),
    [["the payload has too many alerts for that many rules", "/a"]],
  );
  alive();
});

test("what is long and gives little is not read again and again", () => {
  const nulls = ["a", ...many(800_000, () => null)];
  const escapes = "\n".repeat(2_500_000);
  const inEach = (more) => ({ ...IN_ARRAY, additional_attributes: [more] });
  const repeated = many(100_000, () => "w");
  const cases = {
    "a list for each alert": [inEach({ name: "l", source: ["l"] }), { l: nulls }],
    "blanks for each alert": [inEach({ name: "l", source: ["l"] }), { l: "BLANKS" }],
    "fields without a value for each alert": [
      inEach({ source: ["o"], flatten: true }),
      { o: Object.fromEntries(many(10_000, (i) => [`k${i}`, null])) },
    ],
    "a field that another rule gives": [
      {
        ...IN_ARRAY,
        additional_attributes: [
          { name: "k", source: ["n"], default_to: "d" },
          { source: ["o"], flatten: true },
        ],
      },
      { o: { k: "y".repeat(5e6) } },
    ],
    "one list for many rules": [
      { ...RULES, additional_attributes: many(10_000, (i) => ({ name: `t${i}`, source: ["l"] })) },
      { h: "x", l: nulls },
    ],
    "one object for many rules": [
      { ...RULES, additional_attributes: many(10_000, () => ({ source: ["o"], flatten: true })) },
      { h: "x", o: { k: "y".repeat(5e6) } },
    ],
    "a status from one list many times": [
      { ...RULES, status: { ...RULES.status, source: repeated } },
      { h: "x", w: many(500_000, (i) => `w${i}`) },
    ],
    "a time from one text many times": [
      { ...RULES, timestamp: { source: repeated } },
      { h: "x", w: escapes },
    ],
  };
  for (const [name, [body, payload]] of Object.entries(cases)) {
    if (body.is_array) payload.a = many(20_000, () => ({ h: "x" }));
    const text = JSON.stringify(payload).replace('"BLANKS"', `{"k":1${" ".repeat(5e6)}}`);
    const { program } = compile(body);
    const processed = program.process(text);
    assert.deepEqual([processed.alerts.length, codes(processed)], [0, ["output-too-large"]], name);
    program.free();
  }
  alive();
});

test("arrays of alerts that replace each other cost together what they cost", () => {
  const text = "d".repeat(1000);
  const defaults = many(1000, (i) => ({ name: `t${i}`, source: ["@alert.x"], default_to: text }));
  // Nothing is looked at around the alerts, so they are processed as they come.
  const status = { ...RULES.status, source: ["@alert.s"] };
  const secondary_property = { name: "check", source: ["@alert.c"] };
  const { program } = compile({ ...IN_ARRAY, status, secondary_property, additional_attributes: defaults });
  const array = JSON.stringify(many(50, () => ({ h: "x" })));
  const processed = program.process(`{${many(300, () => `"a":${array}`).join(",")}}`);
  assert.equal(processed.alerts.length, 0);
  assert.ok(codes(processed).includes("output-too-large"));
});

test("keys given twice cost no more where rules look for much below them", () => {
  const additional_attributes = many(10_000, (i) => ({ name: `t${i}`, source: [`o.x${i}`] }));
  const { program } = compile({ ...RULES, additional_attributes });
  for (const earlier of ["1", '{"x1":1}']) {
    const { alerts } = program.process(`{"h":"x",${`"o":${earlier},`.repeat(300_000)}"o":{"x2":"y"}}`);
    assert.deepEqual(
      alerts.map(({ tags }) => tags),
      [{ host: "x", t2: "y" }],
    );
  }
});

test("what stands around the alerts is looked at once, not for each alert", () => {
  const n = 40_000;
  const alerts = many(n, () => ({ h: "x" }));
  const body = {
    ...IN_ARRAY,
    status: { ...RULES.status, source: ["words"] },
    timestamp: { source: ["digits"] },
    additional_attributes: [{ name: "t", source: ["nulls"] }],
  };
  const { program } = compile(body);
  const payload = { words: many(n, (i) => `w${i}`), digits: "1".repeat(n), nulls: many(n, () => null), a: alerts };
  assert.equal(program.process(payload).alerts.length, n);
});

test("long text that each alert meets is no reason to wait", () => {
  const n = 100_000;
  const long = "b".repeat(5_500_000);
  const half = "k".repeat(3_000_000);
  const alert = "@alert.h";
  const named = { ...IN_ARRAY, primary_property: { name: "host", source: [alert], default_to: "d" } };
  const flat = (name) => ({ name, source: ["@alert.o"], flatten: true });
  const identity = many(300, (i) => `${"t".repeat(10_000)}${100 + i}`);
  // The body, the payload as text, and whether it is too much.
  const cases = {
    "a status compared with a listed value": [
      { ...named, status: { source: ["b"], status_map: { ok: [`${long.slice(1)}x`] }, default_to: "ok" } },
      `{"b":"${long}","a":[${many(n, () => "{}").join()}]}`,
      false,
    ],
    "rejections in an array with a long name": [
      { ...IN_ARRAY, array_source: half },
      `{"${half}":[${many(n, () => "1").join()}]}`,
      false,
    ],
    "rejected alerts in an array with a long name": [
      { ...IN_ARRAY, array_source: half },
      `{"${half}":[${many(n, () => "{}").join()}]}`,
      false,
    ],
    "a flattened object without values under a long name": [
      { ...named, additional_attributes: [flat(half)] },
      `{"a":[${many(n, () => '{"o":{"k":null}}').join()}]}`,
      true,
    ],
    "long tags that identify": [
      {
        ...named,
        incident_identifier: identity,
        additional_attributes: identity.map((name) => ({ name, source: ["@alert.x"], default_to: "1" })),
      },
      `{"a":[${many(1000, () => "{}").join()}]}`,
      true,
    ],
    "a pattern of parts that read nothing": [
      { ...named, timestamp: { source: ["@alert.t"], format: `%F${"%t".repeat(3_000_000)}` } },
      `{"a":[${many(n, () => '{"t":"2026-01-01"}').join()}]}`,
      true,
    ],
  };
  for (const [name, [body, payload, isTooMuch]] of Object.entries(cases)) {
    const { program, diagnostics } = compile(body);
    assert.ok(program, JSON.stringify(diagnostics).slice(0, 200));
    for (const options of [{}, { additionalTags: "map" }, { trace: true }]) {
      const found = codes(program.process(payload, options)).filter((code) => code !== "payload-near-limit");
      if (isTooMuch || found.length > 0) assert.deepEqual(found, ["output-too-large"], name);
    }
    const preview = new Preview();
    preview.set(payload);
    preview.process(program, { from: 5, count: 1 });
    preview.process(program, { index: 5, trace: true });
    preview.free();
    program.free();
  }
  alive();
});

test("a part of the alerts costs nothing for the others", () => {
  const { program } = compile({ ...IN_ARRAY, additional_attributes: [{ name: "t", source: ["b"] }] });
  const preview = new Preview();
  preview.set(JSON.stringify({ b: "b".repeat(4e6), a: many(100_000, () => ({ h: "x" })) }));
  const { alerts, alertCount } = preview.process(program, { from: 99_999, count: 1 });
  assert.deepEqual([alerts.length, alertCount], [1, 100_000]);
  preview.free();
  program.free();
});

test("a thousand unknown tags of the identifier among ten thousand rules are reported", () => {
  const additional_attributes = many(10_000, (i) => ({ name: `tag${i}`, source: ["x"] }));
  const body = { ...RULES, incident_identifier: many(1000, (i) => `other${i}`), additional_attributes };
  const unknown = codes(compile(body)).filter((code) => code === "identifier-unknown-tag");
  assert.equal(unknown.length, 1000);
});

test("duplicates beyond the list are counted", () => {
  const { diagnostics } = processPayload(RULES, `{${'"h":1,'.repeat(5000)}"h":2}`);
  assert.equal(diagnostics.length, 1000);
  assert.match(diagnostics.at(-1).help, /not listed: 4000 more/);
});

test("fields that no path can name are left out, and not taken for others", () => {
  assert.deepEqual(
    fields('{"":{"b":1},"b":2}').map((f) => [f.path, f.pointer]),
    [["b", "/b"]],
  );
});

test("a sample of many alerts for many rules is reported, and does not keep the caller waiting", () => {
  const rules = many(5_000, (i) => ({ name: `t${i}`, source: [`@alert.a${i}`] }));
  const config = { ...IN_ARRAY, additional_attributes: rules };
  const { valid, diagnostics } = validate({ config, sample_payload: { a: many(20_000, () => ({ h: "x" })) } });
  assert.equal(valid, false);
  const reported = diagnostics.filter(({ code }) => code === "output-too-large");
  assert.deepEqual(
    reported.map(({ pointer, message }) => [pointer, message]),
    [["/sample_payload/a", "the sample has too many alerts for that many rules"]],
  );
  alive();
});
