/** Where a selection is in the texts, and an answer in words. */
import type { Answer } from "../engine/protocol.ts";
import type { Range } from "../engine/types.ts";
import { sourceOf } from "../json/body.ts";
import { pointerOf, rangeAt } from "../json/pointer.ts";
import type { Selection } from "../panels/contract.ts";
import type { TextDocument } from "../state/document.ts";
import type { Session } from "../state/session.ts";
import { count, countWithoutAlert } from "../text/format.ts";

/** Where in the payload a selection is. */
export function payloadRange(selection: Selection, payload: TextDocument): Range | null {
  if (selection.kind === "field") return rangeAt(payload.text, selection.pointer);
  return selection.kind === "step" ? (selection.step.payloadRange ?? null) : null;
}

/** Where in the body it comes from: the source of a step, its default, or at least its rule. */
export function configRange(selection: Selection, config: TextDocument): Range | null {
  if (selection.kind === "field") return null;
  if (selection.kind === "rule") return rangeAt(config.text, selection.pointer);
  const { sourcePointer, rule, outcome } = selection.step;
  return rangeAt(config.text, sourcePointer ?? (outcome === "default" ? `${rule}/default_to` : rule));
}

/** What is looked at when the cursor is in the value to which keys lead. */
export function selectionAt(name: "payload" | "config", path: readonly string[], config: string): Selection | null {
  const pointer = pointerOf(path);
  if (name === "payload") return { kind: "field", pointer, path: sourceOf(path, config) };
  // The sample is no rule.
  return path[0] === "sample_payload" ? null : { kind: "rule", pointer };
}

/** What came of the texts, for those who hear it. */
export function spoken(answer: Answer, { wanted, diagnostics }: Pick<Session, "wanted" | "diagnostics">): string {
  const { alertCount, rejected, rejectedCount, partial, ran } = answer;
  const problems = count(diagnostics.length, "problem");
  if (wanted !== null)
    return `There is no ${wanted === "payload" ? "payload" : "configuration"} yet${diagnostics.length > 0 ? `, ${problems}` : ""}`;
  if (!ran) return `Not processed: ${problems}`;
  const filteredCount = rejected.filter(({ code }) => code === "event-filtered").length;
  const without = countWithoutAlert({ rejectedCount, filteredCount }).replace(" · ", ", ");
  return [count(alertCount, "alert"), without, partial && "partial", problems].filter(Boolean).join(", ");
}

/** Documents in words, each once. */
export function named(documents: readonly TextDocument[]): string {
  const names = new Set(documents.map(({ name }) => name));
  return [names.has("payload") && "payload", names.has("config") && "configuration"].filter(Boolean).join(" and the ");
}
