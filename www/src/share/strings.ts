/** The strings of a JSON text, decoded, with the way back to their places. Text that is broken gives what it can. */
import { isSecretName } from "./names.ts";

/** The members that lead to a piece, the last one first. As deep as a text is, each takes the same room. */
export interface Place {
  /** The member's name; of an item of a list, that of the list. */
  name: string;
  above: Place | null;
  /** Whether this name or one above says that what is here is a secret. */
  secret: boolean;
  /** The names from the outside in, as far as anybody asks. */
  outer: readonly string[];
}

/** A stretch of text in which something may be found. */
export interface Piece {
  /** A member's name, a value, a number that is a secret, or what stands outside of strings. */
  kind: "key" | "value" | "number" | "loose";
  /** Decoded. */
  text: string;
  place: Place;
  /** The number of the object or list that it is in, in the order in which they begin. */
  owner: number;
  /** The place in the document of a place in `text`, in UTF-16 code units. */
  at(index: number): number;
}

/** Tools put JSON into strings of JSON; deeper than this nobody does. Deeper ones are taken for running text. */
const NESTED = 3;
/** Names of {@link Place.outer}. */
const OUTER = 3;

const ROOT: Place = { name: "", above: null, secret: false, outer: [] };

/** Members that hold the value of a pair such as `{"name": "password", "value": "abc"}`. */
const PAIR_VALUES = new Set(["value", "values", "val", "content", "data", "default", "default_to"]);

/**
 * All strings in order. In a string that holds JSON itself, those within. In the objects of `pairs`, what stands beside
 * a name is a secret.
 */
export function strings(text: string, pairs: ReadonlySet<number> = new Set()): Generator<Piece> {
  return within(text, ROOT, 0, { owners: 0, pairs });
}

interface Seen {
  owners: number;
  pairs: ReadonlySet<number>;
}

function* within(text: string, root: Place, depth: number, seen: Seen): Generator<Piece> {
  /** The places of the objects and lists that are open, and their numbers. */
  const open = [{ place: root, owner: seen.owners }];
  /** Where the next value belongs. */
  let member = root;
  let owner = seen.owners;
  let from = 0;
  while (from < text.length) {
    const found = text.indexOf('"', from);
    const quote = found < 0 ? text.length : found;
    const gap = text.slice(from, quote);
    const loose = isLoose(gap);
    for (const { index, 0: mark } of gap.matchAll(/[{}[\],]|-?\d[\d.eE+-]*/g)) {
      if (mark === "{" || mark === "[") open.push({ place: member, owner: ++seen.owners });
      else if (mark === "}" || mark === "]") open.length > 1 && open.pop();
      else if (mark !== ",") {
        if (!loose && member.secret)
          yield { kind: "number", text: mark, place: member, owner, at: offset(from + index) };
        continue;
      }
      // An item of a list is called as the list is; in an object a name follows.
      ({ place: member, owner } = open.at(-1) ?? { place: root, owner });
    }
    if (loose) yield { kind: "loose", text: gap, place: member, owner, at: offset(from) };
    if (found < 0) return;
    const end = endOfString(text, quote);
    from = end + 1;
    const { decoded, at } = decode(text.slice(quote + 1, end), quote + 1);
    if (isName(text, from)) {
      const inPair = seen.pairs.has(owner) && PAIR_VALUES.has(decoded.toLowerCase());
      member = below(open.at(-1)?.place ?? root, decoded, inPair);
      yield { kind: "key", text: decoded, place: member, owner, at };
    } else if (depth < NESTED && /^\s*[[{]/.test(decoded) && isJson(decoded)) {
      seen.owners += 1;
      for (const piece of within(decoded, member, depth + 1, seen)) {
        yield { ...piece, at: (index) => at(piece.at(index)) };
      }
    } else {
      yield { kind: "value", text: decoded, place: member, owner, at };
    }
  }
}

function below(above: Place, name: string, inPair: boolean): Place {
  const outer = above.outer.length < OUTER ? [...above.outer, name] : above.outer;
  return { name, above, secret: above.secret || inPair || isSecretName(name), outer };
}

/** Whether a colon follows. */
function isName(text: string, from: number): boolean {
  let at = from;
  while (" \n\r\t".includes(text[at] ?? ":")) at += 1;
  return text[at] === ":";
}

/** Whether there is more between strings than brackets, numbers and the three words: then the text is no JSON. */
function isLoose(gap: string): boolean {
  const rest = gap.replaceAll(/true|false|null/g, "");
  return /[^\s\d{}[\],:.+\-eE]|\d\.\d+\./.test(rest);
}

function offset(start: number): (index: number) => number {
  return (index) => start + index;
}

function endOfString(text: string, quote: number): number {
  let place = quote + 1;
  for (;;) {
    const next = text.indexOf('"', place);
    if (next < 0) return text.length;
    let slashes = 0;
    while (text[next - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return next;
    place = next + 1;
  }
}

const ESCAPES: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function decode(raw: string, start: number): { decoded: string; at(index: number): number } {
  if (!raw.includes("\\")) return { decoded: raw, at: offset(start) };
  /** Behind each escape its place, decoded and raw. From one to the next both run alike. */
  const decodedAt = [0];
  const rawAt = [0];
  let decoded = "";
  let from = 0;
  for (let slash = raw.indexOf("\\"); slash >= 0; slash = raw.indexOf("\\", from)) {
    const letter = raw[slash + 1] ?? "";
    const hex = letter === "u" ? raw.slice(slash + 2, slash + 6) : "";
    const isCode = /^[\da-fA-F]{4}$/.test(hex);
    decoded +=
      raw.slice(from, slash) + (isCode ? String.fromCharCode(Number.parseInt(hex, 16)) : (ESCAPES[letter] ?? letter));
    from = slash + (isCode ? 6 : 2);
    decodedAt.push(decoded.length);
    rawAt.push(from);
  }
  decoded += raw.slice(from);
  const at = (index: number): number => {
    let [low, high] = [0, decodedAt.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((decodedAt[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return start + (rawAt[low] ?? 0) + index - (decodedAt[low] ?? 0);
  };
  return { decoded, at };
}

/** Whether a text is JSON as a whole. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
