/** Objects and JSON text are two ways to one answer, whatever is in the payload; and what is particular about objects. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, processPayload } from "../../dist/node.mjs";

const decoder = new TextDecoder();
/** Long enough for rows, which short payloads do not come in. */
const LONG = " ".repeat(4_000);

function compiled(config) {
  const { program, diagnostics } = compile({ config });
  assert.ok(program, JSON.stringify(diagnostics));
  return program;
}

/** The answer in both ways, which must be the same to the order of the keys. */
function both(program, payload, options = {}) {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload) + LONG;
  let answer;
  for (const trace of [false, true]) {
    const how = { receivedAt: 1_700_000_000_000, ...options, trace };
    const expected = JSON.parse(decoder.decode(program.processToJson(text, how)));
    answer = program.process(text, how);
    assert.equal(JSON.stringify(answer), JSON.stringify(expected));
    assert.deepStrictEqual(answer, expected);
  }
  return answer;
}

/** Numbers from 0 to 1, the same each time. */
function dice(seed) {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const KEYS = ["a", "b", "c", "1", "__proto__", "ключ", "x y", 'q"t'];
const VALUES = [
  "one",
  "two",
  "",
  "ünï",
  "\ud800",
  'es"c\\ape\n',
  5,
  1.5,
  true,
  null,
  [],
  ["l", 2, null],
  ["東京"],
  [[1]],
  { b: 1 },
  {},
  "2026-01-31T12:00:00Z",
  "x".repeat(70),
];

test("every kind of rule and value", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = dice(seed);
    const pick = (list) => list[Math.floor(random() * list.length)];
    const rule = (name) => ({
      ...(name === undefined ? {} : { name }),
      source: Array.from({ length: 1 + Math.floor(random() * 3) }, () => `@alert.${pick(KEYS.slice(0, 7))}`),
      ...(random() < 0.3 ? { default_to: pick(["plain", "größer"]) } : {}),
      ...(random() < 0.15 ? { flatten: true } : {}),
    });
    const program = compiled({
      is_array: true,
      array_source: 'al"erts',
      status: { source: ["@alert.a"], status_map: { ok: ["one", "ünï"], warning: ["l", "5"] }, default_to: "critical" },
      primary_property: rule(random() < 0.7 ? "host" : undefined),
      ...(random() < 0.7 ? { secondary_property: rule(random() < 0.7 ? "check" : undefined) } : {}),
      additional_attributes: Array.from({ length: 4 }, () =>
        rule(random() < 0.6 ? pick([...KEYS.slice(0, 5), "тег", "host"]) : undefined),
      ),
      ...(random() < 0.5 ? { timestamp: { source: ["@alert.b", "@alert.c"] } } : {}),
      ...(random() < 0.3 ? { bp_timestamp: { is_selected: true } } : {}),
      ...(random() < 0.3 ? { incident_identifier: [pick(["host", "a", "none"]), pick(["check", "b"])] } : {}),
    });
    const alert = () =>
      `{${KEYS.filter(() => random() < 0.6)
        .map((key) => `${JSON.stringify(key)}:${JSON.stringify(pick(VALUES))}`)
        .join()}}`;
    const alerts = Array.from({ length: 40 }, () => (random() < 0.05 ? "7" : alert()));
    const payload = `{"al\\"erts":[${alerts.join()}]}${LONG}`;
    both(program, payload);
    both(program, payload, { additionalTags: "map" });
    // Also where the array comes again, and where it is no JSON in the end.
    both(program, `{"al\\"erts":[${alerts.slice(0, 9).join()}],"al\\"erts":[${alerts.slice(5).join()}]}${LONG}`);
    both(program, `{"al\\"erts":[${alerts.join()},]}${LONG}`);
  }
});

const rule = (name) => ({ name, source: [`@alert.${name}`] });
const simple = (attributes, more = {}) => ({
  is_array: true,
  array_source: "",
  status: { source: ["@alert.s"], status_map: {}, default_to: "ok" },
  primary_property: rule("p"),
  additional_attributes: attributes.map(rule),
  ...more,
});

test("more shapes than are kept", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const program = compiled(simple(names));
  const alerts = Array.from({ length: 300 }, (_, i) => ({
    p: "x",
    ...Object.fromEntries(
      names.filter((_, bit) => (i >> bit) & 1).map((name) => [name, `${name}é`.slice(0, 1 + (i % 2))]),
    ),
  }));
  assert.equal(both(program, alerts).alerts.length, 300);
});

test("more tags than a shape may have", () => {
  const names = Array.from({ length: 400 }, (_, i) => `t${i}`);
  const alert = Object.fromEntries(["p", ...names].map((name) => [name, `of ${name}`]));
  const { alerts } = both(compiled(simple(names)), [alert, { ...alert, t399: "other" }, { p: "few" }]);
  assert.equal(Object.keys(alerts[0].tags).length, 401);
});

