/** The strings of a JSON text, decoded, with the way back to their places. Text that is broken gives what it can. */

/** A stretch of text in which something may be found. */
export interface Piece {
  /** A member's name, a value, or what stands outside of strings. */
  kind: "key" | "value" | "loose";
  /** Decoded. */
  text: string;
  /** The names that lead here; of the items of a list, that of the list. */
  path: readonly string[];
  /** The place in the document of a place in `text`, in UTF-16 code units. */
  at(index: number): number;
}

/** Tools put JSON into strings of JSON; deeper than this nobody does. */
const NESTED = 3;

/** All strings in order. In a string that holds JSON itself, those within. */
export function* strings(text: string, path: readonly string[] = [], depth = 0): Generator<Piece> {
  /** The paths of the objects and lists that are open. */
  const open = [path];
  /** Where the next value belongs. */
  let member = path;
  let place = 0;
  while (place < text.length) {
    const found = text.indexOf('"', place);
    const quote = found < 0 ? text.length : found;
    const gap = text.slice(place, quote);
    for (const [mark] of gap.matchAll(/[{}[\],]/g)) {
      if (mark === "{" || mark === "[") open.push(member);
      else if (mark !== "," && open.length > 1) open.pop();
      // An item of a list is called as the list is; in an object a name follows.
      member = open.at(-1) ?? path;
    }
    if (isLoose(gap)) yield { kind: "loose", text: gap, path: member, at: offset(place) };
    if (found < 0) return;
    const end = endOfString(text, quote);
    place = end + 1;
    const { decoded, at } = decode(text.slice(quote + 1, end), quote + 1);
    if (/^\s*:/.test(text.slice(place, place + 64))) {
      member = [...(open.at(-1) ?? path), decoded];
      yield { kind: "key", text: decoded, path: member, at };
    } else if (depth < NESTED && /^\s*[[{]/.test(decoded) && isJson(decoded)) {
      for (const piece of strings(decoded, member, depth + 1)) yield { ...piece, at: (index) => at(piece.at(index)) };
    } else {
      yield { kind: "value", text: decoded, path: member, at };
    }
  }
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

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
