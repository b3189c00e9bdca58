/** `oim process`: payloads through a configuration. */
import { milliseconds } from "../../mock/time.js";
import type { Processed, ProcessOptions } from "../../types.js";
import { archivesOf } from "../archive/inputs.js";
import { engine, render } from "../engine.js";
import { type Document, filesOf, PAYLOAD_LIMIT, readBody, readPayload } from "../files.js";
import { prettyPrint } from "../json.js";
import { FILTERED, NotSimulated } from "../partial.js";
import { UsageError } from "../usage-error.js";
import type { Options } from "../options.js";
import type { LineOptions, Program, Thread } from "./runner.js";
import { sanitize, paintFor } from "../terminal.js";

/** Threads cost memory, and few machines have more cores. */
export const MOST_JOBS = 64;

export async function run(options: Options): Promise<number> {
  const [name, ...rest] = options.operands;
  if (name === undefined) throw new UsageError("process", "a body is missing: name its file, or `-`");
  const names = await (options.flag("ndjson") ? archivesOf : filesOf)(rest.length === 0 ? ["-"] : rest);
  if (name === "-" && names.includes("-")) {
    throw new UsageError(
      "process",
      "standard input can be the body or a payload, not both: name a file for one of them",
    );
  }
  const jobs = options.whole("jobs", 1, MOST_JOBS);
  if (jobs !== undefined && !options.flag("ndjson")) throw new UsageError("process", "--jobs is for --ndjson only");
  const everyLine = options.flag("every-line");
  if (everyLine && !options.flag("ndjson")) throw new UsageError("process", "--every-line is for --ndjson only");
  const how: LineOptions = await optionsOf("process", options);
  const body = await readBody(name);
  const { startThreads } = await import("./runner.js");
  const others = await startThreads((jobs ?? 1) - 1, {
    body: body.bytes,
    options: everyLine ? { ...how, everyLine } : how,
  });
  const { compile } = await engine();
  const { program, diagnostics } = compile(body.text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  process.stderr.write(render(errors, body, paintFor(process.stderr)));
  if (program === null) {
    await Promise.all(others.map((thread) => thread.close()));
    return 2;
  }
  const code = await processAll(names, body, program, others, how, options);
  return options.flag("exit-zero") ? 0 : code || (errors.length > 0 ? 1 : 0);
}

/** Processes all files. Gives 1 when something was wrong with the data. */
async function processAll(
  names: readonly string[],
  body: Document,
  program: Program,
  others: readonly Thread[],
  how: LineOptions,
  options: Options,
): Promise<number> {
  if (options.flag("ndjson")) {
    const [{ runLines }, { inProcessRunner, workerPool }] = await Promise.all([
      import("./lines.js"),
      import("./runner.js"),
    ]);
    const everyLine = options.flag("every-line");
    const lineOptions: LineOptions = everyLine ? { ...how, everyLine } : how;
    // The answer to a line that is too long to be held. Now, since later the engine's memory has lines in it.
    const tooLong = everyLine ? program.processToJson(new Uint8Array(PAYLOAD_LIMIT + 1), how) : undefined;
    const runner = others.length > 0 ? workerPool(others, program, lineOptions) : inProcessRunner(program, lineOptions);
    try {
      return await runLines(names, runner, body, tooLong);
    } finally {
      // Threads would keep the process from ending.
      await runner.close();
    }
  }
  let code = 0;
  const missing = new NotSimulated(body);
  for (const file of names) {
    const payload = await readPayload(file);
    const answer = new TextDecoder().decode(program.processToJson(payload.text, how));
    await print(prettyPrint(answer));
    // The reader has closed the pipe.
    if (process.stdout.destroyed) return code;
    const processed = JSON.parse(answer) as Processed;
    missing.add(processed.diagnostics);
    if (reportProblems(processed, payload)) code = 1;
  }
  await missing.report();
  return code;
}

/** Waits for a reader that is slower, unless it is gone. */
async function print(text: string): Promise<void> {
  if (process.stdout.write(text) || process.stdout.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      process.stdout.off("drain", done).off("close", done);
      resolve();
    };
    process.stdout.on("drain", done).on("close", done);
  });
}

/** The options that say how payloads are processed. */
export async function optionsOf(command: string, options: Options): Promise<ProcessOptions> {
  const given = options.text("received-at");
  const how: ProcessOptions = {};
  if (options.flag("trace")) how.trace = true;
  if (options.flag("additional-tags")) how.additionalTags = "map";
  if (given !== undefined) {
    try {
      how.receivedAt = milliseconds((await engine()).processPayload, "--received-at", given);
    } catch (error) {
      throw new UsageError(command, (error as Error).message);
    }
  }
  return how;
}

/** Reports what gave no alert; true if there is anything that the configuration does not ask for. */
function reportProblems({ rejected, diagnostics }: Processed, payload: Document): boolean {
  const paint = paintFor(process.stderr);
  const shown = diagnostics.filter(({ document, severity }) => document === "payload" && severity !== "info");
  process.stderr.write(render(shown, payload, paint));
  for (const { code, message, pointer } of rejected) {
    const place = [payload.name, pointer].filter(Boolean).join(" ");
    const what = code === FILTERED ? paint.dim(`filtered[${code}]`) : paint.red(`rejected[${code}]`);
    process.stderr.write(`${sanitize(place)}: ${what}: ${sanitize(message)}\n`);
  }
  return rejected.some(({ code }) => code !== FILTERED) || diagnostics.some(({ severity }) => severity === "error");
}
