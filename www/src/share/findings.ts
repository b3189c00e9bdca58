/** What in the documents gives people and systems away. The rules themselves are left alone: they hold paths and names. */
import type { Range } from "../engine/types.ts";
import { isSecretName } from "./names.ts";
import { hitAsName, hitsIn, hostByName, withMore, type Hit, type Kind } from "./patterns.ts";
import { secretsIn } from "./secrets.ts";
import { isStandIn, shapesIn } from "./shapes.ts";
import { atOnce } from "./slices.ts";
import { isJson, strings, type Piece, type Place } from "./strings.ts";

export type { Kind } from "./patterns.ts";

/** Something found, at its place in the document. */
export interface Finding extends Range {
  kind: Kind;
  /** Decoded. */
  value: string;
  /** It stands without quotes, and so must what takes its place. */
  isNumber?: true;
}

/** What was found in both documents, by place. */
export interface Findings {
  payload: Finding[];
  config: Finding[];
  /** Names of members of the payload that are hosts, mails or addresses. Paths of rules may lead through them. */
  names: Set<string>;
}

/** Names of machines that are looked for everywhere once they are known; more would be slow and of no use. */
const KNOWN_LIMIT = 500;

/** What takes the place of a number that is a secret. */
export const NUMBER = "0";

/** Members that hold the name of a pair. */
const PAIR_NAMES = new Set(["name", "key", "field", "header", "variable", "parameter", "property", "label"]);

/** The most parts between dots of a host or mail address, and its length. */
const NAME_PARTS = 48;
const NAME_LENGTH = 900;

/** Pieces between two chances to pause. */
const BATCH = 200;

/** What of these kinds opens something. Once found, it never gets into a link. */
export function isSecret({ kind }: { kind: Kind }): boolean {
  return kind === "token" || kind === "credentials";
}

/** Looks through one text, as a payload is. */
export function findings(text: string): Finding[] {
  return atOnce(inspecting(text, "")).payload;
}

/** Looks through both documents; to be run at once or in slices. */
export function* inspecting(payload: string, config: string): Generator<void, Findings> {
  const clues = yield* cluesIn(payload, config);
  return {
    payload: yield* inspected(payload, false, clues),
    config: yield* inspected(config, true, clues),
    names: clues.names,
  };
}

/** What has to be known before values can be judged. */
interface Clues {
  /** Words of the status, and the members that hold it. They are left alone there, whatever they look like. */
  status: { words: Set<string>; members: Set<string> };
  /** Machines whose names have no dots: known by their members, and then recognised in every other value. */
  machines: Set<string>;
  names: Set<string>;
}

function* cluesIn(payload: string, config: string): Generator<void, Clues> {
  const status = { words: new Set<string>(), members: new Set<string>() };
  const clues: Clues = { status, machines: new Set(), names: new Set() };
  let seen = 0;
  for (const { kind, text, place } of strings(config)) {
    if (++seen % BATCH === 0) yield;
    if (kind !== "value") continue;
    if (isStatusWord(place)) status.words.add(text);
    else if (isPath(place) && place.above?.name === "status") status.members.add(lastName(text));
  }
  for (const [text, isData] of [
    [payload, always],
    [config, isSample],
  ] as const) {
    for (const { kind, text: value, place } of strings(text)) {
      if (++seen % BATCH === 0) yield;
      if (!isData(place)) continue;
      if (kind === "key") {
        if (hitAsName(value)) clues.names.add(value);
      } else if (kind === "value" && !isStatus(value, place, clues) && clues.machines.size < KNOWN_LIMIT) {
        const hit = hostByName(place.name, value);
        const name = hit ? value.slice(0, hit.end) : "";
        if (name.length > 3 && /\d/.test(name)) clues.machines.add(name);
      }
    }
  }
  return clues;
}

function* inspected(text: string, isConfig: boolean, clues: Clues): Generator<void, Finding[]> {
  const found: Finding[] = [];
  const pairs = yield* secretPairs(text);
  let seen = 0;
  for (const piece of strings(text, pairs)) {
    if (++seen % BATCH === 0) yield;
    const { place } = piece;
    let hits: Hit[] = [];
    if (isConfig && isRule(piece)) hits = inRule(piece, clues.names);
    else if (piece.kind === "key") hits = inName(piece.text);
    else if (isStatus(piece.text, place, clues)) continue;
    else hits = place.secret && piece.kind !== "loose" ? asSecret(piece) : inData(piece, clues.machines);
    for (const hit of hits) found.push(placed(piece, hit));
  }
  if (isJson(text)) return found;
  // Quotes of text that is no JSON separate names from their values: it is looked through as a whole as well.
  const whole = secretsIn(text).map(({ kind, start, end }) => ({ kind, start, end, value: text.slice(start, end) }));
  return joined(text, found, whole);
}

