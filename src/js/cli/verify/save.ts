/** Writes what BigPanda made of payloads as cases of `oim test`. */
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Alert, ProcessOptions } from "../../types.js";
import type { Document } from "../files.js";
import { BODY, EXPECTED, OPTIONS, PAYLOAD, RECEIVED_AT } from "../test/cases.js";
import { writeError, writeText } from "../write.js";
import { isReceivedAt, keyOf, own } from "./match.js";
import type { Report, Verified } from "./report.js";

/** Longest part of a payload's name in the name of its case. */
const NAME = 60;

/**
 * Writes a case for each payload all of whose alerts were found. What is expected is what BigPanda has and, where it
 * says nothing, what the engine made. No file is overwritten. Gives the number of cases.
 */
export async function save(
  folder: string,
  body: Document,
  payloads: readonly Document[],
  { alerts, rejected }: Report,
  how: ProcessOptions,
): Promise<number> {
  const groups = payloads.map((): Verified[] => []);
  for (const one of alerts) groups[one.ours.payload]?.push(one);
  let cases = 0;
  for (const [place, document] of payloads.entries()) {
    const found = groups[place] ?? [];
    if (found.length === 0 || found.some(({ theirs }) => theirs === undefined)) continue;
    if (cases === 0) {
      await makeFolder(folder);
      await writeText(join(folder, BODY), body.text, { replace: false });
    }
    cases += 1;
    const path = join(folder, nameOf(document, place));
    await makeFolder(path);
    const receivedAt = found.find(({ ours }) => isReceivedAt(ours.steps))?.theirs?.timestamp;
    const expected = {
      alerts: found.map((one) => expectedOf(one, receivedAt ?? Date.parse(RECEIVED_AT) / 1000)),
      rejected: rejected.filter(({ payload }) => payload === place).map(({ payload: _, ...rest }) => rest),
    };
    const options = { ...how, ...(receivedAt === undefined ? {} : { receivedAt: isoTime(receivedAt) }) };
    await writeText(join(path, PAYLOAD), document.text, { replace: false });
    await writeText(join(path, EXPECTED), jsonOf(expected), { replace: false });
    if (Object.keys(options).length > 0) await writeText(join(path, OPTIONS), jsonOf(options), { replace: false });
  }
  return cases;
}

/** The alert as BigPanda has it, in the form of the engine's. */
function expectedOf({ ours: { alert, steps }, theirs, ignored }: Verified, receivedAt: number): Alert {
  const tags: Alert["tags"] = {};
  // In the order of the engine, so that a case is read easily.
  const names = new Set([...Object.keys(alert.tags), ...(theirs?.tags.keys() ?? [])]);
  for (const name of names) {
    const value = ignored.has(name) ? own(alert.tags, name) : theirs?.tags.get(name);
    if (value !== undefined) Object.defineProperty(tags, name, { value, enumerable: true });
  }
  const property = (name: string | null, other: string | undefined) => {
    const value = name === null ? undefined : own(alert.tags, name);
    return other === undefined || (value !== undefined && keyOf(value) === other) ? name : other;
  };
  const { identifier } = theirs ?? {};
  const single = alert.incident_identifier.length === 1 && typeof identifier === "string" ? [identifier] : undefined;
  const fromTags = steps.flatMap(({ kind, outcome, tag = "" }) => {
    const value = kind === "identifier" && outcome === "used" ? (own(tags, tag) ?? own(alert.tags, tag)) : undefined;
    return value === undefined ? [] : [value];
  });
  return {
    index: alert.index,
    status: theirs?.status ?? alert.status,
    timestamp: isReceivedAt(steps) ? receivedAt : (theirs?.timestamp ?? alert.timestamp),
    primary_property: property(alert.primary_property, theirs?.primary) as string,
    secondary_property: property(alert.secondary_property, theirs?.secondary),
    incident_identifier: Array.isArray(identifier) ? identifier : (single ?? fromTags),
    tags,
  };
}

/** Names are distinguished by the place of the payload. */
function nameOf({ name }: Document, place: number): string {
  const stem = basename(name)
    .replace(/\.[^.]*$/, "")
    .replace(/[^\w-]+/g, "-")
    .slice(0, NAME);
  return `${String(place + 1).padStart(3, "0")}-${stem}`;
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, path);
  });
}
