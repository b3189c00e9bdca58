/**
 * Runs the JavaScript of the README and of docs/ and compares what it prints. `UPDATE_EXPECT=1` rewrites the pages.
 *
 * A block with a file name behind its language is that file for the rest of its page. What a `js` block prints is in
 * the `text` block behind it, or in comments at the ends of its lines that print, or of no matter. A comment that begins
 * with "such as" differs each time.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BLOCK = /^```(\S+)(?: (\S+))?\n([^]*?)^```$/gm;
const PRINTS = /console\.log\(.*\); \/\/ (.*)$/gm;
/** A page whose commands another test runs. */
const ELSEWHERE = "docs/round.md";

const folder = mkdtempSync(join(tmpdir(), "oim-docs-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(ROOT, join(folder, "node_modules", "oim-config"), "junction");
after(() => rmSync(folder, { recursive: true, force: true }));

const pages = readdirSync(join(ROOT, "docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);

for (const page of ["README.md", ...pages].filter((name) => name !== ELSEWHERE)) {
  const place = join(ROOT, page);
  const text = readFileSync(place, "utf8");
  const blocks = [...text.matchAll(BLOCK)].map(([, language, name, content]) => ({ language, name, content }));
  if (!blocks.some(({ language }) => language === "js")) continue;

  test(`the examples of ${page}`, () => {
    const printed = blocks.map(({ language, name, content }, index) => {
      if (language === "js") {
        const file = name ?? `example-${index}.${/\brequire\(/.test(content) ? "cjs" : "mjs"}`;
        writeFileSync(join(folder, file), content);
        return run(file);
      }
      if (name !== undefined) writeFileSync(join(folder, name), content);
      return undefined;
    });
    /** What the block before this one prints, where this one shows it. */
    const shown = (index) => (blocks[index]?.language === "text" ? printed[index - 1] : undefined);
    if (process.env.UPDATE_EXPECT) {
      let index = -1;
      const update = (block) => {
        index += 1;
        return shown(index) === undefined ? block : `\`\`\`text\n${shown(index)}\`\`\``;
      };
      writeFileSync(place, text.replace(BLOCK, update));
      return;
    }
    blocks.forEach(({ content }, index) => {
      if (shown(index) !== undefined) assert.equal(content, shown(index));
      const comments = [...content.matchAll(PRINTS)].map(([, comment]) => comment);
      if (comments.length > 0 && printed[index] !== undefined) {
        const lines = printed[index].trimEnd().split("\n");
        assert.deepEqual(
          lines.map((line, at) => (comments[at]?.startsWith("such as ") ? comments[at] : line)),
          comments,
        );
      }
    });
  });
}

function run(file) {
  // Node 20 calls JSON modules experimental.
  const args = ["--disable-warning=ExperimentalWarning", file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  assert.equal(status, 0, stdout + stderr);
  assert.equal(stderr, "");
  return stdout;
}
