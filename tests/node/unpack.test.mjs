/** The engine travels packed inside JavaScript; what is unpacked there has to be the engine. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import { compress } from "lzma1";
import packed from "../../dist/inline.mjs";

const source = fileURLToPath(new URL("../../src/js/unpack.ts", import.meta.url));
const { outputFiles } = await build({ entryPoints: [source], bundle: true, format: "esm", write: false });
const { unpack } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
);

test("the inlined engine is the engine", () => {
  const engine = readFileSync(new URL("../../dist/engine.wasm", import.meta.url));
  assert.ok(engine.equals(unpack(Buffer.from(packed, "base64"))));
});

test("whatever is packed comes out again", () => {
  // Pieces that come again at all distances, and long ones: each way to write a match is used.
  const piece = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 200, maxLength: 400 }));
  const pieces = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(), { maxLength: 80 }));
  const property = fc.property(pieces, fc.integer({ min: 1, max: 9 }), ([some, order], mode) => {
    const bytes = Buffer.concat(order.map((place) => some[place % some.length]));
    assert.ok(bytes.equals(unpack(compress(bytes, mode))));
  });
  fc.assert(property, { numRuns: 200 });
});

test("far distances", () => {
  const random = Buffer.from(Array.from({ length: 300_000 }, (_, i) => Math.imul(i ^ 0x2545f, 0x9e3779b1) >>> 24));
  const bytes = Buffer.concat([random, random.subarray(7, 90_000), random.subarray(200_000), random]);
  assert.ok(bytes.equals(unpack(compress(bytes, 9))));
});
