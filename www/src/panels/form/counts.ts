import type { Covered } from "../../engine/protocol.ts";
import type { Count, CoveredItem, CoveredRule, Outcomes } from "../../engine/types.ts";
import { HAPPENED } from "../../text/trace.ts";

/** How often an item of a rule had each outcome, in the alerts of the open payloads. */
export interface ItemCounts {
  used: number;
  /** The alerts that the rule looked at. */
  total: number;
  /** In the order in which the words are listed. */
  outcomes: { words: string; count: Count }[];
}

const WORDS: Record<keyof Required<Outcomes>, string> = {
  ...HAPPENED,
  "not-reached": "not reached",
  "over-limit": "too long",
};

/** Outcomes in which an item decided. */
const DECIDES: (keyof Outcomes)[] = ["used", "default", "received-at", "matched"];

/** What the rules do over the open payloads, by the places of their sources, values and defaults. */
export class Counts {
  readonly #items = new Map<string, [CoveredItem, CoveredRule]>();

  constructor({ coverage }: Covered) {
    for (const rule of coverage.rules)
      for (const item of rule.items) {
        const key = item.kind === "received-at" ? item.kind : item.pointer;
        if (!this.#items.has(key)) this.#items.set(key, [item, rule]);
      }
  }

  /** The counts of the item at a place, if it still is the one that was counted. */
  at(pointer: string, text: string): ItemCounts | null {
    const [item, rule] = this.#items.get(pointer) ?? [];
    return item?.text === text && rule ? counts(item, rule) : null;
  }

  /** How often the time of receipt stood in. */
  receivedAt(): ItemCounts | null {
    const [item, rule] = this.#items.get("received-at") ?? [];
    return item && rule ? counts(item, rule) : null;
  }
}

function counts({ outcomes }: CoveredItem, rule: CoveredRule): ItemCounts | null {
  const total = sum(rule.outcomes);
  if (total === 0) return null;
  const words = Object.keys(WORDS) as (keyof Outcomes)[];
  return {
    used: DECIDES.reduce((all, outcome) => all + (outcomes[outcome]?.count ?? 0), 0),
    total,
    outcomes: words.flatMap((outcome) => {
      const count = outcomes[outcome];
      return count ? [{ words: WORDS[outcome], count }] : [];
    }),
  };
}

/** Each object has one outcome, besides a value that is too long. */
function sum(outcomes: Outcomes): number {
  return Object.entries(outcomes).reduce(
    (all, [outcome, count]) => all + (outcome === "over-limit" ? 0 : (count?.count ?? 0)),
    0,
  );
}
