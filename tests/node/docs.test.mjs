/** Runs the examples of a page in their order and compares what they print. `UPDATE_EXPECT=1` rewrites it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const ROOT = join(import.meta.dirname, "../..");
const PAGES = ["docs/simulate-and-compare.md"];
/** An example, and behind it what it prints. */
const EXAMPLE = /^```js\n([^]*?)^```\n\n```text\n([^]*?)^```$/gm;

const folder = mkdtempSync(join(tmpdir(), "oim-docs-"));
after(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, "node_modules"));
symlinkSync(ROOT, join(folder, "node_modules", "oim-config"), "junction");

function printed(code) {
  const file = join(folder, "example.mjs");
  writeFileSync(file, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout;
}

for (const name of PAGES) {
  test(`the examples of ${name}`, () => {
    const page = readFileSync(join(ROOT, name), "utf8");
    const examples = [...page.matchAll(EXAMPLE)];
    assert.equal(examples.length, page.match(/^```js$/gm).length, "each example says what it prints");
    const found = examples.map(([, code]) => printed(code));
    if (process.env.UPDATE_EXPECT) {
      writeFileSync(join(ROOT, name), page.replace(EXAMPLE, (_, code) => `\`\`\`js\n${code}\`\`\`\n\n\`\`\`text\n${found.shift()}\`\`\``));
    } else assert.deepEqual(found, examples.map(([, , text]) => text));
  });
}
