/** `oim diff`: what a change of a configuration changes in alerts. */
import type { CompareOptions } from "../types.js";
import { changesText, compareOver } from "./changes.js";
import { filesOf, readBody, readPayload } from "./files.js";
import { UsageError } from "./usage-error.js";
import type { Options } from "./options.js";
import { optionsOf } from "./process/index.js";
import { paintFor } from "./terminal.js";
import { readAll } from "./validate.js";

export async function run(options: Options): Promise<number> {
  const [old, next, ...more] = options.operands;
  if (old === undefined || next === undefined || more.length > 0) {
    throw new UsageError("diff", "two bodies are expected: the old one and the new one");
  }
  const how = (await optionsOf("diff", options)) as CompareOptions;
  const names = await filesOf(options.texts("payloads") ?? []);
  await filesOf([old, next, ...names].filter((name) => name === "-"));
  const bodies = [await readBody(old), await readBody(next)] as const;
  const payloads = await readAll(names, readPayload);
  const comparison = await compareOver(...bodies, payloads, how);
  if (options.text("format") === "json") {
    const named = comparison.payloads.map(({ name }) => name);
    process.stdout.write(`${JSON.stringify({ ...comparison.compared, payloads: named }, null, 2)}\n`);
  } else process.stdout.write(await changesText(comparison, paintFor(process.stdout)));
  return comparison.compared.same ? 0 : 1;
}