/** The objects in which a member says that another one is a secret: `{"name": "password", "value": "abc"}`. */
function* secretPairs(text: string): Generator<void, Set<number>> {
  const pairs = new Set<number>();
  let seen = 0;
  for (const { kind, text: value, place, owner } of strings(text)) {
    if (++seen % BATCH === 0) yield;
    if (kind === "value" && PAIR_NAMES.has(place.name.toLowerCase()) && value.length < 100 && isSecretName(value)) {
      pairs.add(owner);
    }
  }
  return pairs;
}

/** A whole value that is a secret because of its name. */
function asSecret({ kind, text }: Piece): Hit[] {
  if (kind === "number" ? text === NUMBER : text.trim() === "" || isStandIn(text)) return [];
  return [{ kind: "token", start: 0, end: text.length }];
}

function inData({ kind, text, place }: Piece, machines: Set<string>): Hit[] {
  let hits = hitsIn(text);
  const named = kind === "value" ? hostByName(place.name, text) : null;
  if (named) hits = withMore(hits, [named]);
  if (machines.size === 0) return hits;
  const known: Hit[] = [];
  for (const { index, 0: name } of text.matchAll(/(?<![\w.-])[A-Za-z][\w-]{1,62}(?![\w-]|\.\w)/g)) {
    if (machines.has(name)) known.push({ kind: "host", start: index, end: index + name.length });
  }
  return withMore(hits, known);
}

/** A name that gives somebody away as a whole, or the tokens in it. */
function inName(name: string): Hit[] {
  const hit = hitAsName(name);
  return hit ? [hit] : shapesIn(name);
}

/**
 * Rules are left as they are. In their paths are replaced the names of members that are replaced in the payload, and
 * anywhere what can be nothing but a token.
 */
function inRule({ text, place }: Piece, names: Set<string>): Hit[] {
  const hits: Hit[] = [];
  if (isPath(place) && names.size > 0) {
    const dots = [...text.matchAll(/\.|$/g)].map(({ index }) => index);
    let free = 0;
    for (const [at, start] of [0, ...dots.map((dot) => dot + 1)].entries()) {
      if (start < free) continue;
      // The longest name that begins here.
      const ends = dots.slice(at, at + NAME_PARTS).reverse();
      const end = ends.find((dot) => dot - start <= NAME_LENGTH && names.has(text.slice(start, dot)));
      const hit = end === undefined ? null : hitAsName(text.slice(start, end));
      if (!hit || end === undefined) continue;
      hits.push({ kind: hit.kind, start, end });
      free = end;
    }
  }
  return withMore(hits, shapesIn(text));
}

function placed({ kind: of, text, at }: Piece, { kind, start, end }: Hit): Finding {
  const finding = { kind, start: at(start), end: at(end), value: text.slice(start, end) };
  return of === "number" ? { ...finding, isNumber: true } : finding;
}

/** Both in order. Of those that overlap, one that holds them all. */
function joined(text: string, found: Finding[], more: Finding[]): Finding[] {
  if (more.length === 0) return found;
  const all: Finding[] = [];
  for (const finding of [...found, ...more].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = all.at(-1);
    if (!last || finding.start >= last.end) all.push({ ...finding });
    else if (finding.end > last.end || isSecret(finding)) {
      last.end = Math.max(last.end, finding.end);
      last.value = text.slice(last.start, last.end);
      if (isSecret(finding)) last.kind = finding.kind;
      delete last.isNumber;
    }
  }
  return all;
}

function always(): boolean {
  return true;
}

function isSample({ outer: [first] }: Place): boolean {
  return first === "sample_payload";
}

/** Rules are paths, names and status words; defaults and whatever is none of these are looked through like data. */
function isRule({ kind, place }: Piece): boolean {
  if (isSample(place)) return false;
  return (
    kind === "key" ||
    isPath(place) ||
    isStatusWord(place) ||
    ["name", "format", "incident_identifier"].includes(place.name)
  );
}

function isPath({ name }: Place): boolean {
  return name === "source" || name === "array_source";
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function isStatus(text: string, { name }: Place, { status }: Clues): boolean {
  return status.words.has(text) && status.members.has(lastName(name));
}

function isStatusWord({ outer }: Place): boolean {
  const [first, second] = outer[0] === "config" ? outer.slice(1) : outer;
  return first === "status" && (second === "status_map" || second === "default_to");
}
