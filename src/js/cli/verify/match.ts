/** Which alert of BigPanda is which of ours. They come in any order, with alerts of other payloads among them. */
import type { Alert, Step } from "../../types.js";
import type { TagValue, TheirAlert } from "./answer.js";

/** Alerts with one identity that are looked at, and alerts with one value. More would take the product of the two. */
const LOOKED_AT = 100;

/** An alert that the engine made. */
export interface OurAlert {
  /** Place of the payload in the list. */
  payload: number;
  alert: Alert;
  steps: readonly Step[];
}

export interface Match {
  ours: OurAlert;
  theirs: TheirAlert | undefined;
  /** Whether another one of ours, which is equal, has the same alert of BigPanda: it drops duplicates. */
  duplicate: boolean;
}

/** The tag with the time in readable form, which is that of receipt where no source gives one. */
export const BP_TIMESTAMP = "bp_timestamp";

/**
 * Matches equal alerts first, then those with the same primary and secondary value, then those with most values in
 * common, at least half of them. Each alert of BigPanda is given once, except to duplicates.
 */
export function match(
  ours: readonly OurAlert[],
  theirs: readonly TheirAlert[],
  ignored: ReadonlySet<string>,
): { matches: Match[]; others: TheirAlert[] } {
  const used = new Set<TheirAlert>();
  const found = new Map<OurAlert, TheirAlert>();
  const duplicates = new Set<OurAlert>();
  const take = (one: OurAlert, other: TheirAlert | undefined) => {
    if (other === undefined) return;
    found.set(one, other);
    used.add(other);
  };

  const equal = groupBy(theirs, (one) => contentKey(one.tags, one.status, ignored));
  const repeated = new Map<string, OurAlert[]>();
  const twins = new Map<string, TheirAlert>();
  for (const one of ours) {
    const key = contentKey(Object.entries(one.alert.tags), one.alert.status, ignored);
    const group = equal.get(key);
    if (group === undefined) continue;
    const near = group.queue.slice(0, LOOKED_AT);
    const sameTime = near.findIndex(({ timestamp }) => timestamp === one.alert.timestamp);
    const [other] = sameTime < 0 ? [] : group.queue.splice(sameTime, 1);
    take(one, other);
    if (other === undefined) push(repeated, key, one);
    else twins.set(twinKey(key, one), other);
  }
  for (const [key, ones] of repeated) {
    const group = equal.get(key);
    for (const one of ones) {
      // A duplicate has the time of its twin, as far as it has one of its own.
      const isReceived = isReceivedAt(one.steps);
      const next = !isReceived && twins.has(twinKey(key, one)) ? undefined : group?.queue.shift();
      if (next !== undefined) {
        take(one, next);
        twins.set(twinKey(key, one), next);
        continue;
      }
      const twin = isReceived ? group?.all[0] : twins.get(twinKey(key, one));
      if (twin === undefined) continue;
      found.set(one, twin);
      duplicates.add(one);
    }
  }

  const byNames = new Map<string, Map<string, { queue: TheirAlert[] }>>();
  for (const one of ours) {
    if (found.has(one)) continue;
    const names = [
      one.alert.primary_property,
      ...(one.alert.secondary_property === null ? [] : [one.alert.secondary_property]),
    ];
    const id = JSON.stringify(names);
    const groups =
      byNames.get(id) ?? groupBy(theirs, ({ tags }) => JSON.stringify(names.map((name) => tags.get(name) ?? null)));
    byNames.set(id, groups);
    const key = JSON.stringify(names.map((name) => own(one.alert.tags, name) ?? null));
    const group = groups.get(key);
    if (group === undefined) continue;
    group.queue = group.queue.filter((other) => !used.has(other));
    take(one, best(one, group.queue.slice(0, LOOKED_AT)));
  }

  const byValue = new Map<string, TheirAlert[]>();
  for (const other of theirs) {
    if (used.has(other)) continue;
    for (const value of new Set([...other.tags.values()].map(keyOf))) push(byValue, value, other);
  }
  for (const one of ours) {
    if (found.has(one)) continue;
    const values = new Set(Object.values(one.alert.tags).map(keyOf));
    const counts = new Map<TheirAlert, number>();
    for (const value of values) {
      const alerts = byValue.get(value) ?? [];
      // What so many have distinguishes nothing.
      if (alerts.length > LOOKED_AT) continue;
      for (const other of alerts) if (!used.has(other)) counts.set(other, (counts.get(other) ?? 0) + 1);
    }
    const [top] = [...counts].sort(([, a], [, b]) => b - a);
    if (top !== undefined && top[1] * 2 >= values.size) take(one, top[0]);
  }

  return {
    matches: ours.map((one) => ({ ours: one, theirs: found.get(one), duplicate: duplicates.has(one) })),
    others: theirs.filter((other) => !used.has(other)),
  };
}

/** What duplicates have in common. */
function twinKey(content: string, { alert }: OurAlert): string {
  return `${alert.timestamp} ${content}`;
}

/** Whether the time of an alert is that of receipt. */
export function isReceivedAt(steps: readonly Step[]): boolean {
  return steps.every(({ kind, outcome }) => kind !== "timestamp" || outcome !== "used");
}

/** Tags and status. The time is left out, because it may be that of receipt. */
function contentKey(
  tags: Iterable<[string, TagValue]>,
  status: string | undefined,
  ignored: ReadonlySet<string>,
): string {
  const entries = [...tags].filter(([name]) => name !== BP_TIMESTAMP && !ignored.has(name));
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify([status ?? null, entries]);
}

/** The alert that has most in common with one of ours. */
function best({ alert }: OurAlert, candidates: readonly TheirAlert[]): TheirAlert | undefined {
  let [top, most] = [undefined as TheirAlert | undefined, -1];
  for (const other of candidates) {
    let score = (other.status === alert.status ? 1 : 0) + (other.timestamp === alert.timestamp ? 1 : 0);
    for (const [name, value] of Object.entries(alert.tags)) {
      const theirs = other.tags.get(name);
      if (theirs !== undefined && keyOf(theirs) === keyOf(value)) score += 1;
    }
    if (score > most) [top, most] = [other, score];
  }
  return top;
}

function groupBy(
  theirs: readonly TheirAlert[],
  key: (one: TheirAlert) => string,
): Map<string, { queue: TheirAlert[]; all: TheirAlert[] }> {
  const groups = new Map<string, { queue: TheirAlert[]; all: TheirAlert[] }>();
  for (const one of theirs) {
    const id = key(one);
    const group = groups.get(id) ?? { queue: [], all: [] };
    group.queue.push(one);
    group.all.push(one);
    groups.set(id, group);
  }
  return groups;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** A value for comparing. */
export function keyOf(value: TagValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function own<T>(object: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
