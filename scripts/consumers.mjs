/** What the package is used with in the tests: the tools of tests/consumers/package.json, kept in target/consumers. */
import { join } from "node:path";
import { ROOT, say } from "./lib/run.mjs";
import { ensureTools } from "./tools.mjs";

/** Where the tools are; the folders that use the package lie below it, so that they find the tools there. */
export const TOOLS = join(ROOT, "target", "consumers");

/** Installs the tools unless those of the lock file are there. Without a network the tests name what is missing. */
export async function ensureConsumers() {
  const what = "bundlers, frameworks and runtimes into target/consumers, to use the package with";
  const failure = await ensureTools({ from: join(ROOT, "tests", "consumers"), to: TOOLS, what });
  if (failure) say(`they could not be installed, so that the package is not used with them: ${failure}`);
}
