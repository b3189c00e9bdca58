/** What the page offers to fix at once is what the engine fixes. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fix, validate } from "../../dist/node.mjs";
import { load } from "./load.mjs";

const { fixable } = await load("text/fixes.ts");

const CASES = new URL("../validate/", import.meta.url);
const bodies = readdirSync(CASES, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json") && !name.includes(".expect"))
  .map((name) => ({ name, text: readFileSync(new URL(name, CASES), "utf8") }));

const keyOf = ({ code, pointer, range }) => `${code} ${pointer} ${range.start}`;

test("there are bodies with and without problems that can be fixed", () => {
  const amounts = bodies.map(({ text }) => fixable(validate(text).diagnostics).length);
  assert.ok(amounts.some((amount) => amount > 1));
  assert.ok(amounts.includes(0));
});

for (const { name, text } of bodies) {
  test(name, () => {
    const offered = fixable(validate(text).diagnostics);
    const { applied } = fix(text);
    assert.equal(offered.length > 0, applied.length > 0);
    // Those without a range showed only after others were fixed.
    const keys = new Set(offered.map(keyOf));
    for (const one of applied.filter(({ range }) => range)) assert.ok(keys.has(keyOf(one)), keyOf(one));
  });
}
