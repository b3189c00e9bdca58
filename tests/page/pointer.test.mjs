/** Where pointers lead in a text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { rangeAt } = await load("json/pointer.ts");

const nested = (depth) => `${'{"a":'.repeat(depth)}7${"}".repeat(depth)}`;

test("a pointer leads as deep as the engine reads, and no deeper", () => {
  const text = nested(128);
  const range = rangeAt(text, "/a".repeat(128));
  assert.equal(text.slice(range.start, range.end), "7");
  assert.equal(rangeAt(nested(100_000), "/a".repeat(100_000)), null);
});
