/** What mapping a field does to a configuration. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { processPayload } from "../../dist/node.mjs";
import { load } from "./load.mjs";

const { applied, mapField } = await load("json/edit.ts", "panels/map-field.ts");

const BODY = JSON.stringify(
  {
    config: {
      status: { source: ["state"], status_map: { critical: ["down", "gone"], ok: ["up"] }, default_to: "unknown" },
      primary_property: { name: "host", source: ["node"] },
      additional_attributes: [{ name: "note", source: ["text", "info"] }],
    },
    sample_payload: {},
  },
  null,
  2,
);

function map(target, path = "zone", { body = BODY, value = "", type = "string" } = {}) {
  return JSON.parse(applied(body, mapField(body, { path, type }, target, value))).config;
}

const CASES = {
  "a new tag is the last": [
    { to: "new-tag", name: "area" },
    "zone",
    (config) => config.additional_attributes[1],
    { name: "area", source: ["zone"] },
  ],
  "a new tag without a name gets one": [
    { to: "new-tag", name: "" },
    "a.HostZone",
    (config) => config.additional_attributes[1],
    { name: "host_zone", source: ["a.HostZone"] },
  ],
  "first source": [
    { to: "tag", pointer: "/config/additional_attributes/0", place: "first" },
    "zone",
    (config) => config.additional_attributes[0].source,
    ["zone", "text", "info"],
  ],
  "last source": [
    { to: "tag", pointer: "/config/primary_property", place: "last" },
    "zone",
    (config) => config.primary_property.source,
    ["node", "zone"],
  ],
  "a source that is there moves to the front": [
    { to: "tag", pointer: "/config/additional_attributes/0", place: "first" },
    "info",
    (config) => config.additional_attributes[0].source,
    ["info", "text"],
  ],
  "a source that is there moves to the end": [
    { to: "tag", pointer: "/config/additional_attributes/0", place: "last" },
    "text",
    (config) => config.additional_attributes[0].source,
    ["info", "text"],
  ],
  "the secondary where there is none": [
    { to: "secondary" },
    "zone",
    (config) => config.secondary_property,
    { name: "zone", source: ["zone"] },
  ],
  "a field that makes a tag: the tag becomes the primary": [
    { to: "primary" },
    "text",
    (config) => [config.primary_property.name, config.additional_attributes.map(({ name }) => name)],
    ["note", ["host"]],
  ],
  "a field without a tag: the old primary stays as a tag": [
    { to: "primary" },
    "zone",
    (config) => [config.primary_property.name, config.additional_attributes.map(({ name }) => name)],
    ["zone", ["host", "note"]],
  ],
  "a status source": [{ to: "status" }, "level", (config) => config.status.source, ["state", "level"]],
  "the time": [{ to: "time" }, "when", (config) => config.timestamp, { source: ["when"] }],
  "an identity tag that is there": [
    { to: "identity" },
    "text",
    (config) => config.incident_identifier,
    ["host", "note"],
  ],
  "an identity tag that has to be made": [
    { to: "identity" },
    "zone",
    (config) => [config.incident_identifier, config.additional_attributes[1].source],
    [["host", "zone"], ["zone"]],
  ],
  "an object is flattened": [
    { to: "flatten" },
    "labels",
    (config) => config.additional_attributes[1],
    { source: ["labels"], flatten: true },
  ],
  "a tag's object is flattened where it is": [
    { to: "flatten" },
    "labels",
    (config) => config.additional_attributes[0],
    { name: "l", source: ["labels"], flatten: true },
    { body: BODY.replace('"note"', '"l"').replace(/"text",\s*"info"/, '"labels"') },
  ],
  "the array of the alerts": [
    { to: "alerts" },
    "data.list",
    (config) => [config.is_array, config.array_source],
    [true, "data.list"],
  ],
};

for (const [name, [target, path, look, expected, options]] of Object.entries(CASES)) {
  test(name, () => assert.deepEqual(look(map(target, path, options)), expected));
}

test("a value gets a status, its field is asked, and no other status has it", () => {
  const { status } = map({ to: "status-value", status: "warning" }, "level", { value: "gone" });
  assert.deepEqual(status, {
    source: ["state", "level"],
    status_map: { warning: ["gone"], critical: ["down"], ok: ["up"] },
    default_to: "unknown",
  });
});

test("what is already mapped this way gives no edit, what is no JSON neither", () => {
  assert.deepEqual(mapField(BODY, { path: "state", type: "string" }, { to: "status-value", status: "ok" }, "up"), []);
  assert.deepEqual(mapField(BODY, { path: "node", type: "string" }, { to: "primary" }, ""), []);
  assert.deepEqual(
    mapField(
      BODY,
      { path: "node", type: "string" },
      { to: "tag", pointer: "/config/primary_property", place: "first" },
      "",
    ),
    [],
  );
  assert.deepEqual(mapField("{", { path: "node", type: "string" }, { to: "time" }, ""), []);
});

test("pointing at four fields of a payload makes a configuration that gives the alert", () => {
  const payload = { host: "db1", title: "disk", level: "bad", at: 1742283730 };
  const acts = [
    ["host", { to: "primary" }],
    ["title", { to: "secondary" }],
    ["level", { to: "status-value", status: "critical" }],
    ["at", { to: "time" }],
  ];
  for (const start of ["", "{}", '{"config":{}}', '{\n  "config": {},\n  "sample_payload": {"host": ""}\n}']) {
    let body = start;
    for (const [path, target] of acts)
      body = applied(body, mapField(body, { path, type: "string" }, target, String(payload[path])));
    const { alerts, diagnostics } = processPayload(body, JSON.stringify(payload));
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    assert.equal(alerts.length, 1);
    const [{ status, timestamp, incident_identifier }] = alerts;
    assert.deepEqual([status, timestamp, incident_identifier], ["critical", 1742283730, ["db1", "disk"]]);
  }
});

test("any mapping of any field leaves JSON behind, and doing it twice changes nothing more", () => {
  const target = fc.constantFrom(
    { to: "primary" },
    { to: "secondary" },
    { to: "status" },
    { to: "status-value", status: "ok" },
    { to: "time" },
    { to: "identity" },
    { to: "alerts" },
    { to: "tag", pointer: "/config/primary_property", place: "first" },
  );
  const path = fc.oneof(fc.constantFrom("node", "text", "info", "state", "@alert.x"), fc.string({ maxLength: 8 }));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(target, path), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(BODY, "{}", '{"config":{"primary_property":5,"status":[],"additional_attributes":{}}}'),
      (acts, start) => {
        let body = start;
        for (const [to, field] of acts) {
          const once = applied(body, mapField(body, { path: field, type: "string" }, to, "v"));
          JSON.parse(once);
          assert.deepEqual(mapField(once, { path: field, type: "string" }, to, "v"), []);
          body = once;
        }
      },
    ),
    { numRuns: 400 },
  );
});
