/** Builds the engine, sets up what it is measured against, and runs the benchmarks. Arguments go to them. */
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { build } from "./build.mjs";
import { main, ROOT, run, say } from "./lib/run.mjs";
import { ensureTools } from "./tools.mjs";

await main(async () => {
  await build({ page: false });
  const what = "jsonata, jq and Zen into target/benches, to measure against";
  const failure = await ensureTools({ from: join(ROOT, "benches"), to: join(ROOT, "target", "benches"), what });
  if (failure) say(`they could not be installed, so that nothing is measured against them: ${failure}`);
  const args = process.argv.slice(2);
  const env = args.includes("--browser") ? { CHROME_PATH: await ensureBrowser() } : {};
  await run(process.execPath, [join(ROOT, "benches", "run.mjs"), ...args], { label: "bench", env });
});
