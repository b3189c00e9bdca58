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

test("there and back is the text itself; without a place there is nothing to do", () => {
  const there = chooseInstead(TEXT, "/config/primary_property", "node", "box");
  assert.equal(chooseInstead(there, "/config/primary_property", "box", "node"), TEXT);
  assert.equal(chooseInstead(TEXT, "/config/secondary_property", "a", "b"), null);
  assert.equal(chooseInstead("{", "/config/primary_property", "a", "b"), null);
});
