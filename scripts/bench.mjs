/** Builds the engine, sets up what it is measured against, and runs the benchmarks. Arguments go to them. */
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { build } from "./build.mjs";
import { LOCKED, main, ROOT, run, say } from "./lib/run.mjs";
import { ensureTools } from "./tools.mjs";

const TARGET = join(ROOT, "target", "benches");

await main(async () => {
  await build({ page: false });
  const args = process.argv.slice(2);
  if (args.includes("--native")) return native(args.filter((arg) => arg !== "--native"));
  const what = "jsonata, jq and Zen into target/benches, to measure against";
  const failure = await ensureTools({ from: join(ROOT, "benches"), to: TARGET, what });
  if (failure) say(`they could not be installed, so that nothing is measured against them: ${failure}`);
  const env = args.includes("--browser") ? { CHROME_PATH: await ensureBrowser() } : {};
  await run(process.execPath, [join(ROOT, "benches", "run.mjs"), ...args], { label: "bench", env });
});

/** The native engine, on the same payloads. What follows `--native` goes to criterion, such as a part of a name. */
async function native(args) {
  const { writeFiles } = await import("../benches/files.mjs");
  const folder = join(TARGET, "payloads");
  await writeFiles(folder);
  const place = [
    "--manifest-path",
    join(ROOT, "benches/native/Cargo.toml"),
    "--target-dir",
    join(ROOT, "target/native"),
  ];
  await run("cargo", ["bench", ...place, ...LOCKED, "--", ...args], { env: { OIM_PAYLOADS: folder } });
}
