/** What is rejected, as problems, and whether a configuration is for another payload altogether. */
import type { Answer } from "../engine/protocol.ts";
import type { Diagnostic, Field, Rejection } from "../engine/types.ts";
import { rangeAt } from "../json/pointer.ts";
import type { Model } from "../panels/form/model.ts";
import { count } from "../text/format.ts";

/** Different reasons that become problems. A hundred thousand alerts may be rejected, each in words of its own. */
const REASONS = 20;
/** Up to so many characters places are looked for in the payload: in a longer one that would be felt at each key. */
const PLACED = 300_000;

/** One problem for each reason, at the first element that it rejects. What the filter drops is wanted. */
export function rejectionProblems({ rejected }: Answer, payload: string): Diagnostic[] {
  const reasons = new Map<string, { first: Rejection; amount: number }>();
  for (const one of rejected) {
    const known = reasons.get(one.message);
    if (known) known.amount += 1;
    else if (one.code !== "event-filtered" && reasons.size < REASONS)
      reasons.set(one.message, { first: one, amount: 1 });
  }
  return [...reasons.values()].map(({ first: { code, index, message, pointer }, amount }): Diagnostic => {
    const subject = index === null ? "the payload is rejected" : `${count(amount, "alert")} rejected`;
    const place = payload.length <= PLACED ? rangeAt(payload, pointer) : null;
    const problem = {
      code,
      severity: "error",
      message: `${subject}: ${message}`,
      document: "payload",
      pointer,
    } as const;
    return place ? { ...problem, range: beginning(payload, place.start) } : problem;
  });
}

/** The opening bracket stands for an element: underlining all of it would be too much. */
function beginning(text: string, start: number): NonNullable<Diagnostic["range"]> {
  const before = text.slice(0, start);
  return { start, end: start + 1, line: before.split("\n").length, column: start - before.lastIndexOf("\n") };
}

/** How many of the fields that a configuration reads a payload has. */
export interface Coverage {
  found: number;
  all: number;
}

/**
 * The configuration is for another payload: every alert is rejected, and the payload has less than half of the fields
 * that the rules read. `null` where that is not so.
 */
export function foreignTo(answer: Answer, model: Model | null, fields: readonly Field[]): Coverage | null {
  const isRejected = answer.rejected.length > 0 && answer.rejected.every(({ code }) => code !== "event-filtered");
  if (!model || answer.alertCount > 0 || !isRejected || fields.length === 0) return null;
  const lists = [model.status.source, ...model.tags.map(({ source }) => source), model.time.source];
  const sources = new Set(lists.flatMap(({ items }) => items.filter(({ odd }) => !odd).map(({ text }) => text)));
  const paths = new Set(fields.map(({ path }) => path));
  const found = [...sources].filter((source) => paths.has(source)).length;
  return found * 2 < sources.size ? { found, all: sources.size } : null;
}
