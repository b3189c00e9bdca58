/** What differs between an alert of ours and that of BigPanda, and which rule of ours decides it. */
import type { Step } from "../../types.js";
import { normalize } from "../json.js";
import type { TagValue, TheirAlert } from "./answer.js";
import { BP_TIMESTAMP, isReceivedAt, keyOf, type Match, type OurAlert, own } from "./match.js";

/** Sections of docs/semantics.md by their anchors. */
export type Section =
  | "source-paths"
  | "populated"
  | "tags"
  | "status"
  | "time"
  | "identity"
  | "over-time"
  | "rejections";

export interface Difference {
  kind: "tag" | "tag-name" | "status" | "time" | "identity" | "missing";
  /** The tag, where it is one. */
  tag?: string;
  /** What the engine made; `null`: nothing. */
  here: unknown;
  /** What BigPanda made; `null`: nothing. */
  bigpanda: unknown;
  /** RFC 6901 pointer into the body to the rule; empty where no rule is responsible. */
  pointer: string;
  /** Anchor of the section of docs/semantics.md that decides it. */
  section: Section;
  /** The rule that likely decides it: the id of its probe. */
  probe?: string;
}

/** What decides: a section and, where it is known, one rule of it. */
type Decision = Pick<Difference, "pointer" | "section"> & { probe?: string };

/** All differences of a match. `payload` is the text of the payload. */
export function differencesOf({ ours, theirs }: Match, payload: string, ignored: ReadonlySet<string>): Difference[] {
  const { alert, steps } = ours;
  if (theirs === undefined) {
    const step = steps.find(({ kind }) => kind === "identifier");
    return [
      {
        kind: "missing",
        here: alert.incident_identifier,
        bigpanda: null,
        pointer: step?.rule ?? "",
        section: "rejections",
      },
    ];
  }
  return [
    ...tagDifferences(ours, theirs, payload, ignored),
    ...statusDifference(ours, theirs),
    ...timeDifference(ours, theirs),
    ...identityDifferences(ours, theirs),
  ];
}

function tagDifferences({ alert, steps }: OurAlert, theirs: TheirAlert, payload: string, ignored: ReadonlySet<string>) {
  const differences: Difference[] = [];
  const onlyHere: [string, TagValue][] = [];
  const compared = Object.entries(alert.tags).filter(
    ([name]) => !ignored.has(name) && !(name === BP_TIMESTAMP && isReceivedAt(steps)),
  );
  for (const [name, value] of compared) {
    const other = theirs.tags.get(name);
    if (other === undefined) onlyHere.push([name, value]);
    else if (!isSame(value, other)) {
      differences.push({
        kind: "tag",
        tag: name,
        here: value,
        bigpanda: other,
        ...decideValue(steps, name, value, other, payload),
      });
    }
  }
  const onlyThere = [...theirs.tags].filter(
    ([name]) => !Object.hasOwn(alert.tags, name) && !ignored.has(name) && name !== BP_TIMESTAMP,
  );
  for (const [name, value] of onlyHere) {
    // The same value under another name is one difference, not two.
    const at = onlyThere.findIndex(([, other]) => isSame(value, other));
    const [renamed] = at < 0 ? [] : onlyThere.splice(at, 1);
    differences.push(
      renamed === undefined
        ? { kind: "tag", tag: name, here: value, bigpanda: null, ...decideAbsent(steps, name, payload) }
        : { kind: "tag-name", tag: name, here: name, bigpanda: renamed[0], ...decideName(steps, name, renamed[0]) },
    );
  }
  for (const [name, value] of onlyThere) {
    differences.push({ kind: "tag", tag: name, here: null, bigpanda: value, ...decideExtra(steps, name) });
  }
  return differences;
}

