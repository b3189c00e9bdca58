/** `oim test`: cases of payloads and the alerts they should give. */
import { join } from "node:path";
import type { Coverage, Diagnostic, ProcessOptions } from "../../types.js";
import { engine, render } from "../engine.js";
import type { Document } from "../files.js";
import { prettyPrint } from "../json.js";
import { UsageError } from "../usage-error.js";
import type { Options } from "../options.js";
import { paintFor } from "../terminal.js";
import { writeText } from "../write.js";
import { type Case, casesIn, EXPECTED, load, PAYLOAD } from "./cases.js";
import { differences } from "./difference.js";
import { reached } from "./points.js";
import { json, junit, type Result, text, tooLow } from "./report.js";

type Program = NonNullable<ReturnType<Awaited<ReturnType<typeof engine>>["compile"]>["program"]>;

/** A body, compiled once for all its cases. */
interface Compiled {
  program: Program | null;
  diagnostics: Diagnostic[];
  document: Document;
  /** Over the cases so far. */
  coverage: Coverage;
}

export async function run(options: Options): Promise<number> {
  const [root = ".", ...more] = options.operands;
  if (more.length > 0) throw new UsageError("test", "only one folder is expected");
  const least = options.whole("coverage", 0, 100);
  const filter = options.text("filter");
  const all = await casesIn(root);
  const cases = filter === undefined ? all : all.filter(({ name }) => name.includes(filter));
  if (cases.length === 0) {
    const why =
      all.length > 0
        ? `no case has \`${filter}\` in its name`
        : `there is no ${PAYLOAD} in ${root} or in a folder below`;
    throw new UsageError("test", why);
  }
  const bodies = new Map<string, Compiled>();
  const results: Result[] = [];
  for (const one of cases) results.push(await runCase(one, bodies, options.flag("update")));
  const coverage = [...bodies].flatMap(([body, { program, coverage }]) =>
    program === null ? [] : [{ body, ...reached(coverage) }],
  );
  const report = { results, coverage, least };
  const format = options.text("format") ?? "text";
  process.stdout.write(
    format === "junit" ? junit(report) : format === "json" ? json(report) : text(report, paintFor(process.stdout)),
  );
  const failed = results.some(({ status }) => status === "failed") || tooLow(coverage, least) !== undefined;
  return failed ? 1 : 0;
}

async function runCase(one: Case, bodies: Map<string, Compiled>, update: boolean): Promise<Result> {
  const since = performance.now();
  const result: Result = { name: one.name, status: "failed", differences: [], took: 0 };
  try {
    Object.assign(result, await outcome(one, bodies, update));
  } catch (error) {
    // A file that cannot be read or written fails its case, not the others.
    if (!(error instanceof UsageError || error instanceof TypeError)) throw error;
    result.reason = error.message;
  }
  result.took = performance.now() - since;
  return result;
}

async function outcome(one: Case, bodies: Map<string, Compiled>, update: boolean): Promise<Partial<Result>> {
  const { body, payload, options, expected } = await load(one);
  const { valueAt } = await engine();
  const compiled = bodies.get(body.name) ?? (await compileBody(body));
  bodies.set(body.name, compiled);
  const { program, diagnostics } = compiled;
  if (program === null) return { reason: rendered(diagnostics, body) };
  await cover(compiled, payload, options);
  const { alerts, rejected, diagnostics: problems, partial = false } = program.process(payload.text, options);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return { reason: rendered(errors, payload) };
  const found = { alerts, rejected: rejected.map(({ index, code, pointer }) => ({ index, code, pointer })) };
  const differing = expected === undefined ? [] : differences(expected, within(found, expected));
  if (expected !== undefined && differing.length === 0) return { status: "passed", partial };
  if (!update) {
    if (expected === undefined) return { reason: `there is no ${EXPECTED}; --update writes it` };
    return { differences: differing, partial };
  }
  // An object of JavaScript would not keep the order of tags whose names are numbers.
  const exact = valueAt(program.processToJson(payload.bytes, options), "/alerts")?.json ?? "[]";
  const text = prettyPrint(`{"alerts":${exact},"rejected":${JSON.stringify(found.rejected)}}`);
  await writeText(join(one.folder, EXPECTED), text, { replace: true });
  return { status: "updated", partial };
}

/** What is compared: rejections without their messages, and not at all where only alerts are expected. */
function within(found: { alerts: unknown[]; rejected: unknown[] }, expected: object) {
  const whole = Object.hasOwn(expected, "rejected") || found.rejected.length > 0;
  return whole ? found : { alerts: found.alerts };
}

async function compileBody(document: Document): Promise<Compiled> {
  const { compile, coverage } = await engine();
  return { ...compile(document.text), document, coverage: coverage(document.bytes, []) };
}

/** Adds what a case reaches. */
async function cover(compiled: Compiled, payload: Document, options: ProcessOptions): Promise<void> {
  const { CoverageBuilder, mergeCoverage } = await engine();
  const builder = new CoverageBuilder(compiled.document.bytes, options);
  builder.add(payload.bytes);
  compiled.coverage = mergeCoverage(compiled.coverage, builder.finish());
}

function rendered(diagnostics: readonly Diagnostic[], document: Document): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return render(errors, document, paintFor(process.stdout)).trimEnd();
}
