/** What a new configuration changes in the alerts of payloads, for people. */
import type { Change, Compared, CompareOptions } from "../types.js";
import { engine } from "./engine.js";
import type { Document } from "./files.js";
import { NotSimulated, partialLine } from "./partial.js";
import { render } from "./render.js";
import { sanitize, type Paint } from "./terminal.js";

/** Changes that are shown. */
const SHOWN = 200;
const VALUE = 120;

/** Two configurations and the payloads that they are run on. */
export interface Comparison {
  compared: Compared;
  bodies: { old: Document; new: Document };
  payloads: Document[];
  /** What each configuration asks for and is not simulated. */
  missing: NotSimulated[];
}

/** Compares over the payloads, or over the samples of both bodies where there are none. */
export async function compareOver(
  old: Document,
  next: Document,
  given: Document[],
  options: CompareOptions,
): Promise<Comparison> {
  const { compare } = await engine();
  const payloads = given.length > 0 ? given : samplesOf([old, next]);
  const compared = compare(
    old.text,
    next.text,
    payloads.map(({ text }) => text),
    options,
  );
  const missing = (["old", "new"] as const).map((side) => {
    const found = new NotSimulated(side === "old" ? old : next);
    const ofRuns = compared.diagnostics.filter(({ payload }) => payload !== undefined);
    found.add(ofRuns.filter(({ configuration }) => configuration === null || configuration === side));
    return found;
  });
  return { compared, bodies: { old, new: next }, payloads, missing };
}

/** The samples of bodies that have one, each once. */
function samplesOf(bodies: readonly Document[]): Document[] {
  const found = new Map<string, Document>();
  for (const { name, text } of bodies) {
    const sample = sampleIn(text);
    if (sample !== undefined && !found.has(sample)) {
      found.set(sample, { name: `the sample of ${name}`, text: sample, bytes: new TextEncoder().encode(sample) });
    }
  }
  return [...found.values()];
}

function sampleIn(text: string): string | undefined {
  try {
    const { sample_payload: sample } = JSON.parse(text.replace(/^\ufeff/, "")) as { sample_payload?: unknown };
    if (typeof sample === "string") return sample.trim() === "" ? undefined : sample;
    return typeof sample === "object" && sample !== null && Object.keys(sample).length > 0
      ? JSON.stringify(sample)
      : undefined;
  } catch {
    // Invalid JSON is reported for the body.
    return undefined;
  }
}

/** The changes, and above them what keeps a body or a payload from being read. */
export async function changesText(comparison: Comparison, paint: Paint): Promise<string> {
  const { compared, bodies, payloads, missing } = comparison;
  const parts: string[] = [];
  for (const { configuration, payload, ...diagnostic } of compared.diagnostics) {
    if (diagnostic.severity !== "error") continue;
    const document = diagnostic.document === "body" ? bodies[configuration ?? "new"] : payloads[payload ?? 0];
    if (document !== undefined) parts.push(render([diagnostic], document, paint));
  }
  for (const found of missing) if (found.any) parts.push(await found.text(paint));
  const lines: string[] = [];
  let last = "";
  for (const change of compared.changes.slice(0, SHOWN)) {
    const head = headOf(change, payloads);
    if (head !== last) lines.push(paint.bold(sanitize(head)));
    last = head;
    lines.push(...linesOf(change, paint));
  }
  const all = Object.values(compared.counts).reduce((sum, count) => sum + count, 0);
  if (all > SHOWN) lines.push(`… ${all - SHOWN} more changes`);
  lines.push(summary(compared, payloads.length));
  const end = missing.some(({ any }) => any) ? partialLine(paint) : "";
  return [...parts, `${lines.join("\n")}\n${end}`].join("\n");
}

function headOf({ payload, index }: Change, payloads: readonly Document[]): string {
  const name = payloads[payload]?.name ?? `payload ${payload + 1}`;
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

function brief(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return sanitize(text.length > VALUE ? `${text.slice(0, VALUE)}…` : text);
}

function summary({ same, counts }: Compared, payloads: number): string {
  const over = `over ${payloads} payload${payloads === 1 ? "" : "s"}`;
  if (payloads === 0) return "no payload to compare with";
  if (same) return `the same alerts ${over}`;
  const told = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  return told.length === 0 ? `no comparison ${over}` : `changes ${over}: ${told.join(", ")}`;
}
