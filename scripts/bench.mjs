/** Builds the engine and runs the benchmarks. Arguments go to them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { Failure, main, ROOT, run } from "./lib/run.mjs";

await main(async () => {
  const script = join(ROOT, "benches", "run.mjs");
  if (!existsSync(script)) throw new Failure("benches/run.mjs is missing");
  await build({ page: false });
  await run(process.execPath, [script, ...process.argv.slice(2)], { label: "bench" });
});
