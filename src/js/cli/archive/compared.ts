/** Comparisons of parts of an archive, put together. */
import type { Change, Compared, CompareDiagnostic } from "../../types.js";

/** The kinds of changes, those first that do most harm. */
export const KINDS: readonly Change["kind"][] = [
  "identity",
  "rejected",
  "accepted",
  "status",
  "primary",
  "secondary",
  "timestamp",
  "tag",
];

/** Most changes of a kind, and most diagnostics of a code, in an answer: as in the engine. */
const LISTED = 1000;

/**
 * The comparison of all payloads. Each part lists the first changes of each kind among its own payloads, so the first of
 * all of them are among these.
 */
export function mergeCompared(parts: readonly [Compared, ...Compared[]]): Compared {
  const counts = { ...parts[0].counts };
  for (const kind of KINDS) counts[kind] = parts.reduce((sum, part) => sum + part.counts[kind], 0);
  const ofBodies = parts[0].diagnostics.filter(({ payload }) => payload === undefined);
  const ofPayloads = parts.flatMap(({ diagnostics }) => diagnostics.filter(({ payload }) => payload !== undefined));
  const place = ({ payload }: CompareDiagnostic) => payload ?? 0;
  return {
    same: parts.every(({ same }) => same),
    changes: first(
      parts.flatMap(({ changes }) => changes),
      ({ payload }) => payload,
      ({ kind }) => kind,
    ),
    counts,
    diagnostics: [...ofBodies, ...first(ofPayloads, place, ({ code }) => code)],
  };
}

/** In the order of their payloads, of each kind as many as are listed. What one part has of a payload stays in order. */
function first<T>(all: T[], place: (one: T) => number, kind: (one: T) => string): T[] {
  const counts = new Map<string, number>();
  return all
    .sort((a, b) => place(a) - place(b))
    .filter((one) => {
      const count = (counts.get(kind(one)) ?? 0) + 1;
      counts.set(kind(one), count);
      return count <= LISTED;
    });
}
