import type { Range } from "../engine/types.ts";
import { MAX_DEPTH } from "./tree.ts";

/**
 * Finds the value that an RFC 6901 pointer names in JSON text.
 * Of duplicate keys the last one counts, as in the engine. Text that is broken further on is no obstacle. What is nested
 * deeper than the engine reads is not found: each level would be read once more.
 */
export function rangeAt(text: string, pointer: string): Range | null {
  let start = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const segments = pointer.split("/").slice(1);
  if (segments.length > MAX_DEPTH) return null;
  for (const segment of segments) {
    const name = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    const found = child(text, start, name);
    if (found === null) return null;
    start = found;
  }
  const end = skipValue(text, start);
  return end > start ? { start, end } : null;
}

/** The RFC 6901 pointer to where some keys and indexes lead. */
export function pointerOf(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Where the value of a key or of an index begins, in the object or array that begins at `at`. */
function child(text: string, at: number, name: string): number | null {
  const open = text[at];
  if (open !== "{" && open !== "[") return null;
  let found: number | null = null;
  let index = 0;
  let place = skipSpace(text, at + 1);
  while (place < text.length && text[place] !== "}" && text[place] !== "]") {
    let key = String(index++);
    if (open === "{") {
      const end = skipValue(text, place);
      key = keyOf(text.slice(place, end));
      place = skipSpace(text, end);
      if (text[place] !== ":") return found;
      place = skipSpace(text, place + 1);
    }
    if (key === name) found = place;
    const next = skipValue(text, place);
    if (next === place) return found;
    place = skipSpace(text, next);
    if (text[place] !== ",") return found;
    place = skipSpace(text, place + 1);
  }
  return found;
}

/** The offset just behind the value that begins at `at`; `at` itself where there is none. */
function skipValue(text: string, at: number): number {
  let depth = 0;
  let place = at;
  do {
    const char = text[place];
    if (char === '"') {
      place = skipString(text, place);
    } else if (char === "{" || char === "[") {
      depth += 1;
      place += 1;
    } else if (char === "}" || char === "]") {
      if (depth === 0) return place;
      depth -= 1;
      place += 1;
    } else if (depth > 0 && (char === "," || char === ":")) {
      place += 1;
    } else {
      const from = place;
      while (place < text.length && !/[\s"{}[\],:]/.test(text[place] ?? "")) place += 1;
      if (place === from) return place;
    }
    if (depth > 0) place = skipSpace(text, place);
  } while (depth > 0 && place < text.length);
  return place;
}

function skipString(text: string, at: number): number {
  let place = at + 1;
  while (place < text.length && text[place] !== '"') place += text[place] === "\\" ? 2 : 1;
  return Math.min(place + 1, text.length);
}

function skipSpace(text: string, at: number): number {
  let place = at;
  while (place < text.length && " \t\n\r".includes(text[place] ?? "x")) place += 1;
  return place;
}

function keyOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
