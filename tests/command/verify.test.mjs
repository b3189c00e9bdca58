/** `oim verify`, against the mock, against saved answers and against servers that mean no good. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMock } from "../../dist/mock.mjs";
import { CONFIG, folderOf, oim, oimAsync, SAMPLE } from "./support.mjs";

const TOKEN = "secret-Token+/=42";
const env = { BIGPANDA_ORG_TOKEN: TOKEN };
const closing = [];
after(async () => {
  for (const close of closing) await close();
});

async function mock(options = {}) {
  const served = await createMock({ tokens: [TOKEN], rate: 0, ...options });
  closing.push(() => served.close());
  return served;
}

/** A server that answers as a test asks. Keeps what was asked. */
async function hostile(answer) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ method: request.method, url: request.url, authorization: request.headers.authorization });
    request.resume();
    answer(request, response, asked.length);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))));
  return { url: `http://127.0.0.1:${server.address().port}`, asked };
}

const NOON = 1769860800;
const TIMED = JSON.stringify({
  config: {
    ...CONFIG,
    timestamp: { source: ["time"] },
    additional_attributes: [{ name: "team", source: ["team"] }],
  },
  sample_payload: { ...SAMPLE, time: NOON, team: "shop" },
});
const DOWN = JSON.stringify({ host: "web-1", check: "ping", state: "down", time: NOON, team: "shop" });
const UP = JSON.stringify({ host: "web-1", check: "ping", state: "up", time: NOON + 60, team: "shop" });
const THEIRS = {
  status: "critical",
  timestamp: NOON,
  primary_property: "host",
  secondary_property: "check",
  tags: { host: "web-1", check: "ping", team: "shop" },
};
const answerOf = (...alerts) => ({
  status: 200,
  data: {
    items: alerts.map((alert) => ({ alertData: typeof alert === "string" ? alert : JSON.stringify(alert) })),
    total: alerts.length,
  },
});

/** Runs it with a saved answer. */
function saved(answer, { payloads = { "down.json": DOWN }, body = TIMED, args = [], folder } = {}) {
  const cwd = folder ?? folderOf({ "body.json": body, "alerts.json": answer, ...payloads });
  const names = Object.keys(payloads).flatMap((name) => ["--payloads", name]);
  return oim(["verify", "body.json", ...names, "--alerts", "alerts.json", ...args], { cwd });
}
const report = (...args) => {
  const { stdout, stderr, status } = saved(args[0], {
    ...args[1],
    args: ["--format", "json", ...(args[1]?.args ?? [])],
  });
  assert.equal(stderr, "");
  return { status, ...JSON.parse(stdout) };
};

test("the whole round against the mock: push, send, read, compare", async () => {
  const { url } = await mock();
  const cwd = folderOf({ "body.json": TIMED, "payloads/down.json": DOWN, "payloads/up.json": UP });
  const at = ["--app-key", "key-1", "--url", url];
  assert.equal((await oimAsync(["push", "body.json", ...at, "--yes"], { cwd, env })).status, 0);
  const verify = (...args) => oimAsync(["verify", "body.json", "--payloads", "payloads", ...at, ...args], { cwd, env });
  const before = await verify();
  assert.equal(before.status, 1);
  assert.match(before.stdout, /no such alert\n/);
  assert.match(
    before.stdout,
    /0 of 2 alerts as at BigPanda, 2 not found, 0 of 0 alerts of BigPanda belong to other payloads\n$/,
  );
  const sent = await verify("--send", "--verbose");
  assert.equal(sent.stdout, "2 of 2 alerts as at BigPanda, 0 of 2 alerts of BigPanda belong to other payloads\n");
  assert.equal(sent.status, 0);
  assert.match(sent.stderr, /POST http:\S+\/oim\/api\/alerts\?app_key=key-1\n/);
  assert.equal(sent.stderr.includes(TOKEN), false);
  // Reading again sends nothing.
  const again = await verify("--verbose");
  assert.equal(again.status, 0);
  assert.doesNotMatch(again.stderr, /POST/);
});

