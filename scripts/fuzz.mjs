/**
 * Looks for inputs that break a check of `fuzz`, for some seconds with each target where `cargo-fuzz` is there, and
 * goes through the kept inputs in any case. `FUZZ_SECONDS` says how long.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ask, headline, LOCKED, main, ROOT, run, say } from "./lib/run.mjs";

const SECONDS = process.env.FUZZ_SECONDS ?? "10";

await main(async () => {
  await run("cargo", ["test", ...LOCKED, "--test", "it", "corpora::kept_inputs_are_fine"]);
  if ((await ask("cargo", ["fuzz", "--version"])) === undefined) {
    say("cargo-fuzz is not there (`cargo install cargo-fuzz`): nothing new is looked for");
    return;
  }
  // The stable compiler takes nightly's flags when RUSTC_BOOTSTRAP is set; see fuzz/README.md.
  const env = { RUSTC_BOOTSTRAP: "1" };
  const flags = ["--sanitizer", "none", "--release"];
  const targets = readdirSync(join(ROOT, "fuzz/corpus"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { name } of targets) {
    headline(name);
    const found = `fuzz/found/${name}`;
    mkdirSync(join(ROOT, found), { recursive: true });
    const limits = [`-max_total_time=${SECONDS}`, "-timeout=20", "-verbosity=0"];
    await run("cargo", ["fuzz", "run", ...flags, name, found, `fuzz/corpus/${name}`, "--", ...limits], { env });
    // Read by the runner of all tests.
    console.log(`fuzzed: 1 passed, ${name}`);
  }
});
