/**
 * Merging coverages, as `Coverage::merge` of the crate does it. Here it is written again, since the engine writes JSON and
 * reads none: that would be a tenth of its size. A test compares merged coverages with that of the whole.
 */
import { show } from "./arguments.js";
import type { Count, Coverage, CoveredRule } from "./types.js";

/** Most payloads behind a count, most words, and most identities: as in the engine. */
const PAYLOADS = 10;
const WORDS = 1000;
const IDENTITIES = 16_384;
const TWO_64 = 2 ** 64;

type Counts = Partial<Record<string, Count>>;

export function mergeCoverage(first: Coverage, second: Coverage, offset: number = first.payloads): Coverage {
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new TypeError(`offset: expected a whole number from 0 on, got ${show(offset)}`);
  }
  if (shapeOf(first.rules) !== shapeOf(second.rules)) {
    throw new TypeError("the coverages are of different configurations");
  }
  const count = (a: Count, b: Count) => merged(a, b, offset);
  const counts = <T extends Counts>(a: T, b: T) => mergedCounts(a, b, offset) as T;
  return {
    payloads: first.payloads + second.payloads,
    unread: count(first.unread, second.unread),
    alerts: first.alerts + second.alerts,
    rules: first.rules.map((rule, number) => {
      const other = second.rules[number] as CoveredRule;
      return {
        ...rule,
        outcomes: counts(rule.outcomes, other.outcomes),
        items: rule.items.map((item, place) => ({
          ...item,
          outcomes: counts(item.outcomes, (other.items[place] as typeof item).outcomes),
        })),
      };
    }),
    defaultWords: mergedWords(first.defaultWords, second.defaultWords, offset),
    rejected: counts(first.rejected, second.rejected),
    reported: counts(first.reported, second.reported),
    identities: mergedIdentities(first.identities, second.identities, offset),
    diagnostics: first.diagnostics,
  };
}

/** What has to be the same in both. */
function shapeOf(rules: readonly CoveredRule[]): string {
  const shape = rules.map(({ kind, pointer, tag, items }) => [
    [kind, pointer, tag],
    ...items.map(({ kind, text, pointer }) => [kind, text, pointer]),
  ]);
  return JSON.stringify(shape);
}

function merged(a: Count, b: Count, offset: number): Count {
  return { count: a.count + b.count, payloads: firstOf([...a.payloads, ...b.payloads.map((place) => place + offset)]) };
}

function firstOf(payloads: number[]): number[] {
  return [...new Set(payloads)].sort((a, b) => a - b).slice(0, PAYLOADS);
}

function mergedCounts(a: Counts, b: Counts, offset: number): Counts {
  const none: Count = { count: 0, payloads: [] };
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(a[key] ?? none, b[key] ?? none, offset)]));
}

/** Of more words than are kept, the shortest: so a word that is kept has never been left out before. */
function mergedWords(
  a: Coverage["defaultWords"],
  b: Coverage["defaultWords"],
  offset: number,
): Coverage["defaultWords"] {
  const encoder = new TextEncoder();
  const words = new Map(a.words.map((word) => [word.word, word]));
  for (const { word, ...count } of b.words) {
    words.set(word, { word, ...merged(words.get(word) ?? { count: 0, payloads: [] }, count, offset) });
  }
  const keyed = [...words.values()].map((word) => ({ word, bytes: encoder.encode(word.word) }));
  keyed.sort((one, other) => one.bytes.length - other.bytes.length || compareBytes(one.bytes, other.bytes));
  const sorted = keyed.map(({ word }) => word);
  const left = sorted.slice(WORDS).reduce((sum, { count }) => sum + count, 0);
  return { words: sorted.slice(0, WORDS), more: a.more + b.more + left };
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const place = a.findIndex((byte, place) => byte !== b[place]);
  return place < 0 ? 0 : (a[place] as number) - (b[place] as number);
}

/** What is known of an identity: 1 for `ok`, 2 for a problem; and the first payload. */
interface Seen {
  seen: number;
  first: number;
}

/** The identities with the smallest hashes are kept, as the engine describes it in `identities.rs`. */
function mergedIdentities(
  a: Coverage["identities"],
  b: Coverage["identities"],
  offset: number,
): Coverage["identities"] {
  const kept = read(a.sketch);
  for (const [hash, { seen, first }] of read(b.sketch)) {
    const known = kept.get(hash);
    const place = first + offset;
    kept.set(hash, { seen: (known?.seen ?? 0) | seen, first: Math.min(known?.first ?? place, place) });
  }
  // Hashes of the same number of digits are in the order of their texts.
  const sorted = [...kept].sort(([one], [other]) => (one < other ? -1 : 1));
  const estimated = a.estimated || b.estimated || sorted.length > IDENTITIES;
  const entries = sorted.slice(0, IDENTITIES);
  const open = entries.filter(([, { seen }]) => seen === 2);
  let [distinct, neverOk] = [entries.length, open.length];
  if (estimated) {
    const largest = Number(BigInt(`0x${entries.at(-1)?.[0] ?? "1"}`));
    const all = (entries.length - 1) / (largest / TWO_64);
    [distinct, neverOk] = [Math.round(all), Math.round((all * open.length) / entries.length)];
  }
  const text = entries.map(([hash, { seen, first }]) => `${hash}${seen}${first.toString(16)},`).join("");
  return {
    distinct,
    neverOk: { count: neverOk, payloads: firstOf(open.map(([, { first }]) => first)) },
    estimated,
    repeated: merged(a.repeated, b.repeated, offset),
    sketch: `${estimated ? "+" : ""}${text}`,
  };
}

function read(sketch: string): Map<string, Seen> {
  const kept = new Map<string, Seen>();
  for (const entry of sketch.replace(/^\+/, "").split(",")) {
    if (entry === "") continue;
    const [whole, hash = "", seen, first = ""] = /^([0-9a-f]{16})([0-3])([0-9a-f]{1,13})$/.exec(entry) ?? [];
    if (whole === undefined) throw new TypeError("`identities.sketch` is not as it was written");
    kept.set(hash, { seen: Number(seen), first: Number.parseInt(first, 16) });
  }
  return kept;
}
