/** Rewriting a configuration of version 1 as one of version 2. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, migrate, validate } from "../../dist/node.mjs";

const STATUS = { source: ["state"], status_map: { ok: ["up"] }, default_to: "critical" };
const OLD = { primary_property: { name: "host", source: ["node"] }, status: STATUS };

test("a configuration with the same rules in both versions is proved by its structure", () => {
  const { body, text, notes, proof, diagnostics } = migrate(OLD);
  assert.deepEqual(JSON.parse(text), body);
  assert.deepEqual([notes, proof, diagnostics.filter(({ severity }) => severity === "error")], [[], "structural", []]);
  assert.equal(validate(text, { version: "2", mode: "update" }).diagnostics.at(-1)?.code !== "version-mixed", true);
  assert.ok(compare(OLD, text, [{ node: "a", state: "up" }, {}]).same);
});

test("what does not carry over is in the notes, with its uses in the payloads", () => {
  const old = { ...OLD, secondary_property: { name: "check", source: ["check"], default_to: "ping" } };
  const payloads = [{ node: "a", check: "disk" }, { node: "b" }, '{"node": "c"}'];
  const { body, notes, proof } = migrate(old, { payloads });
  assert.deepEqual(
    notes.map(({ kind, pointer, tag, alerts }) => [kind, pointer, tag, alerts]),
    [["default-dropped", "/secondary_property/default_to", "check", 2]],
  );
  assert.equal(proof, null);
  assert.deepEqual(body.secondary_property, [{ name: "check" }]);
  // Where the default is not used, both give the same alerts.
  assert.equal(migrate(old, { payloads: payloads.slice(0, 1) }).proof, "payloads");
});

test("remaining fields are mapped if asked for", () => {
  assert.equal(migrate(OLD, { additionalTags: "map" }).body.map_remaining, true);
  assert.equal("map_remaining" in migrate(OLD).body, false);
});

test("what cannot be understood is reported, and wrong options are refused", () => {
  const { body, text, proof, diagnostics } = migrate('{"status": {}}');
  assert.deepEqual([body, text, proof], [null, null, null]);
  assert.ok(diagnostics.some(({ code, range }) => code === "missing-attribute" && range !== undefined));
  assert.throws(() => migrate(OLD, { payloads: "{}" }), /payloads: expected an array/);
  assert.throws(() => migrate(OLD, { additionalTags: "all" }), /additionalTags/);
  assert.throws(() => migrate(OLD, { version: "2" }), TypeError);
  assert.throws(() => migrate(5), TypeError);
});
