/** What a new configuration changes in the alerts of payloads, for people. */
import type { Change, Compared, CompareOptions } from "../types.js";
import { type Engine, engine, render } from "./engine.js";
import type { Document } from "./files.js";
import { NotSimulated, partialLine } from "./partial.js";
import { normalize } from "./json.js";
import { KINDS } from "./archive/compared.js";
import { sanitize, type Paint } from "./terminal.js";

/** Changes that are shown one by one; of more, examples of each kind. */
const SHOWN = 200;
/** Examples of each kind, unless a number is given. */
const EXAMPLES = 5;
/** Payloads that could not be read, of which the problem is shown. */
const SHOWN_PROBLEMS = 20;
const VALUE = 120;

/** Two configurations and the payloads that they are run on. */
export interface Comparison {
  compared: Compared;
  bodies: { old: Document; new: Document };
  payloads: Payloads;
}

/** Payloads, wherever they are. */
export interface Payloads {
  count: number;
  nameOf(payload: number): string;
  /** The text of a payload, where it is at hand. */
  documentOf(payload: number): Document | undefined;
}

function inMemory(documents: readonly Document[]): Payloads {
  return {
    count: documents.length,
    nameOf: (payload) => documents[payload]?.name ?? `payload ${payload + 1}`,
    documentOf: (payload) => documents[payload],
  };
}

/** Compares over the payloads, or over the samples of both bodies where there are none. */
export async function compareOver(
  old: Document,
  next: Document,
  given: Document[],
  options: CompareOptions,
): Promise<Comparison> {
  const { compare } = await engine();
  const payloads = given.length > 0 ? given : await samplesOf([old, next]);
  const compared = compare(
    old.text,
    next.text,
    payloads.map(({ text }) => text),
    options,
  );
  return { compared, bodies: { old, new: next }, payloads: inMemory(payloads) };
}

/** The samples of bodies that have one, each once. */
async function samplesOf(bodies: readonly Document[]): Promise<Document[]> {
  const { valueAt } = await engine();
  const found = new Map<string, Document>();
  for (const { name, bytes } of bodies) {
    const sample = sampleIn(bytes, valueAt);
    if (sample !== undefined && !found.has(sample)) {
      found.set(sample, { name: `the sample of ${name}`, text: sample, bytes: new TextEncoder().encode(sample) });
    }
  }
  return [...found.values()];
}

function sampleIn(body: Uint8Array, valueAt: Engine["valueAt"]): string | undefined {
  const json = valueAt(body, "/sample_payload")?.json ?? "null";
  const sample = JSON.parse(json) as unknown;
  if (typeof sample === "string") return sample.trim() === "" ? undefined : sample;
  return typeof sample === "object" && sample !== null && Object.keys(sample).length > 0 ? normalize(json) : undefined;
}

/** The changes, and above them what keeps a body or a payload from being read. */
export async function changesText(comparison: Comparison, paint: Paint, examples?: number): Promise<string> {
  const { compared, payloads } = comparison;
  const all = Object.values(compared.counts).reduce((sum, count) => sum + count, 0);
  const lines =
    examples === undefined && all <= SHOWN && all === compared.changes.length
      ? oneByOne(compared.changes, payloads, paint)
      : byKind(comparison, examples ?? EXAMPLES, paint);
  lines.push(summary(compared, payloads.count));
  const missing = missingOf(comparison).filter(({ any }) => any);
  const texts = await Promise.all(missing.map((found) => found.text(paint)));
  const end = missing.length > 0 ? partialLine(paint) : "";
  return [...problemsOf(comparison, paint), ...texts, `${lines.join("\n")}\n${end}`].join("\n");
}

/** What each configuration asks for and is not simulated. */
function missingOf({ compared, bodies }: Comparison): NotSimulated[] {
  const ofRuns = compared.diagnostics.filter(({ payload }) => payload !== undefined);
  return (["old", "new"] as const).map((side) => {
    const found = new NotSimulated(bodies[side]);
    found.add(ofRuns.filter(({ configuration }) => configuration === null || configuration === side));
    return found;
  });
}

function problemsOf({ compared, bodies, payloads }: Comparison, paint: Paint): string[] {
  const errors = compared.diagnostics.filter(({ severity }) => severity === "error");
  const parts = errors.slice(0, SHOWN_PROBLEMS).map(({ configuration, payload, ...diagnostic }) => {
    const document = payload === undefined ? bodies[configuration ?? "new"] : payloads.documentOf(payload);
    if (document !== undefined) return render([diagnostic], document, paint);
    const place = [payloads.nameOf(payload ?? 0), diagnostic.range?.column]
      .filter((part) => part !== undefined)
      .join(":");
    return `${sanitize(place)}: ${paint.red(`error[${diagnostic.code}]`)}: ${sanitize(diagnostic.message)}\n`;
  });
  if (errors.length > SHOWN_PROBLEMS) parts.push(`… ${errors.length - SHOWN_PROBLEMS} more problems\n`);
  return parts;
}

function oneByOne(changes: readonly Change[], payloads: Payloads, paint: Paint): string[] {
  const lines: string[] = [];
  let last = "";
  for (const change of changes) {
    const head = headOf(change, payloads);
    if (head !== last) lines.push(paint.bold(sanitize(head)));
    last = head;
    lines.push(...linesOf(change, paint));
  }
  return lines;
}

/** Of each kind the count and the first changes: identities first, since alerts of a new identity never resolve old ones. */
function byKind({ compared, payloads }: Comparison, examples: number, paint: Paint): string[] {
  const lines: string[] = [];
  for (const kind of KINDS) {
    const count = compared.counts[kind];
    if (count === 0) continue;
    lines.push(paint.bold(`${count.toLocaleString("en")} × ${kind}`));
    for (const change of compared.changes.filter((change) => change.kind === kind).slice(0, examples)) {
      lines.push(`  ${sanitize(headOf(change, payloads))}`, ...linesOf(change, paint));
    }
    if (count > examples) lines.push(`  … ${(count - examples).toLocaleString("en")} more`);
  }
  return lines;
}

export function headOf({ payload, index }: Change, payloads: Payloads): string {
  const name = payloads.nameOf(payload);
  return index === null ? name : `${name}, alert ${index + 1}`;
}

function linesOf({ kind, tag, before, after, message, severity }: Change, paint: Paint): string[] {
  const what = tag === undefined ? kind : `${kind} ${tag}`;
  const sign = severity === "warning" ? paint.yellow("!") : " ";
  const lines = [`${sign} ${sanitize(what)}: ${sanitize(message)}`];
  if (before !== null) lines.push(`    ${paint.red(`- ${brief(before)}`)}`);
  if (after !== null) lines.push(`    ${paint.green(`+ ${brief(after)}`)}`);
  return lines;
}

/** A value of a change, cut. */
export function brief(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return sanitize(text.length > VALUE ? `${text.slice(0, VALUE)}…` : text);
}

export function summary({ same, counts }: Compared, payloads: number): string {
  const over = `over ${payloads.toLocaleString("en")} payload${payloads === 1 ? "" : "s"}`;
  if (payloads === 0) return "no payload to compare with";
  if (same) return `the same alerts ${over}`;
  const countTexts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  return countTexts.length === 0 ? `no comparison ${over}` : `changes ${over}: ${countTexts.join(", ")}`;
}
