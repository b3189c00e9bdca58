/** What the mock answers to what. A row of a table is a mock and what happens to it, in order. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import {
  createMock,
  withMock,
  AUTHORIZED,
  BODY,
  BODY_V2,
  checked,
  CONFIG,
  CONFIGURATION,
  POST,
  SAMPLE,
} from "./support.mjs";

const START = Date.UTC(2026, 0, 31, 12);
const MIB = 1024 * 1024;
const JSON_TYPE = { "content-type": "application/json" };

const get = (expect, more = {}) => ({ path: CONFIGURATION, expect, ...more });
const post = (body, expect, more = {}) => ({ ...POST, path: CONFIGURATION, body, expect, ...more });
const event = (body, expect, more = {}) => ({ ...POST, path: "/oim/api/alerts?app_key=key-1", body, expect, ...more });
const wait = (milliseconds) => ({ wait: milliseconds });
const bodyOf = (config, sample) =>
  JSON.stringify({ config: { ...CONFIG, ...config }, sample_payload: sample ?? SAMPLE });
const padded = (text, size) => text + " ".repeat(size - Buffer.byteLength(text));
const times = (count, step) => Array.from({ length: count }, () => step);

const EXACT =
  '{"config": {"status":{"source":["state"],"status_map":{},"default_to":"ok"},"primary_property":{"source":["host"]}}, "sample_payload": {"host":9007199254740993,"n":[1.10,1e400,-0],"\\u0041":"\\ud800","state":""}}';
const EVENT = '{"app_key":"key-1","host":"db-2","state":"up"}';
const TAKEN = '{"status":201,"data":{}}';

/** `[name, options, ...steps]`; a step expects a status, alone or with what the text, its JSON or a header has to be. */
const CASES = [
  // Tokens and app keys.
  ["no token", {}, get(401, { headers: {} }), post(BODY, [401, /token is missing/], { headers: JSON_TYPE })],
  ["another scheme", {}, get(401, { headers: { authorization: "Token token-1" } })],
  ["a scheme in other case", {}, get(404, { headers: { authorization: "bEARER token-1" } })],
  ["an empty token", {}, get(401, { headers: { authorization: "Bearer " } })],
  ["two words as a token", {}, get(401, { headers: { authorization: "Bearer a b" } })],
  ["an unknown token", { tokens: ["token-2"] }, get([401, /not valid/, { "www-authenticate": "Bearer" }])],
  ["a known token", { tokens: ["token-2", "token-1"] }, get(404)],
  ["an unknown app key", { appKeys: ["key-2"] }, get([404, /`key-1`/]), post(BODY, 404)],
  ["a known app key", { appKeys: ["key-2", "key-1"] }, post(BODY, 200)],
  ["an app key that is a prefix of a known one", { appKeys: ["key-12"] }, post(BODY, 404)],

  // Create, update, retrieve.
  ["nothing there yet", {}, get([404, /has no configuration yet.*not documented by BigPanda/])],
  ["create, then retrieve", {}, post(BODY, [200, JSON.parse(BODY)]), get([200, JSON.parse(BODY)])],
  ["numbers and escapes stay as written", {}, post(EXACT, [200, EXACT]), get([200, EXACT])],
  ["a byte order mark is skipped", {}, post(`\ufeff${BODY}`, [200, JSON.parse(BODY)])],
  ["of equal keys the last one counts", {}, post(`{"config":5,${BODY.slice(1)}`, [200, JSON.parse(BODY)])],
  ["a key written with an escape", {}, post(BODY.replace("config", "c\\u006fnfig"), [200, JSON.parse(BODY)])],
  ["further members are not stored", {}, post(`{"x":1,${BODY.slice(1)}`, [200, JSON.parse(BODY)])],
  ["sample as text", {}, post(bodyOf({}, JSON.stringify(SAMPLE)), 200)],
  ["create without a sample", {}, post(JSON.stringify({ config: CONFIG }), [400, /`sample_payload` is missing/])],
  ["create with a blank sample", {}, post(bodyOf({}, ""), [400, /blank/]), get(404)],
  ["update with a blank sample", {}, post(BODY, 200), post(bodyOf({}, ""), [200, /"sample_payload": ""/])],
  [
    "update without a sample",
    {},
    post(BODY, 200),
    post(JSON.stringify({ config: CONFIG }), 400),
    get([200, JSON.parse(BODY)]),
  ],
  [
    "an update takes the place of all",
    {},
    post(bodyOf({ force_lowercase: true }), 200),
    post(BODY, 200),
    get([200, JSON.parse(BODY)]),
  ],
  ["keys are kept apart", {}, post(BODY, 200), get(404, { path: `${CONFIGURATION.slice(0, -5)}KEY-1` })],
  [
    "an escaped key is the same key",
    {},
    post(BODY, 200),
    get(200, { path: CONFIGURATION.replace("key-1", "%6Bey%2d1") }),
  ],
  ["a key with a slash in it", {}, post(BODY, 200, { path: "/configurations/alerts/oim/..%2F..%2Fx" }), get(404)],
  ["a key with a null and an emoji", {}, post(BODY, 200, { path: "/configurations/alerts/oim/%00%F0%9F%90%BC" })],

  // What the validator says.
  [
    "the errors, one text each",
    {},
    post('{"config": {"status": 5, "primary_property": {"name": "A b", "source": []}}}', [
      400,
      ({ errors }) => {
        assert.equal(errors.length, 4);
        assert.ok(
          errors.some((text) => /\(\/config\/status\); give an object/.test(text)),
          errors.join("\n"),
        );
      },
    ]),
  ],
  ["syntax is reported with its place", {}, post('{\n "config": }', [400, /\(line 2, column 12\)/])],
  ["an empty body", {}, post("", [400, /empty/])],
  ["not UTF-8", {}, post(Buffer.from([0x7b, 0xff, 0x7d]), [400, /UTF-8/])],
  ["a bare configuration", {}, post(JSON.stringify(CONFIG), 400)],
  ["something of each version", {}, post(bodyOf({ version: "2.0" }), [400, /mixes two versions/])],
  ["version 2 is stored and given back as it was sent", {}, post(BODY_V2, 200), get([200, JSON.parse(BODY_V2)])],
  [
    "one version takes the place of the other",
    {},
    post(BODY, 200),
    post(BODY_V2, 200),
    get([200, JSON.parse(BODY_V2)]),
    post(BODY, 200),
    get([200, JSON.parse(BODY)]),
  ],
  ["an error of version 2", {}, post(BODY_V2.replace("host =", "host is"), [400, /event_filter/]), get(404)],
  ["warnings are no errors", {}, post(bodyOf({ unknown_attribute: 1 }), 200)],
  [
    "a field that the sample lacks",
    {},
    post(bodyOf({ secondary_property: { name: "check", source: ["check"] } }), [400, /`check`/]),
  ],
  [
    "the same, lenient",
    { sampleCoverage: "lenient" },
    post(bodyOf({ secondary_property: { name: "check", source: ["check"], default_to: "x" } }), 200),
  ],
  ["nesting without end", {}, post(`{"config":${"[".repeat(100_000)}`, 400)],

  // Media types, encodings, sizes.
  ["no content type", {}, post(BODY, [415, /missing/], { headers: AUTHORIZED })],
  [
    "another content type",
    {},
    post(BODY, [415, /text\/plain/], { headers: { ...AUTHORIZED, "content-type": "text/plain" } }),
  ],
  [
    "a charset that is UTF-8",
    {},
    post(BODY, 200, { headers: { ...AUTHORIZED, "content-type": 'Application/JSON; charset="UTF-8"' } }),
  ],
  [
    "a charset that is not",
    {},
    post(BODY, 415, { headers: { ...AUTHORIZED, "content-type": "application/json; charset=latin1" } }),
  ],
  ["compressed", {}, post(gzipSync(BODY), [415, /gzip/], { headers: { ...POST.headers, "content-encoding": "gzip" } })],
  [
    "not compressed, and saying so",
    {},
    post(BODY, 200, { headers: { ...POST.headers, "content-encoding": "identity" } }),
  ],
  ["chunks", {}, post(BODY, 200, { headers: { ...POST.headers, "transfer-encoding": "chunked" } })],
  ["6 MiB", {}, post(padded(BODY, 6 * MIB), 200), event(padded(EVENT, 6 * MIB), 201)],
  ["6 MiB and a byte", {}, post(padded(BODY, 6 * MIB + 1), [413, /6291456/]), event(padded(EVENT, 6 * MIB + 1), 413)],
  [
    "the same in chunks",
    {},
    post(padded(BODY, 6 * MIB + 1), 413, { headers: { ...POST.headers, "transfer-encoding": "chunked" } }),
  ],
  ["a limit for tests", { bodyLimit: 500 }, post(padded(BODY, 500), 200), post(padded(BODY, 501), 413)],
  ["an expectation that nobody knows", {}, get(417, { headers: { ...AUTHORIZED, expect: "the best" } })],
  ["headers without end", {}, get(431, { headers: { ...AUTHORIZED, x: "x".repeat(17 * 1024) } })],

  // Paths and methods.
  ...[
    "/",
    "//",
    "/configurations",
    "/configurations/alerts/oim/",
    "//configurations/alerts/oim/key-1",
    "/oim//alerts",
    "/configurations/alerts/oim/key-1/",
    "/configurations/alerts//oim/key-1",
    "/Configurations/alerts/oim/key-1",
    "/configurations/alerts/oim/key-1/versions",
    "/oim/alerts",
    "/oim/api/alerts/",
    "/x/../openapi.json",
    "/openapi.json/",
  ].map((path) => [`path ${path}`, {}, get([404, { status: 404, errors: [`Route ${path} is not found`] }], { path })]),
  [
    "a query and a fragment are no part of the path",
    {},
    get(404, { path: `${CONFIGURATION}?a=%ff#/x` }),
    get(200, { path: "/openapi.json?x" }),
  ],
  ["an address as the target", {}, get(200, { path: "http://example.test/openapi.json" })],
  [
    "broken percent-encoding",
    {},
    ...["%", "%f", "%zz", "%ff", "a%c3b"].map((key) =>
      get([400, /percent/], { path: `/configurations/alerts/oim/${key}` }),
    ),
  ],
  ...["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "PROPFIND"].flatMap((method) => [
    [`${method} of a configuration`, {}, get([405, /./, { allow: "GET, POST" }], { method })],
    [`${method} of events`, {}, get([405, /./, { allow: "POST" }], { method, path: "/oim/api/alerts" })],
    [`${method} of the document`, {}, get([405, /./, { allow: "GET" }], { method, path: "/openapi.json" })],
  ]),
  ["405 comes before 401", {}, get(405, { method: "PUT", headers: {} })],

  // The rate and the ten minutes.
  [
    "five a second",
    { rate: undefined },
    ...times(5, get(404)),
    get([429, /5 requests/]),
    wait(999),
    get(429),
    wait(1),
    get(404),
  ],
  ["the window slides", { rate: 2 }, get(404), wait(600), get(404), wait(400), get(404), get(429), wait(600), get(404)],
  ["refused requests do not count", { rate: 1 }, get(404), ...times(5, get(429)), wait(1000), get(404)],
  ["each token has its own", { rate: 1 }, get(404), get(404, { headers: { authorization: "Bearer b" } }), get(429)],
  [
    "events and configurations count together",
    { rate: 2 },
    post(BODY, 200),
    event(EVENT, 201),
    event(EVENT, 429),
    get(429),
  ],
  [
    "a refused token does not count",
    { rate: 1, tokens: ["token-1"] },
    get(401, { headers: { authorization: "Bearer b" } }),
    get(404),
  ],
  ["no limit", { rate: 0 }, ...times(20, get(404))],
  ["a clock that is set back", { rate: 1 }, get(404), wait(-60_000), get(404)],
  ["no header says when to retry", { rate: 1 }, get(404), get([429, /./, { "retry-after": undefined }])],
  [
    "ten minutes after the installation",
    { installedAt: new Date(START - 1) },
    post(BODY, [409, /wait 10 min and/]),
    get(404),
    wait(168_001),
    post(BODY, [409, /first 10 min .*wait 7 min 12 s/]),
    wait(431_997),
    post(BODY, [409, /wait 1 s/]),
    wait(1),
    post(BODY, 200),
  ],
  [
    "installed at different times",
    { installedAt: { "key-1": START, "key-2": "2026-01-31" } },
    post(BODY, 409),
    post(BODY, 200, { path: "/configurations/alerts/oim/key-2" }),
    post(BODY, 200, { path: "/configurations/alerts/oim/key-3" }),
  ],
  ["another wait", { installedAt: START, wait: 5000 }, post(BODY, [409, /wait 5 s/]), wait(5000), post(BODY, 200)],

  // Events.
  ["an event before there is a configuration", {}, event(EVENT, [404, /no configuration/])],
  [
    "an event",
    {},
    post(BODY, 200),
    event(EVENT, [201, TAKEN]),
    event(EVENT, [201, TAKEN], { path: "/oim/zabbix/alerts" }),
  ],
  [
    "JSON that is no event",
    {},
    post(BODY, 200),
    ...["-5", ' "text"', "true", "null"].map((text) => event(text, [400, /an event is a JSON object, or an array/])),
    event(` [${EVENT}]`, 201),
    event(`\ufeff ${EVENT}`, 201),
  ],
  [
    "an event, explained",
    {},
    post(BODY, 200),
    event(
      EVENT,
      [
        201,
        ({ data }) => {
          const tags = { host: "db-2" };
          const alert = {
            index: 0,
            status: "ok",
            timestamp: START / 1000,
            primary_property: "host",
            secondary_property: null,
          };
          assert.deepEqual(data, {
            alerts: [{ ...alert, incident_identifier: ["db-2"], tags }],
            rejected: [],
            diagnostics: [],
          });
        },
      ],
      { path: "/oim/api/alerts?explain=1" },
    ),
  ],
  [
    "an event that gives no alert",
    {},
    post(BODY, 200),
    event("{}", [201, TAKEN]),
    event(
      "{}",
      [
        201,
        ({ data }) => {
          assert.equal(data.rejected[0].code, "primary-empty");
        },
      ],
      { path: "/oim/api/alerts?explain=1&app_key=key-1" },
    ),
  ],
  [
    "an event that the filter of version 2 drops",
    {},
    post(BODY_V2, 200),
    event('{"host":"lab","state":"up"}', [201, /"alerts":\[\],"rejected":\[\{[^}]*"code":"event-filtered"/], {
      path: "/oim/api/alerts?explain=1&app_key=key-1",
    }),
    event(EVENT, [201, ({ data }) => assert.deepEqual([data.alerts.length, data.partial], [1, undefined])], {
      path: "/oim/api/alerts?explain=1&app_key=key-1",
    }),
  ],
  [
    "an event under a configuration that is not wholly simulated",
    {},
    post(BODY_V2.replace('"version"', '"preprocessing":[{"id":"split"}],"version"'), 200),
    event(EVENT, [201, TAKEN]),
    event(
      EVENT,
      [
        201,
        ({ data }) => {
          assert.equal(data.partial, true);
          assert.deepEqual(
            data.diagnostics.map(({ code, document, pointer }) => [code, document, pointer]),
            [["not-simulated", "body", "/config/preprocessing"]],
          );
        },
      ],
      { path: "/oim/api/alerts?explain=1&app_key=key-1" },
    ),
  ],
  [
    "the newest rules count",
    {},
    post(BODY, 200),
    event(EVENT, 201),
    post(bodyOf({ primary_property: { name: "node", source: ["host"] } }), 200),
    event(EVENT, [201, /"node":"db-2"/], { path: "/oim/api/alerts?explain=1" }),
  ],
  [
    "another value of explain",
    {},
    post(BODY, 200),
    event(EVENT, [201, TAKEN], { path: "/oim/api/alerts?explain=yes" }),
  ],
  [
    "an event that is not JSON",
    {},
    post(BODY, 200),
    event("{", [400, /line 1, column 2/]),
    event("", 400),
    event(Buffer.from([0xff]), 400),
  ],
  [
    "an event without an app key",
    {},
    event("{}", [400, /app key is missing/], { path: "/oim/api/alerts" }),
    event("[]", 400, { path: "/oim/api/alerts" }),
    event('{"app_key":5}', 400, { path: "/oim/api/alerts" }),
    event('{"app_key":""}', 400, { path: "/oim/api/alerts?app_key=" }),
  ],
  ["an event to an unknown app key", { appKeys: ["key-2"] }, event(EVENT, [404, /no integration/])],
  ["an event without a content type", {}, post(BODY, 200), event(EVENT, 201, { headers: AUTHORIZED })],
  [
    "a compressed event",
    {},
    post(BODY, 200),
    event(gzipSync(EVENT), 415, { headers: { ...AUTHORIZED, "content-encoding": "gzip" } }),
  ],
  ["an event without a token", {}, event(EVENT, 401, { headers: {} })],
  ["the ten minutes are not for events", {}, post(BODY, 200), event(EVENT, 201)],
  [
    "the token, in its places",
    { tokens: ["t"] },
    ...[
      [404, "?access_token=t", {}],
      [404, "", { authorization: "Bearer t" }],
      [404, "", { "x-auth-token": "t" }],
      [401, "?access_token=u", { authorization: "Bearer t" }],
      [401, "", { authorization: "Bearer u", "x-auth-token": "t" }],
      [404, "?access_token=", { "x-auth-token": "t" }],
      [404, "?access_token=t&access_token=u", {}],
    ].map(([status, query, headers]) => event(EVENT, status, { path: `/oim/api/alerts${query}`, headers })),
  ],
  [
    "the app key, in its places",
    { appKeys: ["key-1"] },
    post(BODY, 200),
    ...[
      [201, "?app_key=key-1", {}, "{}"],
      [201, "", { "x-app-key": "key-1" }, "{}"],
      [201, "", { app_key: "key-1" }, "{}"],
      [201, "", {}, EVENT],
      [404, "?app_key=b", { "x-app-key": "key-1" }, EVENT],
      [404, "", { "x-app-key": "b", app_key: "key-1" }, EVENT],
      [404, "", { app_key: "b" }, EVENT],
    ].map(([status, query, headers, body]) =>
      event(body, status, { path: `/oim/api/alerts${query}`, headers: { ...AUTHORIZED, ...headers } }),
    ),
  ],
];

