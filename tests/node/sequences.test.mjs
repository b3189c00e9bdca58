/** `simulate` and `compare`: the cases of tests/simulate and tests/compare through the WebAssembly, and what only the package can get wrong. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import vm from "node:vm";
import { compare, processPayload, simulate } from "../../dist/node.mjs";
import { BODY, BODY_TEXT, PAYLOAD, PAYLOAD_BYTES, PAYLOAD_TEXT, PROCESSED } from "./example.mjs";

const encode = (text) => new TextEncoder().encode(text);
const many = (n, make) => Array.from({ length: n }, (_, i) => make(i));

afterEach(() => assert.deepEqual(processPayload(BODY, PAYLOAD), PROCESSED));

/** The cases of a folder: a function that gives a file of a case, or of all of them. */
function cases(folder) {
  const root = join(import.meta.dirname, "..", folder);
  const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.ok(names.length > 10);
  return names.map(({ name }) => {
    const read = (file) => {
      const found = [join(root, name, file), join(root, file)].find((path) => existsSync(path));
      return found && readFileSync(found, "utf8");
    };
    return { name, read, json: (file) => JSON.parse(read(file) ?? "{}") };
  });
}

/** An answer as far as a case has it. */
const reported = ({ diagnostics, ...rest }) => ({
  ...rest,
  diagnostics: diagnostics.map(({ configuration, payload, code, pointer }) =>
    JSON.parse(JSON.stringify({ configuration, payload, code, pointer })),
  ),
});
const text = (payload) => (typeof payload === "string" ? payload : JSON.stringify(payload));

test("cases of simulate", () => {
  for (const { name, read, json } of cases("simulate")) {
    const payloads = json("payloads.json").map(({ payload, receivedAt = 0 }) => ({
      payload: text(payload),
      receivedAt,
    }));
    assert.deepEqual(
      reported(simulate(read("config.json"), payloads, json("options.json"))),
      json("expected.json"),
      name,
    );
    const bytes = payloads.map((item) => ({ ...item, payload: encode(item.payload) }));
    assert.deepEqual(reported(simulate(read("config.json"), bytes, json("options.json"))), json("expected.json"), name);
  }
});

test("cases of compare", () => {
  for (const { name, read, json } of cases("compare")) {
    const payloads = json("payloads.json").map(text);
    const answer = compare(read("old.json"), read("new.json"), payloads, json("options.json"));
    assert.deepEqual(reported(answer), json("expected.json"), name);
  }
});

test("text, bytes and objects give the same; places only where text was given", () => {
  const incidents = simulate(BODY, [{ payload: PAYLOAD }]).incidents;
  assert.deepEqual(
    incidents.map(({ incident_identifier }) => incident_identifier),
    PROCESSED.alerts.map((a) => a.incident_identifier),
  );
  for (const body of [BODY_TEXT, encode(BODY_TEXT)]) {
    for (const payload of [PAYLOAD_TEXT, PAYLOAD_BYTES, Buffer.from(PAYLOAD_BYTES)]) {
      assert.deepEqual(simulate(body, [{ payload }]).incidents, incidents);
      assert.equal(compare(body, BODY, [payload, PAYLOAD]).same, true);
    }
  }
  const [body] = simulate("{}", []).diagnostics;
  assert.ok(body.range !== undefined && !("payload" in body));
  assert.equal(simulate({}, []).diagnostics[0].range, undefined);
  const twice = '{"alerts": [], "alerts": []}';
  const [payload] = compare(BODY_TEXT, BODY_TEXT, ["{}", twice]).diagnostics;
  assert.deepEqual([payload.code, payload.payload, payload.configuration], ["json-duplicate-key", 1, null]);
  assert.equal(twice.slice(payload.range.start, payload.range.end), '"alerts"');
});

test("payloads without a time of receipt have one and the same", () => {
  const config = { ...BODY.config, timestamp: undefined };
  const { counts, events } = simulate(
    config,
    many(50, () => ({ payload: PAYLOAD })),
  );
  assert.deepEqual([counts.new, counts.duplicate, events.length], [2, 98, 100]);
  const before = Math.floor(Date.now() / 1000);
  assert.ok(Math.abs(before - events[0].timestamp) < 60);
  const at = (receivedAt) => simulate(config, [{ payload: PAYLOAD, receivedAt }]).events[0].timestamp;
  for (const form of [5_000, new Date(5_000), "1970-01-01T00:00:05Z"]) assert.equal(at(form), 5);
  const gone = compare(BODY, config, [PAYLOAD]).changes.filter(({ kind }) => kind === "timestamp");
  assert.deepEqual(
    gone.map(({ before, after }) => [before, after]),
    [
      ["1769860800", null],
      ["1769857200", null],
    ],
  );
});