test("what another configuration made is reported by rule", async () => {
  const { url } = await mock();
  const other = JSON.parse(TIMED);
  other.config.secondary_property = { name: "test", source: ["check"] };
  other.config.status.status_map = { ok: ["up"], warning: ["down"] };
  other.config.timestamp = { source: ["later", "time"] };
  other.config.additional_attributes.push({ name: "more", source: ["state"] });
  other.sample_payload.later = NOON;
  const payload = JSON.stringify({ ...JSON.parse(DOWN), later: NOON + 5 });
  const cwd = folderOf({ "body.json": TIMED, "other.json": other, "down.json": payload });
  const at = ["--app-key", "key-1", "--url", url];
  assert.equal((await oimAsync(["push", "other.json", ...at, "--yes"], { cwd, env })).status, 0);
  const args = ["verify", "body.json", "--payloads", "down.json", ...at, "--send", "--wait", "0"];
  const { status, stdout } = await oimAsync(args, { cwd, env });
  assert.equal(status, 1);
  assert.equal(
    stdout,
    `down.json, alert 1
  name of the tag check
    here      "check"
    BigPanda  "test"
    /config/secondary_property/source/0; decided by docs/semantics.md#tags, rule derived-name
  tag more
    here      nothing
    BigPanda  "down"
    decided by docs/semantics.md#tags, rule additional-tags
  status
    here      "critical"
    BigPanda  "warning"
    /config/status/source/0; decided by docs/semantics.md#status
  time
    here      ${NOON}
    BigPanda  ${NOON + 5}
    /config/timestamp/source/0; decided by docs/semantics.md#time, rule time-forms
  identity secondary_property
    here      "check"
    BigPanda  "test"
    /config/secondary_property/source/0; decided by docs/semantics.md#identity
0 of 1 alerts as at BigPanda, 1 different, 0 of 1 alerts of BigPanda belong to other payloads
`,
  );
});

/** Forms of `alertData` that are understood. */
const { tags: TAGS, ...REST } = THEIRS;
const FORMS = {
  "tags under `tags`": THEIRS,
  "tags beside the rest": { ...REST, ...TAGS, app_key: "k", source_system: "oim.x" },
  "an object, not its text": { form: (alert) => ({ data: { items: [{ alertData: alert }] } }) },
  "status in upper case": { ...THEIRS, status: "CRITICAL" },
  "status with spaces": { ...THEIRS, status: " Critical " },
  milliseconds: { ...THEIRS, timestamp: NOON * 1000 + 999 },
  "seconds as text": { ...THEIRS, timestamp: `${NOON}` },
  "ISO 8601": { ...THEIRS, timestamp: "2026-01-31T12:00:00Z" },
  "ISO 8601 with a zone": { ...THEIRS, timestamp: "2026-01-31T13:00:00.123+01:00" },
  "ISO 8601 without a zone": { ...THEIRS, timestamp: "2026-01-31 12:00:00" },
  "properties by value": { ...THEIRS, primary_property: "web-1", secondary_property: "ping" },
  "no properties": { status: "critical", timestamp: NOON, tags: TAGS },
  "identity as a list": { ...THEIRS, incident_identifier: ["web-1", "ping"] },
  "identity as a hash": { ...THEIRS, incident_identifier: "0a1b2c" },
  "a list alone": { form: (alert) => [{ alertData: JSON.stringify(alert) }] },
  "another envelope": { form: (alert) => ({ items: [{ alertData: JSON.stringify(alert) }] }) },
};
for (const [name, { form, ...theirs }] of Object.entries(FORMS)) {
  test(`an answer is understood: ${name}`, () => {
    const answer = form === undefined ? answerOf(theirs) : form(THEIRS);
    const { status, alerts, notes } = report(JSON.stringify(answer));
    assert.deepEqual(alerts, [{ payload: 0, index: 0, found: true, duplicate: false, differences: [] }]);
    assert.deepEqual([status, notes], [0, []]);
  });
}