for (const [name, options, ...steps] of CASES) {
  test(name, async () => {
    let now = START;
    await withMock({ clock: () => now, ...options }, async ({ url }) => {
      for (const step of steps) {
        now += step.wait ?? 0;
        if (step.expect !== undefined) verify(await checked(url, step), [step.expect].flat());
      }
    });
  });
}

function verify({ status, headers, text }, [expected, content, wanted = {}]) {
  assert.equal(status, expected, text.slice(0, 1000));
  if (typeof content === "string") assert.equal(text, content);
  else if (typeof content === "function") content(JSON.parse(text));
  else if (content instanceof RegExp) assert.match(`${text} `, content);
  else if (content !== undefined) assert.deepEqual(JSON.parse(text), content);
  for (const [header, value] of Object.entries(wanted)) assert.equal(headers[header], value, header);
}

const WRONG = [
  ...[
    5,
    null,
    [],
    { prot: 1 },
    { port: -1 },
    { port: 65_536 },
    { port: "80" },
    { host: "" },
    { data: "" },
    { data: "a\0" },
  ],
  ...[{ tokens: "a" }, { tokens: [""] }, { appKeys: [5] }, { installedAt: "soon" }, { installedAt: { a: Number.NaN } }],
  ...[
    { installedAt: new Date(Number.NaN) },
    { wait: -1 },
    { rate: 0.5 },
    { bodyLimit: 6 * MIB + 1 },
    { sampleCoverage: "no" },
  ],
  ...[{ clock: 5 }, { clock: () => "now" }, { warn: "no" }],
];

