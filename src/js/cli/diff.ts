/** `oim diff`: what a change of a configuration changes in alerts, over payloads or whole archives of them. */
import type { Compared, CompareOptions } from "../types.js";
import { mergeCompared } from "./archive/compared.js";
import { feed } from "./archive/feed.js";
import { archivesOf } from "./archive/inputs.js";
import { changesText, compareOver, type Comparison, type Payloads } from "./changes.js";
import { changesMarkdown } from "./changes-markdown.js";
import { engine } from "./engine.js";
import { type Document, filesOf, readBody } from "./files.js";
import type { Options } from "./options.js";
import { MOST_JOBS, optionsOf } from "./process/index.js";
import { paintFor } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** Examples of each kind in Markdown, unless a number is given. */
const EXAMPLES = 5;
/** As many changes of a kind as an answer lists. */
const MOST_EXAMPLES = 1000;

/** A comparison, and what the payloads are called in JSON. */
interface Over extends Comparison {
  names: object;
  damaged: number;
}

export async function run(options: Options): Promise<number> {
  const [old, next, ...more] = options.operands;
  if (old === undefined || next === undefined || more.length > 0) {
    const rest = more.length > 0 ? "; name payloads with `--payloads`" : "";
    throw new UsageError("diff", `two bodies are expected: the old one and the new one${rest}`);
  }
  const how = (await optionsOf("diff", options)) as CompareOptions;
  const examples = options.whole("examples", 0, MOST_EXAMPLES);
  const jobs = options.whole("jobs", 1, MOST_JOBS) ?? 1;
  const names = await archivesOf(options.texts("payloads") ?? []);
  await filesOf([old, next, ...names].filter((name) => name === "-"));
  const bodies = [await readBody(old), await readBody(next)] as const;
  const over = names.length > 0 ? await overArchives(...bodies, names, how, jobs) : await overSamples(...bodies, how);
  const format = options.text("format");
  if (format === "json") {
    process.stdout.write(`${JSON.stringify({ ...over.compared, ...over.names }, null, 2)}\n`);
  } else if (format === "markdown") process.stdout.write(changesMarkdown(over, examples ?? EXAMPLES));
  else process.stdout.write(await changesText(over, paintFor(process.stdout), examples));
  if (over.damaged > 0) return 1;
  return over.compared.same || (options.flag("exit-zero") && canRun(over.compared)) ? 0 : 1;
}

async function overSamples(old: Document, next: Document, how: CompareOptions): Promise<Over> {
  const comparison = await compareOver(old, next, [], how);
  const { payloads } = comparison;
  const names = Array.from({ length: payloads.count }, (_, payload) => payloads.nameOf(payload));
  return { ...comparison, names: { payloads: names }, damaged: 0 };
}

/** Compares over archives, in memory that does not grow with them. */
async function overArchives(
  old: Document,
  next: Document,
  names: readonly string[],
  how: CompareOptions,
  jobs: number,
): Promise<Over> {
  const { Comparison } = await engine();
  const threads =
    jobs === 1
      ? []
      : (await import("./archive/threads.js")).startThreads(jobs, {
          kind: "comparison",
          old: old.bytes,
          next: next.bytes,
          options: how,
        });
  const comparison = new Comparison(old.text, next.text, how);
  try {
    const { places, payloads, damaged } = await feed(names, comparison, threads);
    const parts: [Compared, ...Compared[]] = [comparison.finish()];
    for (const thread of threads) parts.push((await thread.finish()) as Compared);
    const inputs = places.inputs;
    const all: Payloads = {
      count: payloads,
      nameOf: (payload) => places.nameOf(payload),
      documentOf: (payload) => places.documentOf(payload),
    };
    // Where each file is a payload, a list of names says the same in fewer words.
    const named = inputs.every(({ kind }) => kind === "payload")
      ? { payloads: inputs.map(({ name }) => name) }
      : { inputs };
    return { compared: mergeCompared(parts), bodies: { old, new: next }, payloads: all, names: named, damaged };
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

/** Whether both configurations can be run. */
function canRun({ diagnostics }: Compared): boolean {
  return diagnostics.every(({ payload, severity }) => payload !== undefined || severity !== "error");
}
