/** `oim generate`: code that sends a configuration. */
import type { GenerateOptions } from "../types.js";
import { didYouMean } from "./did-you-mean.js";
import { engine, render } from "./engine.js";
import { readBody } from "./files.js";
import { UsageError } from "./usage-error.js";
import type { Options } from "./options.js";
import { paintFor } from "./terminal.js";

export async function run(options: Options): Promise<number> {
  const { generate, targets } = await engine();
  const all = targets();
  if (options.flag("list")) {
    process.stdout.write(all.map(({ id, label }) => `${id.padEnd(20)}${label}\n`).join(""));
    return 0;
  }
  const [name, ...more] = options.operands;
  const target = options.text("target");
  const appKey = options.text("app-key");
  if (target === undefined) throw new UsageError("generate", "--target is missing; --list lists the targets");
  const known = all.map(({ id }) => id);
  if (!known.includes(target)) {
    throw new UsageError("generate", `--target: \`${target}\` is not a target${didYouMean(target, known)}`);
  }
  if (appKey === undefined) throw new UsageError("generate", "--app-key is missing");
  if (more.length > 0) throw new UsageError("generate", "only one body is expected");
  const given = {
    target,
    appKey,
    region: options.text("region"),
    mode: options.text("mode"),
    sampleAs: options.text("sample-as"),
  };
  const wanted = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as unknown as GenerateOptions;
  // Code that retrieves a configuration needs none.
  if (name === undefined && generate("{}", wanted).snippet?.json !== null) {
    throw new UsageError("generate", "a body is missing: name its file, or `-`");
  }
  const body = name === undefined ? { name: "", bytes: new Uint8Array(), text: "{}" } : await readBody(name);
  const { snippet, diagnostics } = generate(body.text, wanted);
  process.stderr.write(render(diagnostics, body, paintFor(process.stderr)));
  if (snippet !== null) process.stdout.write(snippet.code.endsWith("\n") ? snippet.code : `${snippet.code}\n`);
  return snippet === null || diagnostics.some(({ severity }) => severity === "error") ? 1 : 0;
}
