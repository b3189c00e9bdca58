/** Configurations of version 2 in every command: what is dropped, what is partial, what replaces what. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMock } from "../../dist/mock.mjs";
import { BODY, folderOf, oim, oimAsync, put, SAMPLE } from "./support.mjs";

const STATUS = { source: ["state"], status_map: { ok: ["up"], critical: ["down"] }, default_to: "critical" };
const V2 = {
  version: "2.0",
  status: STATUS,
  primary_property: [{ name: "service" }, { name: "host" }],
  secondary_property: [{ name: "check" }],
  additional_attributes: [
    { name: "host", source: ["host"] },
    { name: "service", source: ["service"] },
    { name: "check", source: ["check"] },
  ],
  event_filter: 'env = "test"',
};
const body = (config, sample = { ...SAMPLE, service: "shop", env: "live" }) =>
  JSON.stringify({ config, sample_payload: sample }, null, 2);
const PREPROCESSING = { ...V2, preprocessing: [{ id: "split", order: 1, tags: ["host"], params: { delimiter: "." } }] };
const DROPPED = { ...SAMPLE, env: "test" };
const PARTIAL =
  "partial: BigPanda may make other alerts than these, because the configuration asks for what is not simulated\n";

const cwd = folderOf({
  "v1.json": BODY,
  "v2.json": body(V2),
  "partial.json": body(PREPROCESSING),
  "kept.json": SAMPLE,
  "dropped.json": DROPPED,
});

test("validate can require a version", () => {
  assert.equal(oim(["validate", "v1.json", "--config-version", "1"], { cwd }).status, 0);
  assert.equal(oim(["validate", "v2.json", "--config-version", "2"], { cwd }).status, 0);
  for (const [file, version] of [
    ["v1.json", "2"],
    ["v2.json", "1"],
  ]) {
    const { status, stdout } = oim(["validate", file, "--config-version", version], { cwd });
    assert.match(stdout, new RegExp(`^error\\[version-mixed\\]: .* of version ${version}\n +--> ${file}:\\d+:\\d+ `));
    assert.equal(status, 1);
  }
  const { status, stderr } = oim(["validate", "v1.json", "--config-version", "3"], { cwd });
  assert.match(stderr, /--config-version: expected 1, 2, got `3`/);
  assert.equal(status, 2);
});

test("a payload that the filter drops is reported, and is no failure", () => {
  const processed = oim(["process", "v2.json", "dropped.json", "kept.json"], { cwd });
  assert.equal(
    processed.stderr,
    "dropped.json: filtered[event-filtered]: `event_filter` matches, so the alert is dropped\n",
  );
  assert.equal(processed.status, 0);
  assert.match(processed.stdout, /"code": "event-filtered"/);

  const lines = `${JSON.stringify(DROPPED)}\n${JSON.stringify(SAMPLE)}\n`;
  for (const jobs of [[], ["--jobs", "2"]]) {
    const ndjson = oim(["process", "v2.json", "--ndjson", ...jobs], { cwd, input: lines });
    assert.equal(ndjson.stderr, "oim process: 2 payloads, 1 alert filtered\n");
    assert.equal(ndjson.status, 0);
  }
  const both = oim(["process", "v2.json", "--ndjson"], { cwd, input: `${lines}{}\n` });
  assert.equal(both.stderr, "oim process: 3 payloads, 1 alert rejected, 1 alert filtered\n");
  assert.equal(both.status, 1);

  const simulated = oim(["simulate", "v2.json", "kept.json", "dropped.json"], { cwd });
  assert.match(simulated.stdout, /rejected +`event_filter` matches/);
  assert.deepEqual([simulated.status, simulated.stderr], [0, ""]);

  const validated = oim(["validate", "v2.json", "--payload", "dropped.json"], { cwd });
  assert.match(validated.stdout, /^info\[event-filtered\]/m);
  assert.equal(validated.status, 0, validated.stdout);
});

test("what is not simulated is shown once, at the configuration, and the answer is called partial", () => {
  const place = /^warning\[not-simulated\]: .*\n +--> partial\.json:\d+:\d+ \/config\/preprocessing\n/;
  const times = (text) => text.split("not-simulated").length - 1;
  const processed = oim(["process", "partial.json", "kept.json", "dropped.json"], { cwd });
  const [filtered, ...rest] = processed.stderr.split(/(?<=is dropped\n)/);
  assert.match(filtered, /^dropped\.json: filtered/);
  assert.match(rest.join(""), place);
  assert.equal(times(processed.stderr), 1);
  assert.ok(processed.stderr.endsWith(`\n${PARTIAL}`));
  assert.equal(processed.status, 0);

  const ndjson = oim(["process", "partial.json", "--ndjson"], { cwd, input: `${JSON.stringify(SAMPLE)}\n`.repeat(3) });
  assert.match(ndjson.stderr, place);
  assert.equal(times(ndjson.stderr), 1);
  assert.ok(ndjson.stderr.endsWith(`\n${PARTIAL}`));
  assert.equal(ndjson.status, 0);

  const simulated = oim(["simulate", "partial.json", "kept.json", "kept.json"], { cwd });
  assert.match(simulated.stderr, place);
  assert.equal(times(simulated.stderr), 1);
  assert.ok(simulated.stdout.endsWith(`\n${PARTIAL}`));

  const compared = oim(["diff", "v2.json", "partial.json"], { cwd });
  assert.match(compared.stdout, place);
  assert.equal(times(compared.stdout), 1);
  assert.ok(compared.stdout.endsWith(`the same alerts over 1 payload\n${PARTIAL}`));
  assert.equal(compared.status, 0);
  // Of the old one it is the old file.
  assert.match(oim(["diff", "partial.json", "v2.json"], { cwd }).stdout, place);

  const whole = oim(["process", "v2.json", "kept.json"], { cwd });
  assert.deepEqual([whole.status, whole.stderr], [0, ""]);
});

test("diff compares across versions", () => {
  put(cwd, { "same.json": body({ ...V2, primary_property: [{ name: "host" }], event_filter: undefined }) });
  const same = oim(["diff", "v1.json", "same.json", "--payloads", "kept.json"], { cwd });
  assert.deepEqual([same.status, same.stdout], [0, "the same alerts over 1 payload\n"]);
  const other = oim(["diff", "v1.json", "v2.json", "--payloads", "dropped.json"], { cwd });
  assert.match(other.stdout, /\n1 rejected\n|changes over 1 payload: 1 rejected\n$/);
  assert.equal(other.status, 1);
});

test("cases: what is filtered can be expected, and coverage counts the filter and the names", () => {
  const folder = folderOf({ "body.json": body(V2), "kept/payload.json": SAMPLE });
  const first = oim(["test", "--update"], { cwd: folder });
  assert.equal(first.status, 0, first.stdout);
  const before = oim(["test"], { cwd: folder });
  assert.match(before.stdout, /\n {2}never hit: rule \/config\/event_filter\n/);
  assert.match(before.stdout, /\n {2}never hit: tag "service" \/config\/primary_property\/0\/name\n/);
  assert.doesNotMatch(before.stdout, /primary_property\/1|secondary_property/);

  put(folder, {
    "dropped/payload.json": DROPPED,
    "dropped/expected.json": { alerts: [], rejected: [{ index: 0, code: "event-filtered", pointer: "" }] },
    "service/payload.json": { ...SAMPLE, service: "shop", state: "up" },
  });
  oim(["test", "--update", "--filter", "service"], { cwd: folder });
  const { status, stdout } = oim(["test"], { cwd: folder });
  assert.equal(status, 0, stdout);
  assert.doesNotMatch(stdout, /event_filter|never hit: tag/);
  assert.match(stdout, /\n3 passed, 0 failed\n$/);
  const points = JSON.parse(oim(["test", "--format", "json"], { cwd: folder }).stdout).coverage[0].points;
  assert.deepEqual(
    points
      .filter(({ kind }) => kind === "comparison" || kind === "tag")
      .map(({ kind, text, hits }) => [kind, text, hits]),
    [
      ["comparison", 'env = "test"', 1],
      ["tag", "service", 1],
      ["tag", "host", 1],
      ["tag", "check", 2],
    ],
  );
});

test("cases of a configuration that is not wholly simulated are called partial", () => {
  const folder = folderOf({ "body.json": body(PREPROCESSING), "kept/payload.json": SAMPLE });
  assert.match(oim(["test", "--update"], { cwd: folder }).stdout, /^± kept \(written, partial\)\n/);
  const { status, stdout } = oim(["test"], { cwd: folder });
  assert.match(stdout, /^✓ kept \(partial\)\n/);
  assert.match(stdout, /\n1 case is partial: BigPanda may make other alerts/);
  assert.equal(status, 0);
  assert.equal(JSON.parse(oim(["test", "--format", "json"], { cwd: folder }).stdout).cases[0].partial, true);
});

test("code is generated for every target", () => {
  const targets = oim(["generate", "--list"]).stdout.matchAll(/^(\S+)/gm);
  let count = 0;
  for (const [, target] of targets) {
    const { status, stdout, stderr } = oim(["generate", "v2.json", "--target", target, "--app-key", "key-1"], { cwd });
    assert.deepEqual([status, stderr.includes("error")], [0, false], `${target}: ${stderr}`);
    assert.doesNotMatch(stdout, /\bv1\b/);
    count += 1;
  }
  assert.ok(count > 10);
});

const TOKEN = "token-1";
const env = { BIGPANDA_ORG_TOKEN: TOKEN };
const closing = [];
after(async () => {
  for (const close of closing) await close();
});

test("push never replaces one version by the other unless it is asked to", async () => {
  const { url, configuration, close } = await createMock({ tokens: [TOKEN], rate: 0 });
  closing.push(close);
  const folder = folderOf({ "v1.json": BODY, "v2.json": body(V2), "other.json": body({ ...V2, is_default: false }) });
  const at = ["--app-key", "key-1", "--url", url];
  const push = (file, ...more) => oimAsync(["push", file, ...at, "--yes", ...more], { cwd: folder, env });
  for (const [present, wanted, from, to] of [
    ["v1.json", "v2.json", 1, 2],
    ["v2.json", "v1.json", 2, 1],
  ]) {
    assert.equal((await push(present, "--replace-version")).status, 0);
    const stored = configuration("key-1");
    const kept = readdirSync(folder).length;
    for (const more of [[], ["--dry-run"]]) {
      const refused = await push(wanted, ...more);
      assert.equal(refused.status, 1);
      assert.match(
        refused.stderr,
        new RegExp(
          `nothing was sent: the present configuration is of version ${from} and the new one of version ${to}\n[^\n]*use --replace-version\n$`,
        ),
      );
      // What would change is shown all the same.
      assert.match(refused.stderr, /changes of the configuration:\n/);
      assert.equal(configuration("key-1"), stored);
      assert.equal(readdirSync(folder).length, kept);
    }
    assert.equal((await push(wanted, "--dry-run", "--replace-version")).status, 0);
    assert.equal(configuration("key-1"), stored);
  }
  // The backup of the other version is what was there.
  const replaced = await push("v1.json", "--replace-version", "--backup", "kept");
  assert.equal(replaced.status, 0, replaced.stderr);
  const [backup] = readdirSync(join(folder, "kept"));
  assert.deepEqual(JSON.parse(readFileSync(join(folder, "kept", backup), "utf8")), JSON.parse(body(V2)));
  assert.deepEqual(JSON.parse(configuration("key-1")), JSON.parse(BODY));
  const back = await push(`kept/${backup}`, "--replace-version");
  assert.equal(back.status, 0, back.stderr);
  // Within a version nothing needs to be allowed.
  assert.equal((await push("other.json")).status, 0);
  const pulled = await oimAsync(["pull", ...at], { cwd: folder, env });
  assert.deepEqual(JSON.parse(pulled.stdout), JSON.parse(readFileSync(join(folder, "other.json"), "utf8")));
});
