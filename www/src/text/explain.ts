import type { Alert, Step } from "../engine/types.ts";
import { line } from "./shown.ts";
import { showTime } from "./time.ts";

/** A value of an alert and what led to it. */
export interface Reasoned {
  kind: Step["kind"];
  name: string;
  /** `null`: a rule that gave no tag. */
  value: string | string[] | null;
  role: "primary" | "secondary" | null;
  steps: Step[];
}

const DECIDES = new Set<Step["outcome"]>(["used", "default", "received-at"]);

/** Whether a step gave the value, or a part of an identifier. */
export function decides(step: Step): boolean {
  return DECIDES.has(step.outcome);
}

const IDENTITY = ["kind", "rule", "tag", "source", "sourcePointer", "payloadPointer", "value", "outcome"] as const;

/** Whether two steps are the same one. A trace that is fetched twice consists of other objects. */
export function sameStep(a: Step, b: Step): boolean {
  return a === b || IDENTITY.every((key) => a[key] === b[key]);
}

/** Everything an alert says, each with its steps: status, time, identifier, the tags, then the rules that gave none. */
export function reasons(alert: Alert, steps: Step[]): Reasoned[] {
  const of = (kind: Step["kind"]) => steps.filter((step) => step.kind === kind);
  const facts: Reasoned[] = [
    { kind: "status", name: "status", value: alert.status, role: null, steps: of("status") },
    { kind: "timestamp", name: "time", value: String(alert.timestamp), role: null, steps: of("timestamp") },
    {
      kind: "identifier",
      name: "identifier",
      value: alert.incident_identifier.flat(),
      role: null,
      steps: of("identifier"),
    },
  ];
  const tagged = Map.groupBy(of("tag"), (step) => step.tag ?? "");
  // A step of a rule whose tags are named by the payload has no name while nothing is found. It belongs to what its rule found later.
  const nameless = Map.groupBy(tagged.get("") ?? [], (step) => step.rule);
  tagged.delete("");
  const found = new Set<string>();
  const tags = Object.entries(alert.tags).map(([name, value]): Reasoned => {
    const role = name === alert.primary_property ? "primary" : name === alert.secondary_property ? "secondary" : null;
    const own = tagged.get(name) ?? [];
    const rule = own.find(decides)?.rule ?? "";
    found.add(rule);
    return { kind: "tag", name, value, role, steps: [...(nameless.get(rule) ?? []), ...own] };
  });
  const none = (name: string, own: Step[]): Reasoned => ({ kind: "tag", name, value: null, role: null, steps: own });
  const without = [
    ...[...tagged].filter(([name]) => !Object.hasOwn(alert.tags, name)).map(([name, own]) => none(name, own)),
    ...[...nameless].filter(([rule]) => !found.has(rule)).map(([rule, own]) => none(own[0]?.source ?? rule, own)),
  ];
  return [...facts, ...tags, ...without];
}

/** The words of a step, and what the engine adds where the words do not say it already. */
export interface Outcome {
  words: string;
  more: string | undefined;
}

/** What happened at a step. Values of the user stand in back-ticks. */
export function outcome(step: Step): Outcome {
  const { kind, result, detail } = step;
  const say = (words: string, more = detail): Outcome => ({ words, more });
  switch (step.outcome) {
    case "used":
      if (kind === "status") return { words: result ? `is mapped to \`${result}\`` : "is mapped", more: undefined };
      if (kind === "timestamp") return { words: readAs(step), more: undefined };
      return say(kind === "identifier" ? "is part of the identifier" : "used");
    case "missing":
      return say("not in this payload");
    case "empty":
      return say("there, but empty");
    case "unmatched":
      return say("is listed under no status");
    case "unreadable":
      return say("cannot be read as a time");
    case "shadowed":
      return say("passed over, as another rule gives this tag", undefined);
    case "default":
      if (kind !== "status") return say("no source gave a value, so the default");
      return say(
        result === undefined
          ? "nothing matched, so the default status"
          : `nothing matched, so the default \`${result}\``,
      );
    case "received-at":
      return { words: `${detail ?? "no source gave a time"}, so the time of receipt`, more: undefined };
  }
}

/** An outcome in a word or two, to be counted. */
export function happened(outcome: Step["outcome"]): string {
  return HAPPENED[outcome];
}

const HAPPENED: Record<Step["outcome"], string> = {
  used: "used",
  missing: "not there",
  empty: "empty",
  unmatched: "listed under no status",
  unreadable: "no time",
  shadowed: "passed over",
  default: "default",
  "received-at": "time of receipt",
};

/** How a value came about, in one sentence. Values of the user stand in back-ticks. */
export function summary(steps: readonly Step[]): string {
  const used = steps.filter(decides);
  const [step] = used;
  if (!step) return "Nothing gave a value, so there is no such tag.";
  const value = ticked(step.value);
  const from = step.source === undefined ? "" : ` in ${ticked(step.source)}`;
  if (step.kind === "identifier") return `It is made of ${used.map((one) => ticked(one.tag)).join(" and ")}.`;
  if (step.outcome === "received-at") return "No source gave a time, so it is the time of receipt.";
  if (step.outcome === "default") {
    const passed = steps.length > 1 ? "No source gave a value" : "There is no source to try";
    return step.kind === "status"
      ? `Nothing matched, so it is the default: ${ticked(step.result ?? step.value)}.`
      : `${passed}, so it is the default: ${value}.`;
  }
  if (step.kind === "status") return `${value}${from} is mapped to ${ticked(step.result)}.`;
  if (step.kind === "timestamp") return `${value}${from} gave the time, ${readAs(step)}.`;
  if (step.rule === "") return `No rule looks at this field; as additional tags are mapped, ${value} became a tag.`;
  return from
    ? `${value}${from} became the tag ${ticked(step.tag)}.`
    : `It is ${value}${step.detail ? `: ${step.detail}` : ""}.`;
}

/** A value between back-ticks, cut. Back-ticks of its own would end it. */
function ticked(value = ""): string {
  return `\`${line(value, 120).replaceAll("`", "´")}\``;
}

function readAs({ result, detail = "read" }: Step): string {
  const time = result === undefined ? null : showTime(Number(result));
  return time ? `${detail}: ${time.utc}` : detail;
}
