/** How two texts differ by lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { lineDifferences } = await load("json/line-differences.ts");

const SIGNS = { same: " ", removed: "-", added: "+" };
const compare = (before, after) =>
  lineDifferences(before.join("\n"), after.join("\n")).map(({ kind, text }) => SIGNS[kind] + text);

test("lines that both texts have stay, in their order", () => {
  assert.deepEqual(compare(["a", "b", "c", "d"], ["a", "x", "c", "y", "d"]), [" a", "-b", "+x", " c", "+y", " d"]);
  assert.deepEqual(compare(["a", "b"], ["a", "b"]), [" a", " b"]);
  assert.deepEqual(compare(["a", "a"], ["a"]), [" a", "-a"]);
});

test("what is left and what is new can be read from the lines", () => {
  const before = Array.from({ length: 60 }, (_, line) => `${(line * 7) % 13}`);
  const after = Array.from({ length: 50 }, (_, line) => `${(line * 5) % 11}`);
  const lines = lineDifferences(before.join("\n"), after.join("\n"));
  const without = (kind) => lines.filter((line) => line.kind !== kind).map(({ text }) => text);
  assert.deepEqual(without("added"), before);
  assert.deepEqual(without("removed"), after);
});

test("texts of many lines are compared without filling the memory", () => {
  const before = Array.from({ length: 20_000 }, (_, line) => `old ${line}`);
  const after = Array.from({ length: 20_000 }, (_, line) => `new ${line}`);
  const lines = lineDifferences(["{", ...before, "}"].join("\n"), ["{", ...after, "}"].join("\n"));
  assert.deepEqual(
    [lines[0], lines.at(-1)],
    [
      { kind: "same", text: "{" },
      { kind: "same", text: "}" },
    ],
  );
  assert.equal(lines.filter(({ kind }) => kind === "removed").length, 20_000);
  assert.equal(lines.filter(({ kind }) => kind === "added").length, 20_000);
});
