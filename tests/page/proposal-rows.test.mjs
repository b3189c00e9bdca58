/** What the rows of a proposal say, for configurations that the engine really proposes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { processPayload, suggest } from "../../dist/node.mjs";
import { load } from "./load.mjs";

const { proposalRows } = await load("panels/proposal-rows.ts");

const EVENTS = {
  events: [
    {
      node: "web-1",
      address: "10.0.0.1",
      check: "DiskFull",
      state: "down",
      at: "2025-03-18T07:42:10Z",
      labels: { team: "a", env: "b" },
    },
    {
      node: "web-2",
      address: "10.0.0.2",
      check: "DiskFull",
      state: "up",
      at: "2025-03-18T07:40:00Z",
      labels: { team: "c", env: "d" },
    },
  ],
};

function rowsOf(payload, { version = "1", instead = new Map() } = {}) {
  const text = JSON.stringify(payload);
  const { text: body, reasons } = suggest(text, { version });
  const { alerts, rejected, trace } = processPayload(body, text, { trace: true });
  const preview = { alerts, alertCount: alerts.length, rejectedCount: rejected.length, steps: trace[0]?.steps ?? [] };
  return proposalRows(reasons, instead, preview);
}

const inWords = ({ name, value, from }) =>
  `${name}${value === null ? "" : ` = ${value}`}${from === null ? "" : `, from ${from}`}`;

for (const version of ["1", "2"]) {
  test(`version ${version}: each row says what the first alert gets, and from where`, () => {
    const words = rowsOf(EVENTS, { version }).map(inWords);
    for (const expected of [
      "alerts = 2, from events",
      "host = web-1, from @alert.node",
      "check = DiskFull, from @alert.check",
      "status = critical, from @alert.state",
      "default status = critical",
    ])
      assert.ok(words.includes(expected), `${expected}\n${words.join("\n")}`);
    assert.ok(
      words.some((one) => /^ok = up/.test(one)),
      words.join("\n"),
    );
    assert.ok(
      words.some((one) => /^time = 18 Mar|^time = Mar 18/.test(one)),
      words.join("\n"),
    );
    assert.ok(words.includes("2 tags = team, env, from @alert.labels"), words.join("\n"));
  });
}

test("guesses come first, and each choice has one row", () => {
  const rows = rowsOf(EVENTS);
  const order = rows.map(({ confidence }) => ["low", "medium", "high"].indexOf(confidence));
  assert.deepEqual(order, [...order].sort());
  const pointers = rows.map(({ pointer }) => pointer);
  assert.equal(new Set(pointers).size, pointers.length);
});

test("two reasons of one choice share its row, with the lower confidence", () => {
  const one = (message, confidence) => ({
    pointer: "/config/primary_property",
    choice: "a",
    message,
    payloadPointer: "/a",
    confidence,
  });
  const [row, ...more] = proposalRows([one("first", "high"), one("second", "medium")], new Map(), null);
  assert.deepEqual(more, []);
  assert.deepEqual(row.messages, ["first", "second"]);
  assert.equal(row.confidence, "medium");
});

test("a choice of the user's own stays in its place and offers what was proposed", () => {
  const pointer = "/config/primary_property";
  const before = rowsOf(EVENTS);
  const rows = rowsOf(EVENTS, { instead: new Map([[pointer, "@alert.address"]]) });
  const at = rows.findIndex((row) => row.pointer === pointer);
  assert.equal(before[at].pointer, pointer);
  assert.equal(rows[at].isOwn, true);
  assert.equal(rows[at].from, "@alert.address");
  assert.ok(rows[at].others.includes("@alert.node"));
});

test("a payload that is one alert says so", () => {
  const words = rowsOf({ host: "web-1", check: "disk", status: "critical" }).map(inWords);
  assert.ok(words.includes("alerts = 1, from the whole payload"), words.join("\n"));
});

test("a status source that does not give the status says why", () => {
  const alert = { host: "web-1", check: "disk", status: "firing", severity: "critical" };
  const words = rowsOf({ alerts: [alert, { ...alert, status: "resolved" }] }).map(inWords);
  for (const expected of [
    "status = not listed under any status, from @alert.status",
    "status, source 2 = critical, from @alert.severity",
  ])
    assert.ok(words.includes(expected), `${expected}\n${words.join("\n")}`);
});

test("a time that cannot be read is called a time", () => {
  const words = rowsOf({ host: "web-1", check: "disk", status: "critical", datetime: "the other day" }).map(inWords);
  assert.ok(words.includes("time, from datetime"), words.join("\n"));
});
