import type { Field, Step } from "../engine/types.ts";
import { ruleOf } from "./rules.ts";

/** A step, and the element of the payload whose alert it is about. */
export interface Use {
  alert: number;
  step: Step;
}

/** Steps of one rule that are about one tag, or about the status, the time, the identifier. */
export interface Uses {
  rule: string;
  kind: Step["kind"];
  tag: string | undefined;
  uses: Use[];
}

/** All steps of the value that a step is about, in order. */
export function chainOf(step: Step, steps: readonly Step[]): Step[] {
  const { kind, tag, rule } = step;
  if (kind !== "tag") return steps.filter((other) => other.kind === kind);
  // While nothing is found, the steps of a rule whose tags are named by the payload have no name.
  const about = (other: Step) =>
    tag === undefined ? other.rule === rule : other.tag === tag || (other.tag === undefined && other.rule === rule);
  return steps.filter((other) => other.kind === "tag" && about(other));
}

/** The steps that looked at a field: at its value, at an object that holds it, or at a part of it. */
export function ofField(pointer: string, steps: readonly Step[]): Step[] {
  const found = steps.filter(
    ({ payloadPointer: at }) =>
      at !== undefined && (at === pointer || at.startsWith(`${pointer}/`) || pointer.startsWith(`${at}/`)),
  );
  // An identifier is made of tags. What it took is told by the place in the text.
  const places = new Set(
    found.filter(({ outcome }) => outcome === "used").map(({ payloadRange }) => payloadRange?.start),
  );
  const identifies = steps.filter(
    ({ kind, payloadRange }) => kind === "identifier" && payloadRange && places.has(payloadRange.start),
  );
  return [...found, ...identifies.filter((step) => !found.includes(step))];
}

/** The steps of a rule, or of one of its sources, its default, a value of its status map. */
export function ofRule(pointer: string, steps: readonly Step[], text: (pointer: string) => string | null): Step[] {
  const rule = ruleOf(pointer);
  const own = steps.filter(
    (step) =>
      (step.rule === rule || step.rule.startsWith(`${rule}/`)) &&
      (step.kind !== "identifier" || !/_property$/.test(rule)),
  );
  const part = pointer.slice(rule.length).split("/").slice(1);
  if (part[0] === "source" && part[1] !== undefined)
    return own.filter(({ sourcePointer }) => sourcePointer === pointer);
  if (part[0] === "default_to") return own.filter(({ outcome }) => outcome === "default");
  if (part[0] === "status_map" && part[1] !== undefined) {
    const mapped = own.filter(({ outcome, result }) => outcome === "used" && result === part[1]);
    const value = part[2] === undefined ? null : text(pointer);
    return value === null ? mapped : mapped.filter((step) => step.value === value || step.values?.includes(value));
  }
  return own;
}

/** Steps by the rule and the value that they are about, in the order they came. */
export function grouped(uses: Iterable<Use>): Uses[] {
  const groups = new Map<string, Uses>();
  for (const use of uses) {
    const { kind, tag } = use.step;
    const rule = kind === "identifier" ? "identifier" : use.step.rule;
    const key = `${kind} ${rule} ${kind === "tag" ? tag : ""}`;
    const group = groups.get(key) ?? { rule, kind, tag: kind === "tag" ? tag : undefined, uses: [] };
    group.uses.push(use);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Where the array of alerts is, by the fields of the payload; `null` where the payload is a single alert. */
export function arrayPointer(fields: readonly Field[]): string | null {
  for (const { path, pointer } of fields) {
    if (!path.startsWith("@alert.")) continue;
    const parts = pointer.split("/");
    for (let from = 1; from < parts.length; from++) {
      const rest = parts
        .slice(from + 1)
        .map(unescape)
        .join(".");
      if (/^\d+$/.test(parts[from] ?? "") && rest === path.slice("@alert.".length))
        return parts.slice(0, from).join("/");
    }
  }
  return null;
}

/** The source path of a place in the payload, and the element of the array that it lies in. */
export function placed(pointer: string, fields: readonly Field[]): { path: string; element: number | null } {
  const array = arrayPointer(fields);
  const within = array !== null && pointer.startsWith(`${array}/`) ? pointer.slice(array.length + 1).split("/") : null;
  if (!within) return { path: pointer.split("/").slice(1).map(unescape).join("."), element: null };
  const keys = within.slice(1).map(unescape);
  return { path: ["@alert", ...keys].join("."), element: Number(within[0]) };
}

function unescape(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