test("lists belong to one place of the answer each", () => {
  const program = compiled(simple(["a"]));
  const { alerts } = both(program, [
    { p: ["x", "y"], a: ["z"] },
    { p: ["x", "y"], a: ["z"] },
  ]);
  alerts[0].tags.p.push("new");
  alerts[0].incident_identifier[0].push("other");
  assert.deepEqual(alerts[0].tags.p, ["x", "y", "new"]);
  assert.deepEqual(alerts[0].incident_identifier, [["x", "y", "other"]]);
  assert.deepEqual(alerts[1], { ...alerts[1], tags: { p: ["x", "y"], a: ["z"] }, incident_identifier: [["x", "y"]] });
});

test("texts of every length, new and repeated", () => {
  const program = compiled(simple(["a", "b"]));
  const lengths = [0, 1, 12, 13, 14, 100, 4_095, 4_096, 4_097, 9_000, 3, 20_000, 1];
  const text = (length, letter) => `${letter.repeat(length)}`;
  const alerts = lengths.flatMap((length) =>
    ["x", '"', "\n", "é", "y"].map((letter) => ({
      p: `p${length}`,
      a: text(length, letter),
      b: text(length >> 1, "same"),
    })),
  );
  assert.equal(both(program, alerts).alerts.length, alerts.length);
});

test("times of receipt before 1970, and far away", () => {
  const program = compiled(simple([]));
  for (const receivedAt of [
    -8.64e15, -62_135_596_800_000, -1_500, -1, 0, 4_294_967_296_000, 253_402_300_799_999, 8.64e15,
  ]) {
    const { alerts } = both(program, [{ p: "x" }], { receivedAt });
    assert.equal(alerts[0].timestamp, Math.floor(receivedAt / 1000));
  }
});

test("an answer is the caller's alone, also where the next one is the same", () => {
  const program = compiled(simple(["a"]));
  for (const alerts of [[{ p: "x" }], [{ p: "x", a: ["é"] }, 7]]) {
    const text = JSON.stringify(alerts) + LONG;
    const first = program.process(text, { receivedAt: 0 });
    const expected = JSON.stringify(first);
    for (const list of [first.rejected, first.diagnostics, first.alerts]) list.push("mine");
    first.alerts[0].tags.p = first.alerts[0].tags.a?.push("mine");
    assert.equal(JSON.stringify(program.process(text, { receivedAt: 0 })), expected);
  }
});

test("what is too much is the same for both", () => {
  const program = compiled({
    ...simple([]),
    additional_attributes: Array.from({ length: 2_000 }, (_, i) => ({
      name: `tag_${i}`,
      source: ["@alert.x"],
      default_to: "a default",
    })),
  });
  const text = JSON.stringify(Array.from({ length: 9_000 }, () => ({ p: "x" })));
  const { alerts, diagnostics } = program.process(text, { receivedAt: 0 });
  const expected = JSON.parse(decoder.decode(program.processToJson(text, { receivedAt: 0 })));
  assert.equal(diagnostics[0].code, "output-too-large");
  assert.deepEqual({ alerts, diagnostics }, { alerts: expected.alerts, diagnostics: expected.diagnostics });
  program.free();
});

test("an answer with a trace equals the JSON answer and belongs to the caller", () => {
  const encoder = new TextEncoder();
  for (const end of [LONG, ""]) {
    const program = compiled(simple(["a"]));
    const text = `[{"p":"x","a":"é"},{"a":1}]${end}`;
    const options = { trace: true, receivedAt: 0 };
    const expected = JSON.parse(decoder.decode(program.processToJson(text, options)));
    const bytes = encoder.encode(text);
    const answer = program.process(bytes, options);
    const { diagnostics, ...rest } = processPayload({ config: simple(["a"]) }, bytes, options);
    assert.deepEqual(rest, { alerts: expected.alerts, rejected: expected.rejected, trace: expected.trace });
    assert.ok(diagnostics.length > 0);
    bytes.fill(0x20);
    program.free();
    processPayload({ config: simple(["b"]) }, `[{"p":"other"}]${end}`);
    assert.deepEqual(answer, expected);
  }
});

test("an answer that is too large with its trace has no alerts and says so", () => {
  const rules = Array.from({ length: 2_000 }, (_, i) => ({ name: `tag_${i}`, source: ["@alert.x"] }));
  const program = compiled({ ...simple([]), additional_attributes: rules });
  const text = JSON.stringify(Array.from({ length: 3_000 }, () => ({ p: "x" })));
  const { alerts, diagnostics, trace } = program.process(text, { trace: true, receivedAt: 0 });
  assert.deepEqual([alerts, trace, diagnostics.map(({ code }) => code)], [[], [], ["output-too-large"]]);
  assert.equal(program.process(text, { receivedAt: 0 }).alerts.length, 3_000);
});
