/** The engine needs SIMD; where WebAssembly has none, one sentence says so. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import packed from "../../dist/inline.mjs";

// This flag turns SIMD off on x64 only.
const skip = process.arch === "x64" ? false : "V8 cannot turn SIMD off on this processor";

for (const [how, args] of [
  ["import", ["--input-type=module", "-e", 'import "./dist/node.mjs"']],
  ["require", ["-e", 'require("./dist/node.cjs")']],
]) {
  test(`without SIMD, ${how} says what is missing`, { skip }, () => {
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, ["--no-enable-sse4-1", ...args], { cwd, encoding: "utf8" });
    assert.notEqual(status, 0);
    assert.match(stderr, /Error: oim-config: WebAssembly has no SIMD here, and the engine needs it/);
  });
}

test("the inlined engine is the engine", () => {
  const engine = readFileSync(new URL("../../dist/engine.wasm", import.meta.url));
  assert.ok(engine.equals(gunzipSync(Buffer.from(packed, "base64"))));
});
