/**
 * `npm run reproduce`: builds the engine twice, from copies of the sources in two folders that share nothing, and
 * compares the bytes with each other and with those that were built here.
 */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "./build.mjs";
import { ask, Failure, main, ROOT, run, say } from "./lib/run.mjs";

await main(async () => {
  await build({ page: false });
  const files = (await ask("git", ["ls-files"]))?.split("\n");
  if (files === undefined) throw new Failure("the sources are known from git, and this is no repository");
  const hashes = { here: hash(ROOT) };
  // Names of different lengths, which would show in the bytes.
  for (const name of ["a", "a-folder-with-quite-another-name"]) {
    const folder = mkdtempSync(join(tmpdir(), name));
    try {
      hashes[folder] = await built(folder, files);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  for (const [place, sum] of Object.entries(hashes)) say(`${sum}  ${place}`);
  if (new Set(Object.values(hashes)).size > 1) throw new Failure("the builds differ");
  console.log("\nThe same sources gave the same bytes.");
});

/** Builds the engine from a copy in a folder and gives its hash. Only tools are shared. */
async function built(folder, files) {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  mkdirSync(join(folder, "target"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  symlinkSync(join(ROOT, "target/tools"), join(folder, "target/tools"));
  const script = `const { buildEngine } = await import(${JSON.stringify(join(folder, "scripts/build.mjs"))}); await buildEngine();`;
  const target = join(folder, "target");
  await run(process.execPath, ["--input-type=module", "-e", script, "reproduce"], {
    cwd: folder,
    env: { CARGO_TARGET_DIR: target },
  });
  return hash(folder);
}

function hash(folder) {
  return createHash("sha256")
    .update(readFileSync(join(folder, "dist/engine.wasm")))
    .digest("hex");
}