test("what is not understood is named, and nothing of it is guessed", () => {
  const items = [
    { alertData: JSON.stringify({ ...THEIRS, status: "on fire", timestamp: "noon" }) },
    { alertData: JSON.stringify({ tags: { host: "x" } }) },
    { alertData: "not JSON" },
    { alertData: "[1]" },
    { alertData: JSON.stringify({ ...THEIRS, tags: [{ name: "host" }] }) },
    { other: 1 },
    5,
    null,
    { alertData: `{"tags":{"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}},"status":"ok","timestamp":1}` },
  ];
  const { status, alerts, notes } = report(JSON.stringify({ data: { items } }));
  assert.equal(alerts[0].found, true);
  assert.deepEqual([status, alerts[0].differences], [0, []]);
  for (const note of [
    "`status` in `alertData` has a form that is not known here (1 of 9)",
    "`timestamp` in `alertData` has a form that is not known here (1 of 9)",
    "`alertData` has no `status` (1 of 9)",
    "`alertData` has no `timestamp` (1 of 9)",
    "`alertData` is not JSON text of an object (2 of 9)",
    "`tags` in `alertData` is not an object (1 of 9)",
    "an item of the list has no `alertData` (1 of 9)",
    "an item of the list is not an object (2 of 9)",
    "a tag value is nested too deeply (1 of 9)",
  ]) {
    assert.ok(notes.includes(note), `${note} is not in ${notes.join("\n")}`);
  }
});

test("alerts come in any order, with those of other payloads and with duplicates", () => {
  const ok = { ...THEIRS, status: "ok", timestamp: NOON + 60 };
  const others = Array.from({ length: 50 }, (_, at) => ({
    ...THEIRS,
    tags: { host: `db-${at}`, check: "ping", team: "shop" },
  }));
  const payloads = { "1.json": DOWN, "2.json": UP, "3.json": DOWN };
  const answer = JSON.stringify(answerOf(...others.slice(0, 20), ok, ...others.slice(20), THEIRS));
  const found = report(answer, { payloads });
  assert.deepEqual(
    found.alerts.map(({ found, duplicate, differences }) => [found, duplicate, differences.length]),
    [
      [true, false, 0],
      [true, false, 0],
      [true, true, 0],
    ],
  );
  assert.deepEqual([found.status, found.others, found.read], [0, 50, 52]);
  const { stdout } = saved(answer, { payloads });
  assert.match(stdout, /^3 of 3 alerts as at BigPanda, 1 of them a duplicate of another, 50 of 52/);
});

test("an alert with another identity is found by its other values", () => {
  const theirs = { ...THEIRS, tags: { host: "WEB-1", check: "ping", team: "shop" } };
  const { status, alerts } = report(JSON.stringify(answerOf(theirs)));
  const [difference] = alerts[0].differences;
  assert.deepEqual(
    [status, alerts[0].differences.length, difference],
    [
      1,
      1,
      {
        kind: "tag",
        tag: "host",
        here: "web-1",
        bigpanda: "WEB-1",
        pointer: "/config/primary_property/source/0",
        probe: "lowercase-names",
        section: "docs/semantics.md#tags",
      },
    ],
  );
});

test("nothing in common is not found", () => {
  const theirs = { ...THEIRS, tags: { host: "db-9", check: "disk", team: "data" } };
  const { status, alerts, others } = report(JSON.stringify(answerOf(theirs)));
  assert.deepEqual([status, alerts[0].found, others], [1, false, 1]);
  assert.equal(alerts[0].differences[0].kind, "missing");
});

test("digits and types: values are compared as text, and that they have a type is noted", () => {
  const body = JSON.stringify({
    config: {
      ...CONFIG,
      additional_attributes: [
        { name: "n", source: ["n"] },
        { name: "o", source: ["o"] },
      ],
    },
  });
  const payloads = { "p.json": '{"host":"a","check":"b","state":"down","n":12345678901234567890,"o":{"k": 1}}' };
  const data = (n) => `{"status":"critical","timestamp":1,"tags":{"host":"a","check":"b","n":${n},"o":{"k":1}}}`;
  const same = report(JSON.stringify(answerOf(data("12345678901234567890"))), { body, payloads });
  assert.deepEqual([same.status, same.alerts[0].differences], [0, []]);
  assert.ok(same.notes.some((note) => /^2 tag values are numbers, booleans or objects/.test(note)));
  assert.ok(same.notes.includes("the times of 1 alert are those of receipt, which were not compared"));
  const rounded = report(JSON.stringify(answerOf(data("12345678901234567000"))), { body, payloads });
  assert.deepEqual(
    rounded.alerts[0].differences.map(({ tag, here, bigpanda, probe }) => [tag, here, bigpanda, probe]),
    [["n", "12345678901234567890", "12345678901234567000", "number-text"]],
  );
});