test("what is misused is refused before any work", () => {
  const refused = (call, ...patterns) =>
    assert.throws(call, (error) => {
      assert.equal(error.name, "TypeError", error);
      for (const pattern of patterns) assert.match(error.message, pattern);
      return true;
    });
  for (const value of [undefined, null, 5, "[]", {}, new Set(), "x", PAYLOAD_BYTES]) {
    refused(() => simulate(BODY, value), /^payloads: expected an array, got /);
    refused(() => compare(BODY, BODY, value), /^payloads: expected an array, got /);
  }
  for (const value of [undefined, null, 5, "{}", []]) {
    refused(() => simulate(BODY, [{ payload: PAYLOAD }, value]), /^payloads\[1\]: expected an object, got /);
  }
  for (const value of [undefined, null, 5, true]) {
    refused(() => simulate(BODY, [{ payload: value }]), /^payloads\[0\]\.payload: expected /);
    refused(() => compare(BODY, BODY, [PAYLOAD, value]), /^payloads\[1\]: expected /);
    refused(() => simulate(value, []), /^body: /);
    refused(() => compare(value, BODY, []), /^oldBody: /);
    refused(() => compare(BODY, value, []), /^newBody: /);
  }
  refused(() => simulate(BODY, new Array(2)), /^payloads\[0\]: expected an object, got undefined/);
  refused(() => compare(BODY, BODY, [new Map()]), /^payloads\[0\]: got a Map/);
  refused(
    () => simulate(BODY, [{ payload: PAYLOAD, recievedAt: 5 }]),
    /unknown member `recievedAt`/,
    /payload or receivedAt/,
  );
  refused(() => simulate(BODY, [{ payload: PAYLOAD, receivedAt: "soon" }]), /^payloads\[0\]\.receivedAt: expected /);
  refused(() => simulate(BODY, [{ payload: PAYLOAD, receivedAt: null }]), /^payloads\[0\]\.receivedAt: expected /);
  for (const value of [null, 5, "map", []]) {
    refused(() => simulate(BODY, [], value), /^options: expected an object/);
    refused(() => compare(BODY, BODY, [], value), /^options: expected an object/);
  }
  refused(() => simulate(BODY, [], { receivedAt: 5 }), /unknown option `receivedAt`/);
  refused(() => compare(BODY, BODY, [], { trace: true }), /unknown option `trace`/);
  refused(() => compare(BODY, BODY, [], { receivedAt: "soon" }), /^options\.receivedAt/);
  refused(() => compare(BODY, BODY, [], { additionalTags: true }), /"ignore" or "map"/);
  const thrower = {
    get payload() {
      throw new RangeError("mine");
    },
  };
  assert.throws(() => simulate(BODY, [thrower]), RangeError);
});

test("lists and values of another realm are as good as ours", () => {
  const there = vm.createContext({ text: PAYLOAD_TEXT });
  const payloads = vm.runInContext("[{ payload: JSON.parse(text), receivedAt: new Date(0) }]", there);
  assert.equal(simulate(BODY, payloads).counts.new, 2);
  assert.equal(compare(BODY, BODY, vm.runInContext("[text]", there)).same, true);
});

test("names that mean something to JavaScript are ordinary names", () => {
  const config = { status: { source: ["s"], status_map: {} }, primary_property: { name: "host", source: ["h"] } };
  const payload = '{"h":"a","__proto__":"p","constructor":{"prototype":"q"},"toString":"t"}';
  const { incidents, events } = simulate(config, [{ payload, receivedAt: 0 }], { additionalTags: "map" });
  const tags = Object.entries(incidents[0].tags);
  assert.deepEqual(tags, [
    ["host", "a"],
    ["__proto__", "p"],
    ["constructor_prototype", "q"],
    ["toString", "t"],
  ]);
  assert.deepEqual(
    events[0].changes.map(({ tag, after }) => [tag, after]),
    tags,
  );
  assert.equal(Object.getPrototypeOf(incidents[0].tags), Object.prototype);
  const { changes } = compare(config, config, [payload], { additionalTags: "map" });
  assert.deepEqual(changes, []);
  const other = { ...config, additional_attributes: [{ name: "__proto__", source: ["toString"] }] };
  const [change] = compare(config, other, [payload]).changes;
  assert.deepEqual([change.tag, change.before, change.after], ["__proto__", null, "t"]);
});

