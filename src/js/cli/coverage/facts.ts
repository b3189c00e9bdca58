/** What is said of a coverage, in whatever form. */
import type { Count, Coverage, CoveredItem, CoveredRule, CoverageOutcome, Outcomes } from "../../types.js";

/** Outcomes with which a rule or an item gave the value. */
const GAVE: readonly CoverageOutcome[] = ["used", "default", "received-at", "matched"];
/** All, in the order in which they are shown, and the words for them. */
const WORDS: readonly (readonly [CoverageOutcome, string])[] = [
  ["used", "used"],
  ["default", "default"],
  ["received-at", "time of receipt"],
  ["matched", "matched"],
  ["unmatched", "unmatched"],
  ["unreadable", "unreadable"],
  ["missing", "missing"],
  ["empty", "empty"],
  ["shadowed", "set by an earlier rule"],
  ["unknown", "unknown"],
  ["not-reached", "not reached"],
  ["over-limit", "over the limits"],
];
/** What an outcome of a rule is called where that is not the word of an item. */
const OF_RULE: Partial<Record<CoverageOutcome, string>> = {
  missing: "no value",
  unmatched: "alerts kept",
  matched: "alerts dropped",
};
const OF_ITEM: Record<CoveredItem["kind"], string> = {
  source: "source",
  default: "default",
  "status-value": "value",
  "received-at": "time of receipt",
  tag: "tag",
  comparison: "comparison",
};
/** Words that are shown. */
const SHOWN = 20;

export function amount(count: number): string {
  return count.toLocaleString("en");
}

export function plural(count: number, word: string): string {
  return `${amount(count)} ${count === 1 ? word : word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`}`;
}

/** The outcomes that were, with their words. */
export function outcomesOf(outcomes: Outcomes, isRule: boolean): [string, Count][] {
  return WORDS.flatMap(([outcome, word]) => {
    const count = outcomes[outcome];
    return count === undefined ? [] : [[(isRule && OF_RULE[outcome]) || word, count] as [string, Count]];
  });
}

/** How often a rule or an item gave the value. */
export function gave(outcomes: Outcomes): number {
  return GAVE.reduce((sum, outcome) => sum + (outcomes[outcome]?.count ?? 0), 0);
}

/** What a rule is called, and where it is. */
export function titleOf({ kind, tag, pointer }: CoveredRule): { title: string; pointer: string } {
  if (kind === "tag" && pointer === "") return { title: "fields that no rule names", pointer };
  if (kind === "timestamp") return { title: "time", pointer };
  if (kind === "identifier") return { title: tag === undefined ? "identity" : `identity: tag ${tag}`, pointer };
  if (kind === "tag") return { title: tag === undefined ? "tags of an object" : `tag ${tag}`, pointer };
  return { title: kind, pointer };
}

export function itemName({ kind, text }: CoveredItem): { kind: string; text: string } {
  return { kind: OF_ITEM[kind], text };
}

/** Rules that are worth a line: a rule of nothing, such as that of unnamed fields without any, is not. */
export function rulesOf({ rules }: Coverage): CoveredRule[] {
  return rules.filter(({ pointer, outcomes }) => pointer !== "" || Object.keys(outcomes).length > 0);
}

/** The words that got the default status, those that were most often first, and how often there were others. */
export function wordsOf({ defaultWords: { words, more } }: Coverage): {
  words: ({ word: string } & Count)[];
  more: number;
} {
  const sorted = [...words].sort((a, b) => b.count - a.count);
  const rest = sorted.slice(SHOWN).reduce((sum, { count }) => sum + count, 0);
  return { words: sorted.slice(0, SHOWN), more: more + rest };
}

/** What is to be said of the payloads as a whole: sentences with the count that each is about. */
export function notesOf({
  rejected,
  reported,
  unread,
  identities,
}: Coverage): { text: string; code?: string; count: Count }[] {
  const { neverOk, repeated, estimated } = identities;
  const about = estimated ? "about " : "";
  const notes: { text: string; code?: string; count: Count }[] = [];
  if (unread.count > 0) notes.push({ text: `${plural(unread.count, "payload")} could not be read`, count: unread });
  for (const [code, count] of Object.entries(reported)) {
    notes.push({ text: `${plural(count.count, "payload")} with`, code, count });
  }
  for (const [code, count] of Object.entries(rejected)) {
    notes.push({ text: `${plural(count.count, "rejection")} with`, code, count });
  }
  if (neverOk.count > 0) {
    notes.push({ text: `${about}${plural(neverOk.count, "problem")} that never saw an ok`, count: neverOk });
  }
  if (repeated.count > 0) {
    notes.push({
      text: `${plural(repeated.count, "alert")} with the identity of another alert of the payload`,
      count: repeated,
    });
  }
  return notes;
}

/** How many payloads, alerts and identities there are. */
export function summaryOf({ payloads, alerts, identities }: Coverage): string {
  const about = identities.estimated ? "about " : "";
  return `${plural(payloads, "payload")}, ${plural(alerts, "alert")}, ${about}${plural(identities.distinct, "identity")}`;
}