test("tags can be left out of the comparison", () => {
  const answer = JSON.stringify(answerOf({ ...THEIRS, tags: { ...TAGS, integration: "x", team: "SHOP" } }));
  assert.equal(report(answer).alerts[0].differences.length, 2);
  const { status, alerts } = report(answer, { args: ["--ignore", "integration", "--ignore", "team"] });
  assert.deepEqual([status, alerts[0].differences], [0, []]);
});

test("names of objects' members in an answer do no harm", () => {
  const theirs = `{"status":"critical","timestamp":${NOON},"tags":{"__proto__":"x","constructor":"y","host":"web-1","check":"ping","team":"shop"}}`;
  const { status, alerts } = report(JSON.stringify(answerOf(theirs)));
  assert.equal(status, 1);
  assert.deepEqual(alerts[0].differences.map(({ tag }) => tag).sort(), ["__proto__", "constructor"]);
});

test("a large answer takes time in proportion", () => {
  const alerts = Array.from({ length: 40_000 }, (_, at) => ({
    ...THEIRS,
    tags: { ...TAGS, host: at % 2 ? "web-1" : `h${at}` },
  }));
  const payloads = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [`${at}.json`, DOWN.replace("shop", `team-${at}`)]),
  );
  const since = performance.now();
  const { status } = report(JSON.stringify(answerOf(...alerts)), { payloads });
  assert.equal(status, 1);
  assert.ok(performance.now() - since < 15_000, `${performance.now() - since} ms`);
});

test("what BigPanda made is saved as cases that `oim test` runs", () => {
  const theirs = { ...THEIRS, tags: { ...TAGS, team: "SHOP" } };
  const cwd = folderOf({
    "body.json": TIMED,
    "alerts.json": answerOf(theirs, { ...THEIRS, status: "ok", timestamp: NOON + 60 }),
    "in/a down.json": DOWN,
    "in/b..up.json": UP,
    "in/c.json": UP.replace("web-1", "nowhere").replace("ping", "x").replace("shop", "y"),
  });
  const run = () =>
    oim(["verify", "body.json", "--payloads", "in", "--alerts", "alerts.json", "--save", "cases"], { cwd });
  assert.match(run().stderr, /^2 cases written to cases\n$/);
  assert.deepEqual(readdirSync(join(cwd, "cases")).sort(), ["001-a-down", "002-b-up", "body.json"]);
  assert.equal(readFileSync(join(cwd, "cases/001-a-down/payload.json"), "utf8"), DOWN);
  const { stdout, status } = oim(["test", "cases"], { cwd });
  assert.match(stdout, /✗ 001-a-down\n {4}alerts\[0\]\.tags\.team\n {6}- "SHOP"\n {6}\+ "shop"\n/);
  assert.match(stdout, /1 passed, 1 failed\n$/);
  assert.equal(status, 1);
  const second = run();
  assert.match(second.stderr, /exists already and is not overwritten/);
  assert.equal(second.status, 2);
});

