/** Other choices on a proposed configuration. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { chooseInstead } = await load("panels/proposal-edit.ts");

const TEXT = JSON.stringify({
  config: {
    array_source: "alerts",
    status: { source: ["state", "level"], status_map: { ok: ["up"] }, default_to: "critical" },
    primary_property: { name: "host", source: ["node", "address"] },
    timestamp: { source: ["at"] },
  },
  sample_payload: { node: "n" },
});

const choose = (pointer, choice, other) => JSON.parse(chooseInstead(TEXT, pointer, choice, other)).config;

test("another path takes the place of the chosen one", () => {
  assert.deepEqual(choose("/config/primary_property", "node", "box").primary_property.source, ["box", "address"]);
  assert.deepEqual(choose("/config/timestamp", "at", "when").timestamp.source, ["when"]);
  assert.deepEqual(choose("/config/status/source/1", "level", "severity").status.source, ["state", "severity"]);
  assert.equal(choose("/config/array_source", "alerts", "events").array_source, "events");
});

test("a path that is a later choice already comes first", () => {
  assert.deepEqual(choose("/config/primary_property", "node", "address").primary_property.source, ["address", "node"]);
});

test("a secondary property that is left out is made, and left out again", () => {
  const pointer = "/config/secondary_property";
  const there = chooseInstead(TEXT, pointer, "", "plugin");
  assert.deepEqual(JSON.parse(there).config.secondary_property, { name: "check", source: ["plugin"] });
  assert.deepEqual(JSON.parse(chooseInstead(there, pointer, "plugin", "")), JSON.parse(TEXT));
  assert.deepEqual(JSON.parse(chooseInstead(there, pointer, "plugin", "service")).config.secondary_property.source, [
    "service",
  ]);
});

test("a secondary property of version 2 is a tag of its own", () => {
  const pointer = "/config/secondary_property";
  const text = JSON.stringify({
    config: {
      version: "2.0",
      primary_property: [{ name: "host" }],
      additional_attributes: [
        { name: "host", source: ["node"] },
        { name: "check", source: ["state"] },
      ],
    },
  });
  const there = chooseInstead(text, pointer, "", "plugin");
  const { config } = JSON.parse(there);
  assert.deepEqual(config.secondary_property, [{ name: "check_2" }]);
  assert.deepEqual(config.additional_attributes[2], { name: "check_2", source: ["plugin"] });
  assert.deepEqual(
    JSON.parse(chooseInstead(there, pointer, "plugin", "service")).config.additional_attributes[2].source,
    ["service"],
  );
  assert.deepEqual(JSON.parse(chooseInstead(there, pointer, "plugin", "")), JSON.parse(text));
});

test("a rule that has only a default gets a source", () => {
  const text = JSON.stringify({ config: { primary_property: { name: "host", default_to: "unknown" } } });
  const changed = chooseInstead(text, "/config/primary_property", "unknown", "node");
  assert.deepEqual(JSON.parse(changed).config.primary_property.source, ["node"]);
});

test("there and back is the text itself; without a place there is nothing to do", () => {
  const there = chooseInstead(TEXT, "/config/primary_property", "node", "box");
  assert.equal(chooseInstead(there, "/config/primary_property", "box", "node"), TEXT);
  assert.equal(chooseInstead(TEXT, "/config/secondary_property", "a", "b"), null);
  assert.equal(chooseInstead("{", "/config/primary_property", "a", "b"), null);
});
