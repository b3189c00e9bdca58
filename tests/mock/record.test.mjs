/** `record`: what tools send, kept as files. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { call, withMock } from "./support.mjs";

const folder = mkdtempSync(join(tmpdir(), "oim-record-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const fresh = (name) => join(folder, name, "requests");
const SECRETS = ["SECRET-1", "SECRET-2", "SECRET-3", "SECRET-4", "SECRET-5", "SECRET-6"];
const send = (url, body, { path = "/oim/api/alerts", headers = {} } = {}) =>
  call(url, { method: "POST", path, headers: { authorization: "Bearer SECRET-1", ...headers }, body });
const all = (path) => readdirSync(path).sort();
const textOf = (path, name) => readFileSync(join(path, name), "utf8");

test("bodies are kept as they came, without what gives access", async () => {
  const record = fresh("bodies");
  const body = '{ "host": "web-1",\n  "n": 1.10 }';
  await withMock({ record, clock: () => Date.UTC(2026, 0, 31) }, async ({ url }) => {
    const headers = {
      "content-type": "application/json",
      "user-agent": "Grafana",
      cookie: "SECRET-2",
      "x-auth-token": "SECRET-3",
      "x-app-key": "SECRET-4",
      "x-custom": "SECRET-5",
    };
    // There is no configuration: what a tool sends is to be seen before one is written.
    const { status } = await send(url, body, {
      headers,
      path: "/oim/grafana/alerts?app_key=SECRET-6&access_token=SECRET-1",
    });
    assert.equal(status, 404);
    await send(url, "down: web-1");
    await send(url, Buffer.from([0xff, 0x00]));
    await send(url, "");
  });
  const names = ["000001-grafana", "000002-api", "000003-api", "000004-api"];
  const kinds = ["json", "txt", "txt", "txt"];
  assert.deepEqual(all(record), names.flatMap((name, at) => [`${name}.headers`, `${name}.${kinds[at]}`]).sort());
  assert.equal(textOf(record, "000001-grafana.json"), body);
  assert.equal(textOf(record, "000002-api.txt"), "down: web-1");
  assert.deepEqual(readFileSync(join(record, "000003-api.txt")), Buffer.from([0xff, 0x00]));
  assert.match(
    textOf(record, "000001-grafana.headers"),
    /^POST \/oim\/grafana\/alerts\nreceived 2026-01-31T00:00:00\.000Z\ncontent-type: application\/json\n(content-length: 32\n|transfer-encoding: chunked\n)user-agent: Grafana\n$/,
  );
  for (const name of all(record))
    for (const secret of SECRETS) assert.equal(textOf(record, name).includes(secret), false);
});

test("names are safe whatever the path is", async () => {
  const record = fresh("names");
  await withMock({ record }, async ({ url }) => {
    for (const kind of ["..%2F..%2Fx", "%00", "CON", "%0d%0aX", "a".repeat(3000), "%F0%9F%90%BC", "."]) {
      await send(url, "{}", { path: `/oim/${kind}/alerts` });
    }
  });
  const names = all(record);
  assert.equal(names.length, 14);
  for (const name of names) assert.match(name, /^\d{6}-[a-z0-9_-]{1,40}\.(json|headers)$/);
  for (const name of names.filter((one) => one.endsWith(".headers")))
    assert.equal(textOf(record, name).split("\n")[1].slice(0, 9), "received ");
});

test("what is refused before its body is read is not kept", async () => {
  const record = fresh("refused");
  await withMock({ record, tokens: ["SECRET-1"], bodyLimit: 10 }, async ({ url }) => {
    const answers = [
      await call(url, { method: "POST", path: "/oim/api/alerts", headers: {}, body: "{}" }),
      await send(url, "{}", { headers: { authorization: "Bearer other" } }),
      await send(url, "{}", { headers: { host: "evil.example" } }),
      await send(url, '{"a":"too long"}'),
      await call(url, {
        method: "POST",
        path: "/configurations/alerts/oim/k",
        headers: { authorization: "Bearer SECRET-1" },
        body: "{}",
      }),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 403, 413, 415],
    );
  });
  assert.deepEqual(all(record), []);
});

test("numbers go on after a restart, what is half is removed, other files stay", async () => {
  const record = fresh("again");
  mkdirSync(record, { recursive: true });
  const half = "000008-api.01234567-89ab-cdef-0123-456789abcdef.tmp";
  for (const name of ["000007-api.json", half, "mine.json"]) writeFileSync(join(record, name), "[]");
  await withMock({ record }, ({ url }) => Promise.all(Array.from({ length: 5 }, () => send(url, "{}"))));
  const json = all(record).filter((name) => name.endsWith(".json"));
  assert.deepEqual(json, [...[7, 8, 9, 10, 11, 12].map((n) => `${String(n).padStart(6, "0")}-api.json`), "mine.json"]);
  assert.equal(all(record).includes(half), false);
});

test("the number of requests is bounded, which is reported once", async () => {
  const record = fresh("full");
  mkdirSync(record, { recursive: true });
  for (let number = 1; number < 1000; number += 1)
    writeFileSync(join(record, `${String(number).padStart(6, "0")}-api.json`), "");
  const reported = [];
  await withMock({ record, warn: (text) => reported.push(text) }, async ({ url }) => {
    for (let count = 0; count < 3; count += 1) assert.equal((await send(url, "{}")).status, 400);
  });
  assert.equal(all(record).filter((name) => name.endsWith(".json")).length, 1000);
  assert.equal(reported.length, 1);
  assert.match(reported[0], /nothing more is recorded in ".*": it may hold 1000 requests and 256 MiB/);
});

test("a folder that goes away is reported once and keeps no event from its answer", async () => {
  const record = fresh("gone");
  const reported = [];
  await withMock({ record, warn: (text) => reported.push(text) }, async ({ url }) => {
    rmSync(record, { recursive: true });
    for (let count = 0; count < 2; count += 1) assert.equal((await send(url, "{}")).status, 400);
  });
  assert.equal(reported.length, 1);
  assert.match(reported[0], /could not be recorded/);
});
