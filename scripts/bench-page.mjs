/** Builds the page and measures it in a browser. `--quick` measures less, `--no-lighthouse` leaves that out. */
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { build } from "./build.mjs";
import { main, ROOT, run } from "./lib/run.mjs";

await main(async () => {
  await build();
  const env = { CHROME_PATH: await ensureBrowser() };
  await run(process.execPath, [join(ROOT, "benches/page.mjs"), ...process.argv.slice(2)], { label: "bench:page", env });
});
