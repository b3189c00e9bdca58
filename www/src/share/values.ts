/**
 * Where a value in running text ends.
 *
 * Whatever is looked at to find the end belongs to the value, apart from a limited number of characters, so that the
 * work grows with the text and not faster.
 */

/** How far behind a comma the next name may end. */
const AHEAD = 64;
export const QUOTES = "\"'`";

export interface Stretch {
  start: number;
  end: number;
}

/** A value in quotes without them, one in brackets with them, and any other up to where it seems to end. */
export function valueAt(text: string, start: number): Stretch | null {
  let quote = start;
  while (text[quote] === "\\") quote += 1;
  const first = text[quote] ?? "";
  if (first !== "" && QUOTES.includes(first)) {
    const slashes = quote - start;
    let end = quotedEnd(text, quote + 1, first, slashes);
    // A quote that is doubled is one of the value.
    while (end > quote + 1 && text[end] === first && text[end + 1] === first) end = quotedEnd(text, end + 2, first, 0);
    const behind = end + slashes + 1;
    // As a shell takes it: what follows a quote without a space belongs to the value.
    if (goesOn(text, behind)) return { start: quote + 1, end: bareAt(text, behind).end };
    return someOf({ start: quote + 1, end });
  }
  if (text[start] === "{" || text[start] === "[") {
    const end = bracketEnd(text, start);
    return { start, end: goesOn(text, end) ? bareAt(text, end).end : end };
  }
  const bare = bareAt(text, start);
  // The next line begins with a name of its own.
  const isNextLine = /[\r\n]\s*$/.test(text.slice(Math.max(0, start - AHEAD), start));
  if (isNextLine && /^[\w-]+[:=](?:\s|$)/.test(text.slice(start, start + AHEAD))) return null;
  return someOf(bare);
}

/** A value without quotes: up to a space, a quote that closes something, or a comma with the next name behind it. */
export function bareAt(text: string, start: number): Stretch {
  let end = start;
  for (; end < text.length; end += 1) {
    const letter = text[end] ?? "";
    if (isSpace(letter)) break;
    if (QUOTES.includes(letter) && closes(text, end)) break;
    if (",;&|".includes(letter) && separates(text, end)) break;
  }
  return trimmed(text, start, end);
}

/** The end of a line, or of the quotes around a header. */
export function lineEnd(text: string, start: number, opening: string): number {
  let end = start;
  const quote = QUOTES.includes(opening) ? opening : "";
  while (end < text.length && !/[\r\n]/.test(text[end] ?? "") && text[end] !== quote) end += 1;
  while (end > start && /[\s\\]/.test(text[end - 1] ?? "")) end -= 1;
  return end;
}

/** Without the marks of a sentence or a list at the end. */
export function trimmed(text: string, start: number, limit: number): Stretch {
  let end = limit;
  while (end > start && /[\s,;.:)}\]\\"'`]/.test(text[end - 1] ?? "")) end -= 1;
  return { start, end };
}

export function someOf(stretch: Stretch): Stretch | null {
  return stretch.end > stretch.start ? stretch : null;
}

export function isSpace(letter: string | undefined): boolean {
  return letter !== undefined && /\s/.test(letter);
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text[at])) at += 1;
  return at;
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return at;
}

/** Whether a value goes on behind a quote or bracket. */
function goesOn(text: string, at: number): boolean {
  return /^(?:[\w$+=@!%^*-]|\/[^>])/.test(text.slice(at, at + 2));
}

/** Where a quote is closed that had `slashes` before it; those with more are quotes within. */
function quotedEnd(text: string, from: number, quote: string, slashes: number): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = 0;
    while (at - before > from && text[at - before - 1] === "\\") before += 1;
    if (before <= slashes) return at - before;
  }
  return text.length;
}

/** Behind the bracket that closes the one at `start`; the end of the text if none does. */
function bracketEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (letter === "{" || letter === "[") depth += 1;
    else if (letter === "}" || letter === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (letter === '"') {
      let slashes = 0;
      while (at - slashes > start && text[at - slashes - 1] === "\\") slashes += 1;
      at = quotedEnd(text, at + 1, letter, slashes) + slashes;
    }
  }
  return text.length;
}

/** Whether a quote ends something: a space or a mark follows. */
function closes(text: string, quote: number): boolean {
  return /^[\s,;:)}\]>\\|&]?$/.test(text[quote + 1] ?? "");
}

/** Whether a comma or the like stands between members: a space follows, or another name. */
function separates(text: string, at: number): boolean {
  return /^(?:\s|$|["'\\]{0,3}[\w.-]{1,64}["'\\]{0,3}[=:])/.test(text.slice(at + 1, at + 1 + AHEAD + 8));
}