/** Whether values are equal; JSON text is equal to other text of the same JSON. */
function isSame(here: TagValue, there: TagValue): boolean {
  if (keyOf(here) === keyOf(there)) return true;
  if (typeof here !== "string" || !/^[[{]/.test(here)) return false;
  return normalize(here) === normalize(keyOf(there));
}

function decideValue(steps: readonly Step[], name: string, here: TagValue, there: TagValue, payload: string): Decision {
  const step = made(steps, name);
  if (step === undefined || step.rule.endsWith("/bp_timestamp")) return decision(step, "tags", "bp-timestamp-form");
  if (step.outcome === "default") return decision(step, "tags");
  if (steps.some(({ tag, outcome }) => tag === name && outcome === "shadowed"))
    return decision(step, "tags", "same-tag-twice");
  const kind = kindOf(step, payload);
  if (kind === "text" && keyOf(here).toLowerCase() === keyOf(there).toLowerCase())
    return decision(step, "tags", "lowercase-names");
  if (kind === "text") return decision(step, "source-paths");
  return decision(
    step,
    "tags",
    { number: "number-text", boolean: "boolean-text", list: "list-items", json: "object-text" }[kind],
  );
}

function decideAbsent(steps: readonly Step[], name: string, payload: string): Decision {
  const step = made(steps, name);
  if (step?.outcome !== "used" || step.rule.endsWith("/bp_timestamp")) return decision(step, "tags");
  const { source = "", payloadPointer = "" } = step;
  const levels = payloadPointer.split("/").length - 1;
  // An element of the array has its own place, which the source does not name.
  if (!source.startsWith("@alert.")) {
    const keys = source.split(".").length;
    if (levels < keys) return decision(step, "source-paths", "dotted-keys");
    if (levels > keys) return decision(step, "tags", "flatten-deep");
  }
  return kindOf(step, payload) === "text" ? decision(step, "source-paths") : decision(step, "populated", "populated");
}

function decideName(steps: readonly Step[], here: string, there: string): Decision {
  const step = made(steps, here);
  if (here.toLowerCase() === there.toLowerCase()) return decision(step, "tags", "lowercase-names");
  return decision(step, "tags", "derived-name");
}

function decideExtra(steps: readonly Step[], name: string): Decision {
  const tried = steps.filter(({ kind, tag }) => kind === "tag" && tag === name);
  const last = tried.at(-1);
  if (last === undefined) return { pointer: "", section: "tags", probe: "additional-tags" };
  if (tried.some(({ outcome }) => outcome === "empty")) return decision(last, "populated", "populated");
  return decision(last, "source-paths");
}

function statusDifference({ alert, steps }: OurAlert, { status }: TheirAlert): Difference[] {
  if (status === undefined || status === alert.status) return [];
  const tried = steps.filter(({ kind }) => kind === "status");
  const last = tried.at(-1);
  const inCase = last?.outcome === "default" && tried.some(({ outcome }) => outcome === "unmatched");
  const listed = last?.outcome === "used" && last.values !== undefined;
  const probe = inCase ? "status-case" : listed ? "status-list" : undefined;
  return [{ kind: "status", here: alert.status, bigpanda: status, ...decision(last, "status", probe) }];
}

function timeDifference({ alert, steps }: OurAlert, { timestamp }: TheirAlert): Difference[] {
  if (timestamp === undefined || timestamp === alert.timestamp || isReceivedAt(steps)) return [];
  const tried = steps.filter(({ kind }) => kind === "timestamp");
  const probe = tried.some(({ outcome }) => outcome === "unreadable")
    ? "time-unreadable"
    : Math.abs(timestamp - alert.timestamp) === 1
      ? "time-rounding"
      : "time-forms";
  return [{ kind: "time", here: alert.timestamp, bigpanda: timestamp, ...decision(tried.at(-1), "time", probe) }];
}

function identityDifferences({ alert, steps }: OurAlert, theirs: TheirAlert): Difference[] {
  const differences: Difference[] = [];
  const members = [
    ["primary_property", alert.primary_property, theirs.primary],
    ["secondary_property", alert.secondary_property, theirs.secondary],
  ] as const;
  for (const [member, name, other] of members) {
    // It is not known whether the name of the tag or its value stands there.
    const value = name === null ? undefined : own(alert.tags, name);
    if (other === undefined || other === name || (value !== undefined && keyOf(value) === other)) continue;
    const step = name === null ? undefined : made(steps, name);
    differences.push({ kind: "identity", tag: member, here: name, bigpanda: other, ...decision(step, "identity") });
  }
  const { identifier } = theirs;
  if (identifierDiffers(alert.incident_identifier, identifier)) {
    const step = steps.find(({ kind }) => kind === "identifier");
    const probe = step?.rule.endsWith("/incident_identifier") ? "identity-override" : "identity-list";
    const known = { here: alert.incident_identifier, bigpanda: identifier };
    differences.push({ kind: "identity", tag: "incident_identifier", ...known, ...decision(step, "identity", probe) });
  }
  return differences;
}

/** A text is compared only with an identity of one value: how BigPanda joins several, or hashes them, is not known. */
function identifierDiffers(here: readonly TagValue[], there: TagValue | undefined): boolean {
  if (there === undefined || (typeof there === "string" && here.length > 1)) return false;
  return JSON.stringify(typeof there === "string" ? [there] : there) !== JSON.stringify(here);
}

/** The step that made a tag. */
function made(steps: readonly Step[], name: string): Step | undefined {
  return steps.find(
    ({ kind, tag, outcome }) => kind === "tag" && tag === name && (outcome === "used" || outcome === "default"),
  );
}

/** What a value is in the payload. */
function kindOf({ payloadRange, values }: Step, payload: string): "text" | "number" | "boolean" | "list" | "json" {
  const first = payloadRange === undefined ? '"' : (payload[payloadRange.start] ?? '"');
  if (first === "[") return values === undefined ? "json" : "list";
  if (first === "{") return "json";
  if (first === "t" || first === "f") return "boolean";
  return /[-\d]/.test(first) ? "number" : "text";
}

function decision(step: Step | undefined, section: Section, probe?: string): Decision {
  const pointer = step?.sourcePointer ?? step?.rule ?? "";
  return { pointer, section, ...(probe === undefined ? {} : { probe }) };
}
