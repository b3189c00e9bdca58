import type { Alert, Field, Step } from "../engine/types.ts";
import { line, showTime } from "./format.ts";

const NAMES: Record<string, string> = {
  status: "Status",
  primary_property: "Primary property",
  secondary_property: "Secondary property",
  timestamp: "Time",
  bp_timestamp: "Readable time",
  incident_identifier: "Identity",
  event_filter: "Filter",
};

/** The pointer of the rule that a pointer into the body lies in: `/config/status` of `/config/status/source/0`. */
export function ruleOf(pointer: string): string {
  const parts = pointer.split("/");
  const first = parts[1] === "config" ? 2 : 1;
  const length = parts[first] === "additional_attributes" ? 2 : 1;
  return parts.slice(0, first + length).join("/");
}

/** A rule as people call it. The empty pointer stands for the tags that no rule asked for. */
export function ruleName(pointer: string): string {
  if (pointer === "") return "Additional tag";
  const parts = pointer.split("/").slice(1);
  if (parts[0] === "config") parts.shift();
  const [name = "", number] = parts;
  if (name === "additional_attributes") return number === undefined ? "Tags" : `Tag ${Number(number) + 1}`;
  return NAMES[name] ?? name;
}

/** What within its rule a pointer names: a source, a value, one of its attributes. Empty for the rule itself. */
export function partName(pointer: string): string {
  const [attribute, ...rest] = pointer.slice(ruleOf(pointer).length).split("/").slice(1);
  if (attribute === undefined) return "";
  // A tag in the list of a property, in version 2.
  if (/^\d+$/.test(attribute)) return `tag ${Number(attribute) + 1}`;
  if (attribute === "source") return rest[0] === undefined ? "sources" : `source ${Number(rest[0]) + 1}`;
  if (attribute === "status_map") return rest[0] === undefined ? "values" : `values of ${rest[0]}`;
  return attribute;
}

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

/** Everything an alert says, each with its steps: the filter where there is one, status, time, identifier, the tags, then the rules that gave none. */
export function reasons(alert: Alert, steps: Step[]): Reasoned[] {
  const of = (kind: Step["kind"]) => steps.filter((step) => step.kind === kind);
  const filter = of("filter");
  const filtered: Reasoned[] =
    filter.length === 0 ? [] : [{ kind: "filter", name: "filter", value: "kept", role: null, steps: filter }];
  const facts: Reasoned[] = [
    ...filtered,
    { kind: "status", name: "status", value: alert.status, role: null, steps: of("status") },
    { kind: "timestamp", name: "time", value: String(alert.timestamp), role: null, steps: of("timestamp") },
    {
      kind: "identifier",
      name: "identity",
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
      return say(kind === "identifier" ? "is part of the identity" : "used");
    case "matched":
      return say("matches");
    case "unknown":
      return say("is compared with a regular expression, which is not run");
    case "missing":
      return say(kind === "identifier" ? "the alert has no such tag" : "not in this payload");
    case "empty":
      return say("present, but empty");
    case "unmatched":
      return kind === "filter" ? say("does not match") : say("is not listed under any status");
    case "unreadable":
      return say("cannot be read as a time");
    case "shadowed":
      return say("skipped, as another rule sets this tag", undefined);
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
export function happened({ kind, outcome }: Step): string {
  return kind === "filter" && outcome === "unmatched" ? "no match" : HAPPENED[outcome];
}

/** Outcomes in a word or two. */
export const HAPPENED: Record<Step["outcome"], string> = {
  used: "used",
  missing: "not there",
  empty: "empty",
  unmatched: "not listed under any status",
  unreadable: "no time",
  shadowed: "passed over",
  default: "default",
  "received-at": "time of receipt",
  matched: "match",
  unknown: "not known",
};

/** How a value came about, in one sentence. Values of the user stand in back-ticks. */
export function summary(steps: readonly Step[]): string {
  if (steps[0]?.kind === "filter") return filterSummary(steps);
  const used = steps.filter(decides);
  const [step] = used;
  if (!step) return "No source has a value, so there is no such tag.";
  const value = ticked(step.value);
  const from = step.source === undefined ? "" : ` in ${ticked(step.source)}`;
  if (step.kind === "identifier") return `It is made of ${used.map((one) => ticked(one.tag)).join(" and ")}.`;
  if (step.outcome === "received-at") return "No source gave a time, so it is the time of receipt.";
  if (step.outcome === "default") {
    const passed = steps.length > 1 ? "No source gave a value" : "There is no source";
    return step.kind === "status"
      ? `Nothing matched, so it is the default: ${ticked(step.result ?? step.value)}.`
      : `${passed}, so it is the default: ${value}.`;
  }
  if (step.kind === "status") return `${value}${from} is mapped to ${ticked(step.result)}.`;
  if (step.kind === "timestamp") return `${value}${from} gave the time, ${readAs(step)}.`;
  if (step.rule === "") return `No rule uses this field; as additional tags are mapped, ${value} became a tag.`;
  return from
    ? `${value}${from} became the tag ${ticked(step.tag)}.`
    : `It is ${value}${step.detail ? `: ${step.detail}` : ""}.`;
}

function filterSummary(steps: readonly Step[]): string {
  const matched = steps.filter(({ outcome }) => outcome === "matched").length;
  const unknown = steps.some(({ outcome }) => outcome === "unknown");
  const comparisons = steps.length === 1 ? "One comparison" : `${steps.length} comparisons`;
  const rest = unknown ? " A regular expression is not run; where the filter depends on it, the alert is kept." : "";
  return `${comparisons} of the filter, of which ${matched} ${matched === 1 ? "matches" : "match"}.${rest}`;
}

/** A value between back-ticks, cut. Back-ticks of its own would end it. */
function ticked(value = ""): string {
  return `\`${line(value, 120).replaceAll("`", "´")}\``;
}

function readAs({ result, detail = "read" }: Step): string {
  const time = result === undefined ? null : showTime(Number(result));
  return time ? `${detail}: ${time.utc}` : detail;
}

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
  // An identifier is made of tags. The place in the text shows what it took.
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
      (step.kind !== "identifier" || !/_property$/.test(rule) || isListed(step)),
  );
  const part = pointer.slice(rule.length).split("/").slice(1);
  if (/^\d+$/.test(part[0] ?? ""))
    return own.filter(({ sourcePointer }) => sourcePointer?.startsWith(`${rule}/${part[0]}/`));
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

/** Whether a step tries a tag in the list of a property, in version 2: there is no other step of that property. */
function isListed({ rule, sourcePointer }: Step): boolean {
  return sourcePointer?.startsWith(`${rule}/`) === true && sourcePointer.endsWith("/name");
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