test("a saved case keeps the time of receipt, rejections and additional tags", async () => {
  const { url } = await mock();
  const config = {
    is_array: true,
    array_source: "alerts",
    status: { ...CONFIG.status, source: ["@alert.state"] },
    primary_property: { name: "host", source: ["@alert.host"] },
    bp_timestamp: { is_selected: true },
  };
  const sample = { alerts: [{ host: "a", state: "up" }] };
  const cwd = folderOf({
    "body.json": JSON.stringify({ config, sample_payload: sample }),
    "p.json": '{"alerts":[{"host":"a","state":"up"},5,{"state":"up"},{"host":"b","state":"down"}]}',
  });
  const at = ["--app-key", "k", "--url", url];
  await oimAsync(["push", "body.json", ...at, "--yes"], { cwd, env });
  const args = ["verify", "body.json", "--payloads", "p.json", ...at, "--send", "--save", "cases"];
  const { status, stdout } = await oimAsync(args, { cwd, env });
  assert.match(stdout, /^refused, in part, as here: p\.json: the element is a number/);
  assert.equal(status, 0, stdout);
  const tested = oim(["test", "cases"], { cwd });
  assert.equal(tested.status, 0, tested.stdout);
  const options = JSON.parse(readFileSync(join(cwd, "cases/001-p/options.json"), "utf8"));
  assert.ok(Math.abs(Date.parse(options.receivedAt) - Date.now()) < 60_000);
});

test("a payload that BigPanda refused is named", async () => {
  const logs = [
    { log_type: "invalid_payload", message: "no such field\u001b[31m", payload: ` ${DOWN} `, timestamp: "x" },
  ];
  const { url } = await hostile(({ url }, response) =>
    response.end(JSON.stringify(url.includes("/logs") ? logs : answerOf())),
  );
  const cwd = folderOf({ "body.json": TIMED, "down.json": DOWN, "up.json": UP });
  const args = [
    "verify",
    "body.json",
    "--payloads",
    "*.json",
    "--payloads",
    "down.json",
    "--app-key",
    "k",
    "--url",
    url,
  ];
  const { stdout, status } = await oimAsync(args.toSpliced(3, 1, "{down,up}.json"), { cwd, env });
  assert.match(stdout, /^refused: down\.json: no such field␛\[31m$/m);
  assert.equal(stdout.match(/refused/g).length, 1);
  assert.equal(status, 1);
});

test("one that BigPanda answers with 400 does not end the others", async () => {
  const { url, asked } = await hostile(({ method }, response, count) => {
    if (method === "POST" && count === 1) response.writeHead(400).end('{"status":400,"errors":["bad field"]}');
    else
      response.end(
        JSON.stringify(method === "POST" ? {} : answerOf({ ...THEIRS, status: "ok", timestamp: NOON + 60 })),
      );
  });
  const cwd = folderOf({ "body.json": TIMED, "down.json": DOWN, "up.json": UP });
  const args = [
    "verify",
    "body.json",
    "--payloads",
    "down.json",
    "--payloads",
    "up.json",
    "--app-key",
    "k",
    "--url",
    url,
  ];
  const { stdout, status } = await oimAsync([...args, "--send", "--wait", "0"], { cwd, env });
  assert.match(stdout, /^refused: down\.json: BigPanda answered 400 bad field$/m);
  assert.equal(status, 1);
  assert.deepEqual(
    asked.map(({ method }) => method),
    ["POST", "POST", "GET", "GET"],
  );
});

/** Runs it against a server; the token must never be printed. */
async function against(url, { args = [], token = TOKEN } = {}) {
  const cwd = folderOf({ "body.json": TIMED, "down.json": DOWN });
  const all = ["verify", "body.json", "--payloads", "down.json", "--app-key", "k", "--url", url, ...args];
  const result = await oimAsync(all, { cwd, env: { BIGPANDA_ORG_TOKEN: token } });
  assert.equal((result.stdout + result.stderr).includes(token), false, "the token is printed");
  return result;
}

test("old alerts are not taken for those that were just sent", async () => {
  for (const [seconds, found] of [
    [-3600, 0],
    [1, 1],
  ]) {
    const processingTime = new Date(Date.now() + seconds * 1000).toISOString();
    const list = [{ alertData: JSON.stringify(THEIRS), processingTime }];
    const { url } = await hostile(({ method }, response) =>
      response.end(JSON.stringify(method === "POST" ? {} : list)),
    );
    const { stdout } = await against(url, { args: ["--send", "--wait", "0", "--format", "json"] });
    assert.equal(JSON.parse(stdout).read, found);
  }
});

test("alerts that come late are waited for", async () => {
  const { url } = await hostile(({ method, url }, response, count) => {
    const late = count > 3;
    response.end(
      JSON.stringify(method === "POST" ? {} : url.includes("/logs") ? [] : answerOf(...(late ? [THEIRS] : []))),
    );
  });
  const { stdout, status } = await against(url, { args: ["--send", "--wait", "30"] });
  assert.match(stdout, /^1 of 1 alerts as at BigPanda/);
  assert.equal(status, 0);
});

test("pages are read to their end, whether they begin with 0 or 1 or are not counted at all", async () => {
  const all = Array.from({ length: 250 }, (_, at) => ({
    alertData: JSON.stringify({ ...THEIRS, tags: { host: `h${at}` } }),
  }));
  all.push({ alertData: JSON.stringify(THEIRS) });
  for (const [first, total] of [
    [0, true],
    [1, true],
    [0, false],
    [1, false],
    [undefined, false],
  ]) {
    const { url } = await hostile(({ url }, response) => {
      const query = new URL(url, "http://x").searchParams;
      const page = first === undefined ? 0 : Number(query.get("page") ?? first) - first;
      const items = all.slice(page * 100, (page + 1) * 100);
      response.end(
        JSON.stringify({ data: { items: url.includes("/logs") ? [] : items, ...(total && { total: all.length }) } }),
      );
    });
    const { stdout } = await against(url, { args: ["--format", "json"] });
    const { read, notes } = JSON.parse(stdout);
    assert.equal(read, first === undefined ? 100 : 251, `${first} ${total}`);
    assert.deepEqual(notes, []);
  }
});

test("pages without end are not read for ever", { timeout: 60_000 }, async () => {
  const { url, asked } = await hostile(({ url }, response, count) => {
    response.end(JSON.stringify(url.includes("/logs") ? [] : { data: { items: [{ alertData: `{"n":${count}}` }] } }));
  });
  const { stdout, status } = await against(url);
  assert.match(stdout, /only the newest 50 alerts were read; there are more/);
  assert.equal(status, 1);
  assert.equal(asked.length, 51);
});

test("429 is waited for, and the requests keep under five a second", async () => {
  const { url, asked } = await hostile((_, response, count) => {
    if (count < 3) response.writeHead(429, { "retry-after": "0" }).end("{}");
    else response.end(JSON.stringify(answerOf(THEIRS)));
  });
  const since = performance.now();
  const { status, stderr } = await against(url);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /429, too many requests/);
  assert.ok(performance.now() - since > (asked.length - 1) * 200);
});