test("bad payloads are reported by their numbers and harm no other", () => {
  const bad = ["", "{", "[".repeat(100_000), `{"alerts":[${"{},".repeat(100_000)}{}]}`, "x".repeat(7e6), "null", "[]"];
  const payloads = bad.flatMap((payload) => [payload, PAYLOAD_TEXT]);
  const simulated = simulate(
    BODY,
    payloads.map((payload) => ({ payload, receivedAt: 0 })),
  );
  const { new: fresh, duplicate, rejected } = simulated.counts;
  assert.deepEqual([fresh, duplicate, rejected], [2, 2 * (bad.length - 1), 2]);
  const expected = ["json-syntax", "json-syntax", "json-too-deep", "too-many-alerts", "payload-too-large"];
  const codes = simulated.diagnostics.map(({ code, payload }) => [code, payload]);
  assert.deepEqual(
    codes,
    expected.map((code, i) => [code, 2 * i]),
  );
  const compared = compare(BODY, BODY, payloads);
  assert.equal(compared.same, true);
  assert.deepEqual(
    compared.diagnostics.map(({ code, payload }) => [code, payload]),
    codes,
  );
  assert.ok(compared.diagnostics.every(({ configuration }) => configuration === null));
});

test("the largest payload and ten thousand small ones are taken", () => {
  const alert = (i) => ({
    status: "firing",
    labels: { alertname: `Check${i}`, instance: `web-${i % 9}:9100` },
    startsAt: "2026-01-31T12:00:00Z",
  });
  const large = JSON.stringify({ alerts: many(45_000, alert) });
  assert.ok(large.length > 5e6 && large.length < 6 * 1024 * 1024, String(large.length));
  const simulated = simulate(BODY, [{ payload: large }, { payload: large }]);
  assert.deepEqual([simulated.counts.new, simulated.counts.duplicate], [45_000, 45_000]);
  assert.deepEqual(simulated.incidents[44_999].events, [44_999, 89_999]);
  const other = { ...BODY.config, secondary_property: { name: "test", source: ["@alert.labels.alertname"] } };
  const compared = compare(BODY, other, [large]);
  assert.deepEqual([compared.counts.tag, compared.counts.secondary, compared.counts.identity], [90_000, 45_000, 0]);
  assert.equal(compared.changes.length, 2_000);

  const small = many(10_000, (i) =>
    JSON.stringify({ alerts: [{ ...alert(i % 100), status: i % 200 < 100 ? "firing" : "resolved" }] }),
  );
  const followed = simulate(
    BODY,
    small.map((payload) => ({ payload })),
  );
  const { counts } = followed;
  assert.deepEqual([counts.new, counts.resolved, counts.reopened, followed.events.length], [100, 5_000, 4_900, 10_000]);
  assert.equal(compare(BODY, BODY, small).same, true);
});

test("long lists of rejections and diagnostics are cut and counted", () => {
  const nothing = { payload: JSON.stringify({ alerts: many(700, () => ({})) }) };
  const { counts, events, diagnostics } = simulate(BODY, [nothing, nothing, { payload: PAYLOAD }]);
  assert.deepEqual([counts.rejected, counts.new, events.length], [1_400, 2, 1_002]);
  assert.deepEqual(diagnostics, []);
  const broken = simulate(
    BODY,
    many(1_200, () => ({ payload: "{" })),
  );
  assert.equal(broken.diagnostics.length, 1_000);
  assert.match(broken.diagnostics.at(-1).help, /not listed: 200 more of `json-syntax`/);
});

test("an answer that would be too large is reported", () => {
  const config = { ...BODY.config, additional_attributes: [{ name: "t", source: ["long"] }] };
  const payload = JSON.stringify({
    long: "y".repeat(50_000),
    alerts: many(3_000, (i) => ({ labels: { instance: `${i}` } })),
  });
  const { incidents, events, counts, diagnostics } = simulate(
    config,
    many(4, () => ({ payload, receivedAt: 0 })),
  );
  assert.deepEqual([incidents, events, counts.new], [[], [], 0]);
  assert.deepEqual(diagnostics.map(({ code, payload }) => [code, payload]).slice(-1), [["output-too-large", 0]]);
  const other = { ...config, additional_attributes: [{ name: "u", source: ["long"] }] };
  const { changes } = compare(config, other, [payload]);
  assert.ok(changes.length > 100 && changes.length < 2_000, String(changes.length));
});

test("changes in the list share no state with the next call", () => {
  const first = compare(BODY, BODY, [PAYLOAD]);
  first.changes.push("mine");
  assert.deepEqual(compare(BODY, BODY, [PAYLOAD]).changes, []);
});
