/** The reasons of a proposal as rows: what each gives in the first alert, and from where. */
import type { Step } from "../engine/types.ts";
import { pathOf } from "../json/tree.ts";
import { count, showTime } from "../text/format.ts";
import { decides, happened } from "../text/trace.ts";
import type { ProposalPreview, ProposalReason } from "./contract.ts";

export interface ProposalRow {
  /** What was chosen, by its pointer into the proposed body. */
  pointer: string;
  /** A tag by its name; anything else in words. */
  name: string;
  /** What it gives in the first alert; `null`: nothing. */
  value: string | null;
  /** The path that the value comes from, or what takes its place; `null`: it comes from no field. */
  from: string | null;
  /** The field of the payload that `from` names. */
  payloadPointer: string | undefined;
  messages: string[];
  confidence: ProposalReason["confidence"];
  /** What is chosen now. */
  choice: string;
  /** The user chose it. */
  isOwn: boolean;
  /** What could be chosen instead. */
  others: string[];
}

const CONFIDENCES = ["low", "medium", "high"] as const;

/** Words for attributes that are about no tag. */
const WORDS: Record<string, string> = {
  default_to: "default",
  format: "time format",
  force_lowercase: "lower-case names",
  additional_attributes: "fields left out",
  config: "configuration",
};

/** One row for each thing that was chosen, guesses first. `instead`: what the user chose, by pointer. */
export function proposalRows(
  reasons: readonly ProposalReason[],
  instead: ReadonlyMap<string, string>,
  preview: ProposalPreview | null,
): ProposalRow[] {
  const rows = new Map<string, ProposalRow>();
  for (const reason of reasons) {
    const known = rows.get(reason.pointer);
    if (!known) rows.set(reason.pointer, rowOf(reason, instead.get(reason.pointer), preview));
    else {
      known.messages.push(reason.message);
      if (CONFIDENCES.indexOf(reason.confidence) < CONFIDENCES.indexOf(known.confidence))
        known.confidence = reason.confidence;
    }
  }
  return CONFIDENCES.flatMap((confidence) => [...rows.values()].filter((row) => row.confidence === confidence));
}

function rowOf(reason: ProposalReason, own: string | undefined, preview: ProposalPreview | null): ProposalRow {
  const { pointer, payloadPointer, confidence } = reason;
  const choice = own ?? reason.choice;
  const isOwn = own !== undefined && own !== reason.choice;
  const isPath = payloadPointer !== undefined || isOwn;
  return {
    pointer,
    ...said(pointer, choice, isPath, preview),
    payloadPointer: isOwn ? undefined : payloadPointer,
    messages: [reason.message],
    confidence,
    choice,
    isOwn,
    others: [reason.choice, ...(reason.alternatives ?? [])].filter((other) => other !== choice),
  };
}

/** A choice as it is called: an empty one is no path. */
export function choiceLabel(pointer: string, choice: string): string {
  if (choice !== "") return choice;
  return pointer.endsWith("/secondary_property") ? "none" : "the whole payload";
}

type Said = Pick<ProposalRow, "name" | "value" | "from">;

/** What a row says of the first alert. */
function said(pointer: string, choice: string, isPath: boolean, preview: ProposalPreview | null): Said {
  const [first = "", second, third] = pathOf(pointer.replace(/^\/config(?=\/)/, "")) as string[];
  const from = isPath ? choice : null;
  const alert = preview?.alerts[0];
  switch (first) {
    case "is_array":
    case "array_source":
      return {
        name: "alerts",
        value: preview?.alertCount.toLocaleString("en") ?? null,
        from: first === "is_array" && !isPath ? "the whole payload" : choice === "" ? "the payload, an array" : choice,
      };
    case "status":
      if (second === "status_map") return { name: third ?? "status", value: choice, from: null };
      if (second === "default_to") return { name: "default status", value: choice, from: null };
      return statusRow(pointer, Number(third ?? 0), from, preview);
    case "timestamp":
      if (second !== undefined) break;
      return { name: "time", value: (alert && showTime(alert.timestamp)?.local) ?? null, from };
    case "primary_property":
    case "secondary_property":
      if (second !== undefined)
        return { name: `${first.replace("_property", "")}, default`, value: choice, from: null };
      // A secondary property that is left out.
      if (choice === "") return { name: "secondary", value: "none", from: null };
      return tagRow(pointer, alert?.[first] ?? first.replace("_property", ""), choice, from, preview);
    case "additional_attributes":
      if (second !== undefined)
        return tagRow(pointer, choice.slice(choice.lastIndexOf(".") + 1), choice, from, preview);
      break;
    case "config":
      // A field that looks like the time but cannot be read as one: there is no rule for it to point to.
      if (isPath) return { name: "time", value: null, from };
  }
  const last = second ?? first;
  return { name: WORDS[last] ?? last, value: isPath || choice === "" ? null : choice, from };
}

function statusRow(pointer: string, place: number, from: string | null, preview: ProposalPreview | null): Said {
  const steps = preview?.steps.filter((one) => one.kind === "status" && one.sourcePointer === pointer) ?? [];
  const name = place > 0 ? `status, source ${place + 1}` : "status";
  const status = steps.some(decides) ? preview?.alerts[0]?.status : undefined;
  // Where another source gives it, this one says why it does not.
  return { name, value: status ?? (steps[0] ? happened(steps[0]) : null), from };
}

function tagRow(
  pointer: string,
  name: string,
  choice: string,
  from: string | null,
  preview: ProposalPreview | null,
): Said {
  if (!preview) return { name, value: null, from };
  const made = tagsOf(pointer, preview.steps);
  // An object gives a tag for each of its fields.
  if (made.length > 1) return { name: count(made.length, "tag"), value: made.map(({ tag }) => tag).join(", "), from };
  const [one] = made;
  const named = preview.alerts[0]?.tags[name];
  if (one) return { name: one.tag ?? name, value: one.value ?? null, from };
  return { name, value: named === undefined ? (from === null ? choice : null) : String(named), from };
}

function tagsOf(pointer: string, steps: readonly Step[]): Step[] {
  return steps.filter(({ kind, rule, outcome }) => kind === "tag" && rule === pointer && outcome === "used");
}
