/** What the mock shows of the events that were sent to it: their alerts, and the payloads that were refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AUTHORIZED, BODY, checked, CONFIG, CONFIGURATION, POST, SAMPLE, withMock } from "./support.mjs";

const ALERTS = "/resources/v2.1/integration-alerts";
const LOGS = "/resources/v2.0/troubleshooting/logs";
const START = Date.UTC(2026, 0, 31, 12);

const send = (url, body, key = "key-1") => checked(url, { ...POST, path: `/oim/api/alerts?app_key=${key}`, body });
const list = async (url, path, query = "app_key=key-1") => {
  const { status, text } = await checked(url, { path: `${path}?${query}` });
  assert.equal(status, 200, text);
  return JSON.parse(text).data;
};
const alertsIn = ({ items }) => items.map(({ alertData }) => JSON.parse(alertData));

test("the alerts of an integration, newest first, with all that the engine made", async () => {
  let now = START;
  await withMock({ clock: () => now }, async ({ url }) => {
    await checked(url, { ...POST, path: CONFIGURATION, body: BODY });
    await checked(url, { ...POST, path: CONFIGURATION.replace("key-1", "key-2"), body: BODY });
    assert.deepEqual(await list(url, ALERTS), { items: [], total: 0 });
    await send(url, '{"host":"a","state":"up"}');
    await send(url, '{"host":"other","state":"up"}', "key-2");
    now += 1000;
    await send(url, '{"host":12345678901234567890,"state":"down"}');
    const found = await list(url, ALERTS);
    assert.equal(found.total, 2);
    assert.deepEqual(
      found.items.map(({ processingTime }) => processingTime),
      ["2026-01-31T12:00:01.000Z", "2026-01-31T12:00:00.000Z"],
    );
    const [last, first] = alertsIn(found);
    assert.deepEqual(last, {
      status: "critical",
      timestamp: START / 1000 + 1,
      primary_property: "host",
      secondary_property: null,
      incident_identifier: ["12345678901234567890"],
      tags: { host: "12345678901234567890" },
    });
    assert.equal(first.tags.host, "a");
  });
});

test("pages, and the time from which on", async () => {
  let now = START;
  await withMock({ clock: () => now }, async ({ url }) => {
    await checked(url, { ...POST, path: CONFIGURATION, body: BODY });
    for (let count = 0; count < 7; count += 1) {
      await send(url, JSON.stringify({ host: `h${count}`, state: "up" }));
      now += 1000;
    }
    const hosts = async (query) =>
      alertsIn(await list(url, ALERTS, `app_key=key-1&${query}`)).map(({ tags }) => tags.host);
    assert.deepEqual(await hosts("limit=3"), ["h6", "h5", "h4"]);
    assert.deepEqual(await hosts("limit=3&page=2"), ["h3", "h2", "h1"]);
    assert.deepEqual(await hosts("limit=3&page=3"), ["h0"]);
    assert.deepEqual(await hosts("limit=3&page=4"), []);
    for (const since of [START / 1000 + 5, START + 5000, "2026-01-31T12:00:05Z"]) {
      assert.deepEqual(await hosts(`since=${since}`), ["h6", "h5"], since);
    }
    for (const query of [
      "limit=0",
      "limit=1001",
      "limit=x",
      "page=0",
      "page=-1",
      "since=soon",
      "since=",
      "page=1&page=2",
    ]) {
      const { status } = await checked(url, { path: `${ALERTS}?app_key=key-1&${query}` });
      assert.equal(status, 400, query);
    }
  });
});

test("payloads that were refused, and those of which a part gives no alert", async () => {
  await withMock({ clock: () => START }, async ({ url }) => {
    await checked(url, { ...POST, path: CONFIGURATION, body: BODY });
    await send(url, '{"host":');
    await send(url, '{"state":"up"}');
    await send(url, '{"host":"a"}');
    const { items, total } = await list(url, LOGS, "");
    assert.equal(total, 2);
    assert.deepEqual(
      items.map(({ log_type, payload, timestamp, app_key }) => [log_type, payload, timestamp, app_key]),
      ['{"state":"up"}', '{"host":'].map((payload) => [
        "invalid_payload",
        payload,
        "2026-01-31T12:00:00.000Z",
        "key-1",
      ]),
    );
    assert.match(items[0].message, /no primary value/);
    assert.match(items[1].message, /ends/);
  });
});

test("who may read, and of which integration", async () => {
  await withMock({ tokens: ["token-1"], appKeys: ["key-1"] }, async ({ url }) => {
    for (const path of [`${ALERTS}?app_key=key-1`, LOGS]) {
      for (const headers of [{}, { authorization: "Bearer other" }]) {
        assert.equal((await checked(url, { path, headers })).status, 401);
      }
      assert.equal((await checked(url, { path, method: "POST", headers: AUTHORIZED, body: "{}" })).status, 405);
      assert.equal((await checked(url, { path, headers: { ...AUTHORIZED, host: "evil.example" } })).status, 403);
      assert.equal((await checked(url, { path })).status, 200);
    }
    assert.equal((await checked(url, { path: ALERTS })).status, 400);
    assert.equal((await checked(url, { path: `${ALERTS}?app_key=` })).status, 400);
    assert.equal((await checked(url, { path: `${ALERTS}?app_key=other` })).status, 404);
  });
  await withMock({ rate: 1, clock: () => START }, async ({ url }) => {
    assert.equal((await checked(url, { path: `${ALERTS}?app_key=k` })).status, 200);
    assert.equal((await checked(url, { path: LOGS })).status, 429);
  });
});

test("memory is bounded: the oldest alerts and payloads make room", async () => {
  const config = {
    ...CONFIG,
    is_array: true,
    array_source: "",
    primary_property: { name: "host", source: ["@alert.host"] },
  };
  const many = (count, start) => JSON.stringify(Array.from({ length: count }, (_, at) => ({ host: `h${start + at}` })));
  await withMock({}, async ({ url }) => {
    const body = JSON.stringify({ config, sample_payload: [{ ...SAMPLE, state: "up" }] });
    const { status, text } = await checked(url, {
      ...POST,
      path: CONFIGURATION,
      body: body.replace('"state"', '"@alert.state"'),
    });
    assert.equal(status, 200, text);
    for (let round = 0; round < 3; round += 1) await send(url, many(1500, round * 1500));
    const found = await list(url, ALERTS);
    assert.equal(found.total, 2000);
    assert.equal(alertsIn(found)[0].tags.host, "h4499");
    for (let round = 0; round < 12; round += 1) await send(url, `{${" ".repeat(5 << 20)}`);
    assert.ok((await list(url, LOGS, "limit=1")).total <= 6);
  });
});
