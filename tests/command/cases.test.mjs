/** `oim test`: cases, updates, formats, coverage. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BODY, CONFIG, folderOf, oim, SAMPLE } from "./support.mjs";

const EXPECTED = {
  alerts: [
    {
      index: 0,
      status: "critical",
      timestamp: 946684800,
      primary_property: "host",
      secondary_property: "check",
      incident_identifier: ["web-1", "ping"],
      tags: { check: "ping", host: "web-1" },
    },
  ],
  rejected: [],
};
const FILES = {
  "body.json": BODY,
  "down/payload.json": SAMPLE,
  "down/expected.json": EXPECTED,
  "up/payload.json": { ...SAMPLE, state: "up" },
  "up/expected.json": [{ ...EXPECTED.alerts[0], status: "ok" }],
  "node_modules/x/payload.json": "{",
  ".hidden/payload.json": "{",
};

test("cases pass, and what they do not reach is reported", () => {
  const cwd = folderOf(FILES);
  const { status, stdout, stderr } = oim(["test"], { cwd });
  assert.equal(stderr, "");
  assert.equal(
    stdout,
    `✓ down
✓ up

coverage of body.json: 83 % (5 of 6)
  never hit: default "critical" /config/status/default_to

2 passed, 0 failed
`,
  );
  assert.equal(status, 0);
  assert.equal(oim(["test", cwd]).stdout.includes("✓ down\n✓ up\n"), true);
  assert.match(oim(["test", "--filter", "up"], { cwd }).stdout, /^✓ up\n[^]*\n1 passed, 0 failed\n$/);
});

test("a difference is shown by its place", () => {
  const cwd = folderOf({
    ...FILES,
    "down/expected.json": {
      ...EXPECTED,
      alerts: [{ ...EXPECTED.alerts[0], status: "ok", tags: { host: "web-2", "a b": "x" } }],
    },
  });
  const { status, stdout } = oim(["test"], { cwd });
  assert.match(
    stdout,
    /^✗ down\n {4}alerts\[0\]\.status\n {6}- "ok"\n {6}\+ "critical"\n {4}alerts\[0\]\.tags\.host\n {6}- "web-2"\n {6}\+ "web-1"\n {4}alerts\[0\]\.tags\["a b"\]\n {6}- "x"\n {6}\+ \(nothing\)\n {4}alerts\[0\]\.tags\.check\n {6}- \(nothing\)\n {6}\+ "ping"\n✓ up\n/,
  );
  assert.match(stdout, /\n1 passed, 1 failed\n$/);
  assert.equal(status, 1);
});

test("--update writes what comes out, and no more than is needed", () => {
  const cwd = folderOf({
    ...FILES,
    "nobody/payload.json": { state: "up" },
    "order/body.json": { ...CONFIG, additional_attributes: [{ source: ["more"], flatten: true }] },
    "order/payload.json": '{"host":"a","check":"c","state":"up","more":{"9":12345678901234567890,"1":"x"}}',
  });
  const text = readFileSync(join(cwd, "down/expected.json"), "utf8");
  const missing = oim(["test"], { cwd });
  assert.match(missing.stdout, /✗ nobody\n {4}there is no expected\.json; --update writes it\n/);
  assert.equal(missing.status, 1);
  assert.equal(existsSync(join(cwd, "nobody/expected.json")), false);
  const updated = oim(["test", "--update"], { cwd });
  assert.match(
    updated.stdout,
    /✓ down\n± nobody \(written\)\n± order \(written\)\n✓ up\n[^]*2 passed, 0 failed, 2 written\n$/,
  );
  assert.equal(updated.status, 0);
  assert.equal(readFileSync(join(cwd, "down/expected.json"), "utf8"), text);
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, "nobody/expected.json"), "utf8")), {
    alerts: [],
    rejected: [{ index: 0, code: "primary-empty", pointer: "" }],
  });
  assert.match(readFileSync(join(cwd, "order/expected.json"), "utf8"), /"9": "12345678901234567890",\n +"1": "x"/);
  assert.match(oim(["test"], { cwd }).stdout, /\n4 passed, 0 failed\n$/);
});

test("an alert list alone does not hide a rejection", () => {
  const cwd = folderOf({ "body.json": BODY, "payload.json": { state: "up" }, "expected.json": [] });
  const { status, stdout } = oim(["test"], { cwd });
  assert.match(stdout, /^✗ \.\n {4}rejected\n/);
  assert.equal(status, 1);
});

test("options of a case", () => {
  const cwd = folderOf({
    "body.json": BODY,
    "payload.json": { ...SAMPLE, extra: "x" },
    "options.json": { receivedAt: "2026-01-31T12:00:00Z", additionalTags: "map" },
  });
  oim(["test", "--update"], { cwd });
  const [{ timestamp, tags }] = JSON.parse(readFileSync(join(cwd, "expected.json"), "utf8")).alerts;
  assert.equal(timestamp, Date.UTC(2026, 0, 31, 12) / 1000);
  assert.equal(tags.extra, "x");
});

test("what is wrong with the files of a case fails this case, and says which", () => {
  const cases = {
    "a-broken-payload": { "payload.json": "{" },
    "b-broken-expected": { "payload.json": SAMPLE, "expected.json": "{" },
    "c-wrong-expected": { "payload.json": SAMPLE, "expected.json": { alert: [] } },
    "d-wrong-option": { "payload.json": SAMPLE, "options.json": { received: 1 } },
    "e-wrong-time": { "payload.json": SAMPLE, "options.json": { receivedAt: "soon" } },
    "f-broken-body": { "payload.json": SAMPLE, "body.json": '{"config": {}}' },
    "g-empty": { "payload.json": "" },
  };
  const files = Object.entries(cases).flatMap(([name, files]) =>
    Object.entries(files).map(([file, content]) => [`${name}/${file}`, content]),
  );
  const cwd = folderOf({ ...FILES, ...Object.fromEntries(files) });
  const { status, stdout } = oim(["test"], { cwd });
  const reported = [
    /✗ a-broken-payload\n {4}error\[json-syntax\][^]*--> a-broken-payload\/payload\.json:1:2/,
    /✗ b-broken-expected\n {4}b-broken-expected\/expected\.json is not JSON/,
    /✗ c-wrong-expected\n {4}c-wrong-expected\/expected\.json has to be/,
    /✗ d-wrong-option\n {4}d-wrong-option\/options\.json: `received` is not an option; there are receivedAt and additionalTags/,
    /✗ e-wrong-time\n {4}options\.receivedAt: expected/,
    /✗ f-broken-body\n {4}error\[missing-attribute\]/,
    /✗ g-empty\n {4}g-empty\/payload\.json is empty/,
  ];
  for (const pattern of reported) assert.match(stdout.replaceAll("\\", "/"), pattern);
  assert.match(stdout, /\n2 passed, 7 failed\n$/);
  assert.equal(status, 1);
  const nobody = oim(["test", "down"], { cwd: folderOf({ "down/payload.json": SAMPLE }) });
  assert.match(nobody.stdout, /there is no body\.json in down or in a folder above/);
});

test("coverage counts sources, status values, defaults and rules", () => {
  const config = {
    status: {
      source: ["level", "state"],
      status_map: { ok: ["up", "fine"], critical: ["down"] },
      default_to: "warning",
    },
    primary_property: { name: "host", source: ["fqdn", "host"], default_to: "nobody" },
    additional_attributes: [
      { name: "team", source: ["team"] },
      { name: "site", source: ["site"] },
    ],
  };
  const cwd = folderOf({
    "body.json": { config, sample_payload: "" },
    "one/payload.json": { host: "a", state: ["other", "up"], site: "x" },
    "two/payload.json": { state: "odd" },
  });
  oim(["test", "--update"], { cwd });
  const {
    coverage: [{ percent, points, rulesNeverHit }],
  } = JSON.parse(oim(["test", "--format", "json"], { cwd }).stdout);
  const hits = Object.fromEntries(points.map(({ pointer, hits }) => [pointer.replace("/config/", ""), hits]));
  assert.deepEqual(hits, {
    "primary_property/source/0": 0,
    "primary_property/source/1": 1,
    "primary_property/default_to": 1,
    "additional_attributes/0/source/0": 0,
    "additional_attributes/1/source/0": 1,
    "status/source/0": 0,
    "status/source/1": 1,
    "status/status_map/ok/0": 1,
    "status/status_map/ok/1": 0,
    "status/status_map/critical/0": 0,
    "status/default_to": 1,
  });
  assert.equal(percent, 54);
  assert.deepEqual(rulesNeverHit, ["/config/additional_attributes/0"]);
  const text = oim(["test"], { cwd }).stdout;
  assert.match(
    text,
    /coverage of body\.json: 54 % \(6 of 11\)\n {2}never hit: rule \/config\/additional_attributes\/0\n/,
  );
  assert.match(text, /\n {2}never hit: status value "fine" \/config\/status\/status_map\/ok\/1\n/);
  assert.equal(oim(["test", "--coverage", "54"], { cwd }).status, 0);
  const low = oim(["test", "--coverage", "55"], { cwd });
  assert.match(low.stdout, /the coverage of body\.json is below 55 %\n$/);
  assert.equal(low.status, 1);
});

test("junit is XML that no text can break", () => {
  const cwd = folderOf({
    ...FILES,
    'a<&">\u0001/payload.json': { ...SAMPLE, host: "]]>\u0000<x>&\ud800\uffff" },
    'a<&">\u0001/expected.json': [],
  });
  const { status, stdout } = oim(["test", "--format", "junit", "--coverage", "100"], { cwd });
  assert.equal(status, 1);
  assert.match(
    stdout,
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="oim" tests="4" failures="2" errors="0" time="\d+\.\d{3}">\n<testsuite name="oim test" tests="4" /,
  );
  assert.match(
    stdout,
    /<testcase name="a&lt;&amp;&quot;&gt;\ufffd" classname="oim" time="[\d.]+"><failure message="1 difference">/,
  );
  assert.match(stdout, /<testcase name="down" classname="oim" time="[\d.]+"\/>/);
  assert.match(
    stdout,
    /<testcase name="coverage of at least 100 %" [^>]*><failure message="the coverage of body\.json is 83 %, below 100 %">never hit: default/,
  );
  // Every sign of markup is ours, and no character is one that XML cannot have.
  assert.doesNotMatch(stdout, /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const tags = stdout.replace(
    /<\/?(testsuites|testsuite|testcase|failure)( [a-z]+="[^"<&]*(&[a-z#0-9]+;[^"<&]*)*")*\/?>|<\?xml[^>]*\?>/g,
    "",
  );
  assert.doesNotMatch(tags, /[<>]|&(?!(amp|lt|gt|quot|#10|#9|#13);)/);
});
