/** `oim migrate`, and `oim suggest` for version 2. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BODY, folderOf, oim, SAMPLE } from "./support.mjs";

const cwd = folderOf({ "v1.json": BODY, "payload.json": SAMPLE, "broken.json": '{"config": {}}' });

test("the new body is printed, and beside it whether both give the same alerts", () => {
  const { status, stdout, stderr } = oim(["migrate", "v1.json"], { cwd });
  assert.equal(status, 0);
  const { config } = JSON.parse(stdout);
  assert.equal(config.version, "2.0");
  assert.match(stderr, /^Both configurations have the same rules: they give the same alerts for every payload\.\n$/);
  writeFileSync(join(cwd, "v2.json"), stdout);
  assert.equal(oim(["validate", "v2.json", "--config-version", "2"], { cwd }).status, 0);
  assert.equal(oim(["diff", "v1.json", "v2.json", "--payloads", "payload.json"], { cwd }).status, 0);
  // What is of version 2 stays as it is.
  assert.equal(oim(["migrate", "v2.json"], { cwd }).stdout, stdout);
});

test("what does not carry over is named, and a difference over payloads fails", () => {
  const { config, sample_payload } = JSON.parse(BODY);
  const primary_property = { ...config.primary_property, default_to: "nobody" };
  writeFileSync(join(cwd, "default.json"), JSON.stringify({ config: { ...config, primary_property }, sample_payload }));
  writeFileSync(join(cwd, "without.json"), '{"state": "down"}');
  const known = oim(["migrate", "default.json", "--payloads", "payload.json"], { cwd });
  assert.equal(known.status, 0);
  assert.match(
    known.stderr,
    /^note\[default-dropped\] \/config\/primary_property\/default_to: .* \(0 alerts of the payloads\)\n/,
  );
  assert.match(known.stderr, /same alerts for 1 payload\.\n$/);
  const differs = oim(["migrate", "default.json", "--payloads", "without.json"], { cwd });
  assert.equal(differs.status, 1);
  assert.match(differs.stderr, /\(1 alert of the payloads\)\nThe configurations give different alerts for 1 payload/);
  const { notes, proof } = JSON.parse(oim(["migrate", "default.json", "--format", "json"], { cwd }).stdout);
  assert.deepEqual([notes.length, proof], [1, null]);
});

test("a body that cannot be understood is not migrated", () => {
  const { status, stdout, stderr } = oim(["migrate", "broken.json"], { cwd });
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /error\[missing-attribute\]/);
  assert.equal(oim(["migrate"], { cwd }).status, 2);
  assert.equal(oim(["migrate", "v1.json", "v1.json"], { cwd }).status, 2);
});

test("suggest proposes the version that is asked for", () => {
  const { status, stdout } = oim(["suggest", "payload.json", "--config-version", "2", "--quiet"], { cwd });
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).config.version, "2.0");
  assert.equal(oim(["suggest", "payload.json", "--config-version", "3"], { cwd }).status, 2);
});