test("the logs may be missing", async () => {
  const { url } = await hostile(({ url }, response) => {
    if (url.includes("/logs")) response.writeHead(403).end("{}");
    else response.end(JSON.stringify(answerOf(THEIRS)));
  });
  const { stdout, status } = await against(url);
  assert.match(stdout, /^note: the payloads that BigPanda refused could not be read: BigPanda answered 403/m);
  assert.equal(status, 0);
});

/** `[what, how it answers, what is said]`; all of them end with 2. */
const NO_GOOD = [
  [
    "a redirect",
    (_, response) => response.writeHead(302, { location: "https://example.test/" }).end(),
    /redirect \(302\), which is not followed/,
  ],
  ["not JSON", (_, response) => response.end("<html>"), /is no list in a form that is known here/],
  ["no list", (_, response) => response.end('{"data":{"items":5}}'), /is no list in a form that is known here/],
  ["not UTF-8", (_, response) => response.end(Buffer.from([0xff])), /not UTF-8/],
  [
    "a wrong token",
    (_, response) => response.writeHead(401).end('{"status":401,"errors":["no\u001b"]}'),
    /401: the token was not accepted; which kind/,
  ],
  [
    "no such integration",
    (_, response) => response.writeHead(404).end("{}"),
    /404: there is no integration with this app key/,
  ],
  ["an error", (_, response) => response.writeHead(500).end("oops"), /answered 500\n {2}oops/],
  [
    "the token in it",
    ({ headers }, response) => response.end(JSON.stringify([{ alertData: headers.authorization }])),
    /has the token in it/,
  ],
  ["a connection that breaks", ({ socket }) => socket.destroy(), /could not be reached/],
  [
    "no end",
    (_, response) => {
      const chunk = `"${"x".repeat(1 << 20)}",`;
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once("drain", more);
      };
      response.write("[");
      more();
    },
    /more than 16 MiB; it was not read/,
  ],
];
for (const [what, answer, said] of NO_GOOD) {
  test(`an answer that is no good: ${what}`, async () => {
    const { url, asked } = await hostile(answer);
    const { status, stdout, stderr } = await against(url);
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /[^\P{Cc}\n]/u);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.equal(asked.length, 1);
  });
}

