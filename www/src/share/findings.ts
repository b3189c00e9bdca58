/** What in the documents gives people and systems away. The rules themselves are left alone: they hold paths and names. */
import type { Range } from "../engine/types.ts";
import { hitAsName, hitByName, hitsIn, type Hit, type Kind } from "./patterns.ts";
import { atOnce } from "./slices.ts";
import { strings, type Piece } from "./strings.ts";

export type { Kind } from "./patterns.ts";

/** Something found, at its place in the document. */
export interface Finding extends Range {
  kind: Kind;
  /** Decoded. */
  value: string;
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

/** Pieces between two chances to pause. */
const BATCH = 200;

/** What of these kinds opens something. It never gets into a link. */
export function isSecret({ kind }: { kind: Kind }): boolean {
  return kind === "token" || kind === "credentials";
}

/** Looks through one text, as a payload is. */
export function findings(text: string): Finding[] {
  return atOnce(inspecting(text, "")).payload;
}

/** Looks through both documents; to be run at once or in slices. */
export function* inspecting(payload: string, config: string): Generator<void, Findings> {
  const status = { words: new Set<string>(), fields: new Set<string>() };
  const known = new Set<string>();
  const names = new Set<string>();
  let seen = 0;
  for (const piece of strings(config)) {
    if (piece.kind !== "value") continue;
    if (isStatusWord(piece.path)) status.words.add(piece.text);
    else if (isPath(piece.path) && piece.path.at(-2) === "status") status.fields.add(lastName(piece.text));
  }
  // Where the status is read, its words are left alone, whatever they look like.
  const isStatus = (text: string, path: readonly string[]) =>
    status.words.has(text) && status.fields.has(lastName(path.at(-1) ?? ""));
  // Machines whose names have no dots are known by their members, and then recognised in every other value.
  for (const [text, isData] of [
    [payload, always],
    [config, isSample],
  ] as const) {
    for (const { kind, text: value, path } of strings(text)) {
      if (++seen % BATCH === 0) yield;
      if (!isData(path)) continue;
      if (kind === "key") {
        if (hitAsName(value)) names.add(value);
      } else if (kind === "value" && !isStatus(value, path) && known.size < KNOWN_LIMIT) {
        const hit = hitByName(path.at(-1) ?? "", value);
        const name = hit?.kind === "host" ? value.slice(0, hit.end) : "";
        if (name.length > 3 && /\d/.test(name)) known.add(name);
      }
    }
  }
  const everywhere =
    known.size > 0 ? new RegExp(`(?<![\\w.-])(?:${[...known].join("|")})(?![\\w-]|\\.\\w)`, "g") : null;
  const found = { payload: [] as Finding[], config: [] as Finding[], names };
  for (const [document, text] of [
    ["payload", payload],
    ["config", config],
  ] as const) {
    for (const piece of strings(text)) {
      if (++seen % BATCH === 0) yield;
      if (document === "config" && isRule(piece)) yield* inRule(piece, names, found.config);
      else if (!isStatus(piece.text, piece.path)) found[document].push(...inData(piece, everywhere));
    }
  }
  return found;
}

function inData(piece: Piece, everywhere: RegExp | null): Finding[] {
  const { kind, text, path } = piece;
  if (kind === "key") {
    const hit = hitAsName(text);
    return hit ? [placed(piece, hit)] : [];
  }
  const hits = hitsIn(text);
  const free = ({ start, end }: Hit) => !hits.some((hit) => start < hit.end && hit.start < end);
  const named = kind === "value" ? hitByName(path.at(-1) ?? "", text) : null;
  // What a member's name says of the whole value takes the place of what was found in it.
  if (named?.kind === "token" && !hits.some((hit) => hit.kind === "token")) hits.splice(0, hits.length, named);
  else if (named && free(named)) hits.push(named);
  for (const { index, 0: name } of everywhere ? text.matchAll(everywhere) : []) {
    const hit: Hit = { kind: "host", start: index, end: index + name.length };
    if (free(hit)) hits.push(hit);
  }
  return hits.sort((a, b) => a.start - b.start).map((hit) => placed(piece, hit));
}

/** In a path of a rule only the names of members that were found in the payload. */
function* inRule(piece: Piece, names: Set<string>, found: Finding[]): Generator<void> {
  if (!isPath(piece.path)) return;
  for (const name of names) {
    for (let start = piece.text.indexOf(name); start >= 0; start = piece.text.indexOf(name, start + name.length)) {
      const end = start + name.length;
      const whole = [piece.text[start - 1], piece.text[end]].every((next) => next === undefined || next === ".");
      const hit = whole ? hitAsName(name) : null;
      if (hit) found.push(placed(piece, { kind: hit.kind, start, end }));
    }
  }
}

function placed({ text, at }: Piece, { kind, start, end }: Hit): Finding {
  return { kind, start: at(start), end: at(end), value: text.slice(start, end) };
}

function always(): boolean {
  return true;
}

function isSample([first]: readonly string[]): boolean {
  return first === "sample_payload";
}

/** Rules are paths, names and status words; defaults and whatever is none of these are looked through like data. */
function isRule({ kind, path }: Piece): boolean {
  if (isSample(path)) return false;
  return (
    kind === "key" ||
    isPath(path) ||
    isStatusWord(path) ||
    ["name", "format", "incident_identifier"].includes(path.at(-1) ?? "")
  );
}

function isPath(path: readonly string[]): boolean {
  return path.at(-1) === "source" || path.at(-1) === "array_source";
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function isStatusWord(path: readonly string[]): boolean {
  const [first, second] = path[0] === "config" ? path.slice(1) : path;
  return first === "status" && (second === "status_map" || second === "default_to");
}
