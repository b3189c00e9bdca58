/** What the cases of a configuration reach: its sources, status values, defaults, identifying tags and comparisons. */
import type { Coverage, CoveredItem } from "../../types.js";
import { gave } from "../coverage/facts.js";

/** A part of a configuration that a case can reach. */
export interface Point extends Pick<CoveredItem, "kind" | "text" | "pointer"> {
  /** In how many alerts it gave the value; of a comparison, in how many it held. */
  hits: number;
}

/** Of one configuration. */
export interface Reached {
  points: Point[];
  /** Pointers to rules of which nothing is reached. */
  rulesNeverHit: string[];
}

export function reached({ rules }: Coverage): Reached {
  const points: Point[] = [];
  const hitsOf = new Map<string, number>();
  for (const rule of rules) {
    for (const { kind, text, pointer, outcomes } of rule.items) {
      // The time of receipt is no part of the configuration.
      if (kind === "received-at") continue;
      const hits = gave(outcomes);
      points.push({ kind, pointer, text, hits });
      hitsOf.set(rule.pointer, (hitsOf.get(rule.pointer) ?? 0) + hits);
    }
  }
  return { points, rulesNeverHit: [...hitsOf].filter(([, hits]) => hits === 0).map(([pointer]) => pointer) };
}

/** How much of it is reached, in per cent, rounded down: only all of it is 100. */
export function percentOf(points: readonly Point[]): number {
  const hit = points.filter(({ hits }) => hits > 0).length;
  return points.length === 0 ? 100 : Math.floor((hit / points.length) * 100);
}