test("an answer that never ends its first byte is given up", async () => {
  const { url } = await hostile(() => {});
  const cwd = folderOf({
    "body.json": TIMED,
    "down.json": DOWN,
    "soon.cjs":
      "const { timeout } = AbortSignal; AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms === 30_000 ? 300 : ms);",
  });
  const { status, stderr } = await oimAsync(
    ["verify", "body.json", "--payloads", "down.json", "--app-key", "k", "--url", url],
    {
      cwd,
      env: { ...env, NODE_OPTIONS: "--require ./soon.cjs" },
    },
  );
  assert.match(stderr, /did not answer within 30 seconds; nothing was changed\n$/);
  assert.equal(status, 2);
});

/** `[arguments, what is said]`; all of them end with 2, before anything is asked. */
const WRONG = [
  [[], /a body is missing/],
  [["body.json"], /--payloads is missing/],
  [["body.json", "--payloads", "down.json"], /--app-key is missing/],
  [["body.json", "--payloads", "down.json", "--app-key", "k"], /BIGPANDA_ORG_TOKEN is not set/],
  [["body.json", "--payloads", "empty", "--alerts", "alerts.json"], /there is no \.json file in empty\n/],
  [["body.json", "--payloads", "zz*.json", "--alerts", "alerts.json"], /no file matches the pattern/],
  [["body.json", "--payloads", "none.json", "--alerts", "alerts.json"], /none\.json does not exist/],
  [["body.json", "--payloads", "broken.json", "--alerts", "alerts.json"], /error\[json-syntax\]/],
  [["broken.json", "--payloads", "down.json", "--alerts", "alerts.json"], /error\[json-syntax\]/],
  [["body.json", "--payloads", "down.json", "--alerts", "broken.json"], /broken\.json is not a list of alerts/],
  [["body.json", "--payloads", "down.json", "--alerts", "body.json"], /body\.json is not a list of alerts/],
  [["body.json", "--payloads", "down.json", "--alerts", "nothing.json"], /nothing\.json is empty/],
  [["body.json", "--payloads", "down.json", "--alerts", "alerts.json", "--send"], /exclude each other/],
  [["body.json", "--payloads", "down.json", "--app-key", "k", "--wait", "5"], /--wait is for --send only/],
  [
    ["body.json", "--payloads", "down.json", "--send", "--wait", "601"],
    /--wait: expected a whole number from 0 to 600/,
  ],
  [["body.json", "--payloads", "down.json", "--alerts", "alerts.json", "--out", "x"], /--out is for --probe only/],
  [["-", "--payloads", "-", "--alerts", "alerts.json"], /standard input can be read only once/],
  [["--probe", "body.json"], /`body\.json` is not expected/],
  [["--probe", "--send"], /--send is not for --probe/],
];
for (const [args, said] of WRONG) {
  test(`oim verify ${args.join(" ")}`, () => {
    const cwd = folderOf({
      "body.json": TIMED,
      "down.json": DOWN,
      "broken.json": "{",
      "nothing.json": "",
      "alerts.json": answerOf(),
      "empty/x.txt": "x",
    });
    const { status, stdout, stderr } = oim(["verify", ...args], { cwd });
    assert.match(stderr, said);
    assert.deepEqual([status, stdout], [2, ""]);
  });
}