for (const options of WRONG) {
  test(`wrong options: ${JSON.stringify(options)}`, async () => {
    await assert.rejects(
      createMock(options).then((mock) => mock.close()),
      (error) => {
        assert.ok(error instanceof TypeError, error.stack);
        return /^options/.test(error.message);
      },
    );
  });
}

test("the stored text can be asked for without HTTP", async () => {
  await withMock({}, async (mock) => {
    assert.equal(mock.configuration("key-1"), null);
    await checked(mock.url, { ...POST, path: CONFIGURATION, body: EXACT });
    assert.equal(mock.configuration("key-1"), EXACT);
  });
});

test("a mock listens on loopback and ends, also twice, with a connection left open", async () => {
  const mock = await createMock();
  assert.match(mock.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(Number(new URL(mock.url).port), mock.port);
  const socket = connect(mock.port, "127.0.0.1");
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("connect", resolve));
  const since = Date.now();
  await Promise.all([mock.close(), mock.close()]);
  await mock[Symbol.asyncDispose]?.();
  assert.ok(Date.now() - since < 5000);
  await assert.rejects(checked(mock.url, { path: "/" }), { code: "ECONNREFUSED" });
});

test("a request for a foreign host name is refused, against DNS rebinding", async () => {
  const { request } = await import("node:http");
  const ask = (url, host) =>
    new Promise((resolve, reject) => {
      const sent = request(`${url}/openapi.json`, { headers: { host } }, (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode));
      });
      sent.on("error", reject).end();
    });
  const mock = await createMock({ allowedHosts: ["Mock.test"] });
  try {
    for (const host of ["localhost", "LOCALHOST:1", "a.localhost", "127.0.0.1:80", "[::1]:80", "mock.test:7646"]) {
      assert.equal(await ask(mock.url, host), 200, host);
    }
    for (const host of ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "mock.test.evil"]) {
      assert.equal(await ask(mock.url, host), 403, host);
    }
  } finally {
    await mock.close();
  }
});
