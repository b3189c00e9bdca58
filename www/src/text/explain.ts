import type { Alert, Step } from "../engine/types.ts";
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

/** Everything an alert says, each with its steps: status, time, identifier, the tags, then the rules that gave none. */
export function reasons(alert: Alert, steps: Step[]): Reasoned[] {
  const of = (kind: Step["kind"]) => steps.filter((step) => step.kind === kind);
  const facts: Reasoned[] = [
    { kind: "status", name: "status", value: alert.status, role: null, steps: of("status") },
    { kind: "timestamp", name: "time", value: String(alert.timestamp), role: null, steps: of("timestamp") },
    { kind: "identifier", name: "identifier", value: alert.incident_identifier.flat(), role: null, steps: of("identifier") },
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
      return say(kind === "status" ? "nothing matched, so the default status" : "no source gave a value, so the default");
    case "received-at":
      return { words: `${detail ?? "no source gave a time"}, so the time of receipt`, more: undefined };
  }
}

function readAs({ result, detail = "read" }: Step): string {
  const time = result === undefined ? null : showTime(Number(result));
  return time ? `${detail}: ${time.utc}` : detail;
}
