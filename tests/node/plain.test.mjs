/** The engine for WebAssembly without SIMD: made from the other one, chosen where it is needed, and the same in all it does. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import plain from "../../dist/plain.mjs";
import { difference } from "../../scripts/lib/difference.mjs";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name) => readFileSync(path(name));
async function source(name) {
  const { outputFiles } = await build({
    entryPoints: [path(`src/js/${name}.ts`)],
    bundle: true,
    format: "esm",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
const { applied } = await source("difference");

test("what is shipped makes the engine that was compiled without SIMD, from the one with it", () => {
  const made = plain(read("dist/engine.wasm"));
  assert.ok(read("target/plain.wasm").equals(made));
  assert.ok(WebAssembly.validate(made));
});

test("any difference is told, and read again", () => {
  const piece = fc.oneof(fc.uint8Array({ maxLength: 30 }), fc.uint8Array({ minLength: 100, maxLength: 300 }));
  const order = fc.array(fc.nat(), { maxLength: 40 });
  const property = fc.property(fc.array(piece, { minLength: 1, maxLength: 10 }), order, order, (pieces, one, other) => {
    const [from, to] = [one, other].map((places) =>
      Buffer.concat(places.map((place) => pieces[place % pieces.length])),
    );
    assert.ok(to.equals(applied(from, difference(from, to))));
  });
  fc.assert(property, { numRuns: 300 });
});

// What V8 is told here makes it do without SIMD on these processors only.
const skip = process.arch === "x64" ? false : "V8 cannot be told to do without SIMD on this processor";
const WITHOUT = ["--no-enable-sse4-1"];
const without = (args) => spawnSync(process.execPath, [...WITHOUT, ...args], { cwd: path("."), encoding: "utf8" });

for (const file of ["api", "cases", "lines", "preview", "recovery", "rows", "sequences", "text"]) {
  test(`without SIMD: ${file}`, { skip }, () => {
    const { status, stdout, stderr } = without([`tests/node/${file}.test.mjs`]);
    assert.equal(status, 0, stdout + stderr);
  });
}

test("without SIMD: import, require and the command", { skip }, () => {
  const wide =
    "Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11)";
  const answer = (start) => `${start}; console.log(WebAssembly.validate(${wide}), version())`;
  const required = without(["-e", answer('const { version } = require("./dist/node.cjs")')]);
  const imported = without(["--input-type=module", "-e", answer('import { version } from "./dist/node.mjs"')]);
  for (const { stdout, stderr } of [required, imported]) assert.match(stdout, /^false \d+\.\d+\.\d+\n$/, stderr);
  const { status, stdout } = without(["dist/oim.mjs", "validate", "tests/validate/good/valid-alertmanager.json"]);
  assert.notEqual(status, 2, stdout);
});
