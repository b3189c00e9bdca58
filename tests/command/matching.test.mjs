/** The parts of `oim verify` by themselves, over random alerts and broken answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const FOLDER = fileURLToPath(new URL("../../src/js/cli/verify/", import.meta.url));
const { outputFiles } = await build({
  stdin: {
    contents: 'export * from "./answer.js"; export * from "./match.js"; export * from "./difference.js";',
    resolveDir: FOLDER,
    sourcefile: join(FOLDER, "all.ts"),
  },
  bundle: true,
  format: "esm",
  platform: "node",
  mainFields: ["module", "main"],
  write: false,
});
const source = Buffer.from(outputFiles[0].contents).toString("base64");
const { listIn, alertsIn, refusedIn, match, differencesOf } = await import(`data:text/javascript;base64,${source}`);

/** `SEED=…` repeats a run. */
let state = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const seed = state;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];
const shuffled = (list) => {
  const rest = [...list];
  return Array.from(list, () => rest.splice(random(rest.length), 1)[0]);
};

const TIMED = [{ kind: "timestamp", outcome: "used", rule: "/timestamp" }];
/** An alert of few values, so that many are alike. */
function anyAlert() {
  const tags = { host: pick(["a", "b"]), check: pick(["x", "y"]), team: pick(["p", "q", "r"]) };
  return {
    index: 0,
    status: pick(["ok", "critical"]),
    timestamp: random(3),
    primary_property: "host",
    secondary_property: "check",
    incident_identifier: [tags.host, tags.check],
    tags,
  };
}
const ours = (alert) => ({ payload: 0, alert, steps: TIMED });
const theirsOf = (alerts) => alertsIn(alerts.map((alert) => ({ alertData: JSON.stringify(alert) }))).alerts;

test("each alert of BigPanda is given once, in any order, and equal ones find each other", () => {
  for (let round = 0; round < 500; round += 1) {
    const made = Array.from({ length: random(8) }, anyAlert);
    const others = Array.from({ length: random(8) }, () => ({ ...anyAlert(), tags: { host: "else", check: "else" } }));
    const { matches, others: left } = match(made.map(ours), theirsOf(shuffled([...made, ...others])), new Set());
    const given = matches.map(({ theirs }) => theirs);
    assert.equal(new Set(given).size, made.length, `seed ${seed}`);
    assert.equal(left.length, others.length, `seed ${seed}`);
    for (const one of matches) assert.deepEqual(differencesOf(one, "", new Set()), [], `seed ${seed}`);
  }
});

test("what is missing at BigPanda is missing in the report, unless its twin is there", () => {
  for (let round = 0; round < 500; round += 1) {
    const made = Array.from({ length: 1 + random(8) }, anyAlert);
    // BigPanda drops duplicates.
    const distinct = [...new Map(made.map((alert) => [JSON.stringify(alert), alert])).values()];
    const { matches, others } = match(made.map(ours), theirsOf(shuffled(distinct)), new Set());
    assert.equal(others.length, 0, `seed ${seed}`);
    assert.equal(matches.filter(({ duplicate }) => duplicate).length, made.length - distinct.length, `seed ${seed}`);
    for (const one of matches) assert.deepEqual(differencesOf(one, "", new Set()), [], `seed ${seed}`);
    const fewer = match(made.map(ours), theirsOf(distinct.slice(1)), new Set());
    const differing = fewer.matches.filter((one) => differencesOf(one, "", new Set()).length > 0);
    assert.ok(differing.length > 0, `seed ${seed}`);
  }
});

test("one value that differs is one difference", () => {
  for (let round = 0; round < 200; round += 1) {
    const alert = { ...anyAlert(), tags: { host: "h", check: "c", team: "t", zone: "z" } };
    const name = pick(["team", "zone", "status", "timestamp"]);
    const other = structuredClone(alert);
    if (name === "status") other.status = alert.status === "ok" ? "critical" : "ok";
    else if (name === "timestamp") other.timestamp += 7;
    else other.tags[name] = "other";
    const [one] = match([ours(alert)], theirsOf([other]), new Set()).matches;
    const [difference, ...more] = differencesOf(one, "", new Set());
    assert.deepEqual(more, []);
    assert.equal(difference.tag ?? difference.kind, name === "timestamp" ? "time" : name);
  }
});

test("broken answers give no exception", () => {
  const item = {
    alertData: JSON.stringify(anyAlert()),
    processingTime: "2026-01-31T12:00:00Z",
    log_type: "invalid_payload",
    payload: { a: [1] },
  };
  const whole = JSON.stringify({ status: 200, data: { items: [item, item], total: 2 } });
  const parts = [
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    ",",
    "null",
    "1e999",
    "\\u0000",
    "\ud800",
    "alertData",
    "tags",
    "[]",
    "{}",
  ];
  let read = 0;
  for (let round = 0; round < 5000; round += 1) {
    let text = whole;
    for (let change = 1 + random(3); change > 0; change -= 1) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + (random(2) ? pick(parts) : "") + text.slice(at + random(6));
    }
    const list = listIn(text);
    if (list === undefined) continue;
    read += 1;
    const { alerts } = alertsIn(list.items);
    refusedIn(list.items);
    const one = ours(anyAlert());
    for (const found of match([one, one], alerts, new Set()).matches) differencesOf(found, "{", new Set());
  }
  assert.ok(read > 100, `${read} were read, seed ${seed}`);
});

test("nested without end", () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  for (const text of [
    deep,
    `{"data":{"items":[{"alertData":${deep}}]}}`,
    `[{"alertData":{"tags":{"a":${deep}}}}]`,
    `${'{"data":'.repeat(1000)}1${"}".repeat(1000)}`,
  ]) {
    alertsIn(listIn(text)?.items ?? []);
  }
});
