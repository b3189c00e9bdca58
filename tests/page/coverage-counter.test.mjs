/** When the counts of the form are taken anew. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { CoverageCounter } = await load("state/coverage.ts");

/** A counter of a session that answers every question, with what it was asked. */
function counting(t, { body, payloads }) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const session = {
    config: { text: body },
    payloads,
    settings: { additional: "ignore" },
    call: async (name, ask) => {
      asked.push([name, ask.body, ask.payloads]);
      return ask.isLast ? { coverage: { rules: [{}] } } : null;
    },
  };
  const counter = new CoverageCounter(session, () => {});
  const rest = async () => {
    t.mock.timers.tick(1_000);
    for (let round = 0; round < 10; round += 1) await Promise.resolve();
  };
  return { asked, counter, rest, session };
}

test("what has not changed is not counted again", async (t) => {
  const { asked, counter, rest, session } = counting(t, { body: "{}", payloads: ["1", "2"] });
  counter.want(true);
  await rest();
  assert.deepEqual(asked, [["coverage", "{}", ["1", "2"]]]);
  assert.ok(counter.covered);

  // As after a step to another payload.
  session.payloads = ["1", "2"];
  counter.again();
  await rest();
  assert.equal(asked.length, 1);
  assert.ok(counter.covered);
});

test("every change is counted", async (t) => {
  const { asked, counter, rest, session } = counting(t, { body: "{}", payloads: ["1", "2"] });
  counter.want(true);
  await rest();
  const changes = [
    () => (session.config = { text: "[]" }),
    () => (session.payloads = ["1", "3"]),
    () => (session.payloads = ["1", "3", "4"]),
    () => (session.settings = { additional: "map" }),
  ];
  for (const [number, change] of changes.entries()) {
    change();
    counter.again();
    await rest();
    assert.equal(asked.length, number + 2);
  }
  counter.forget();
  assert.equal(counter.covered, null);
  await rest();
  assert.equal(asked.length, changes.length + 2);
  assert.ok(counter.covered);
});
