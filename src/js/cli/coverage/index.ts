/** `oim coverage`: what the rules of a configuration do over archives of payloads. */
import type { Coverage, StreamOptions } from "../../types.js";
import { feed } from "../archive/feed.js";
import { archivesOf } from "../archive/inputs.js";
import { engine, render } from "../engine.js";
import { readBody } from "../files.js";
import type { Options } from "../options.js";
import { MOST_JOBS, optionsOf } from "../process/index.js";
import { paintFor } from "../terminal.js";
import { UsageError } from "../usage-error.js";
import { coverageMarkdown } from "./markdown.js";
import { coverageText } from "./text.js";

export async function run(options: Options): Promise<number> {
  const [name, ...rest] = options.operands;
  if (name === undefined) throw new UsageError("coverage", "a body is missing: name its file, or `-`");
  const names = await archivesOf(rest.length === 0 ? ["-"] : rest);
  if (name === "-" && names.includes("-")) {
    throw new UsageError(
      "coverage",
      "standard input can be the body or payloads, not both: name a file for one of them",
    );
  }
  const jobs = options.whole("jobs", 1, MOST_JOBS) ?? 1;
  const how = (await optionsOf("coverage", options)) as StreamOptions;
  const body = await readBody(name);
  const { compile, CoverageBuilder, mergeCoverage } = await engine();
  const { program, diagnostics } = compile(body.text);
  program?.free();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  process.stderr.write(render(errors, body, paintFor(process.stderr)));
  if (program === null) return 2;
  const threads =
    jobs === 1
      ? []
      : (await import("../archive/threads.js")).startThreads(jobs, {
          kind: "coverage",
          body: body.bytes,
          options: how,
        });
  const builder = new CoverageBuilder(body.bytes, how);
  try {
    const { places, damaged } = await feed(names, builder, threads);
    let coverage = builder.finish();
    // The places of all of them are those of the same list.
    for (const thread of threads) coverage = mergeCoverage(coverage, (await thread.finish()) as Coverage, 0);
    const format = options.text("format");
    if (format === "json") process.stdout.write(`${JSON.stringify({ ...coverage, inputs: places.inputs }, null, 2)}\n`);
    else if (format === "markdown") process.stdout.write(coverageMarkdown(coverage, places));
    else process.stdout.write(coverageText(coverage, places, paintFor(process.stdout)));
    return !options.flag("exit-zero") && (coverage.unread.count > 0 || damaged > 0 || errors.length > 0) ? 1 : 0;
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}
