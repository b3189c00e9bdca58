/** A line of a text for people to look at: cut to a width, made sanitize, with parts of it marked. */
import { sanitize } from "./terminal.js";

/** Most columns of a line that are shown. */
const COLUMNS = 100;
/** Columns kept before the mark where a line is too long. */
const LEAD = 30;
const CUT = "…";
const TAB = "    ";
/** Code units that are looked at on either side of a mark. No more could be shown. */
const REACH = 1024;

/** From and to, in UTF-16 code units. */
export type Span = readonly [number, number];

export interface Excerpt {
  line: string;
  /** Spaces and marks; empty where nothing is marked. */
  marks: string;
}

/** The line in which the first of `spans` begins, with `mark` below what they cover of it. An empty one is one mark. */
export function excerpt(text: string, spans: readonly Span[], mark: string): Excerpt {
  const [first = [0, 0]] = spans;
  const [start, end] = lineAround(text, first[0]);
  let line = "";
  let marks = "";
  for (const { cell, at, after } of cells(text, start, end)) {
    line += cell;
    const marked = spans.some(([from, to]) => at < to && after > from);
    marks += (marked ? mark : " ").repeat(columns(cell));
  }
  const [from, to] = first;
  if (spans.length === 1 && (from === to || from >= end)) {
    const before = columns(
      cells(text, start, Math.min(from, end))
        .map(({ cell }) => cell)
        .join(""),
    );
    marks = `${marks.slice(0, before)}${mark}${marks.slice(before + 1)}`;
  }
  return cut(line, marks, begins(text, start), ends(text, end));
}

/** Where the line around a place begins and ends, without its end. Of a long line only what is near. */
export function lineAround(text: string, at: number): [number, number] {
  const floor = Math.max(0, at - REACH);
  const before = text.slice(floor, at).lastIndexOf("\n");
  const near = text.slice(at, at + REACH);
  const behind = near.indexOf("\n");
  const end = at + (behind < 0 ? near.length : behind);
  return [before < 0 ? floor : floor + before + 1, text[end - 1] === "\r" && end > at ? end - 1 : end];
}

function begins(text: string, start: number): boolean {
  return start === 0 || text[start - 1] === "\n";
}

function ends(text: string, end: number): boolean {
  return end >= text.length || text[end] === "\n" || text[end] === "\r";
}

let segmenter: Intl.Segmenter | undefined;

/** Splits into what is drawn together. Made when it is needed: that takes as long as starting the program does. */
function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** What is drawn together, and where it is in the text. */
function cells(text: string, start: number, end: number): { cell: string; at: number; after: number }[] {
  return Array.from(segments(text.slice(start, Math.max(start, end))), ({ segment, index }) => ({
    cell: segment === "\t" ? TAB : sanitize(segment),
    at: start + index,
    after: start + index + segment.length,
  }));
}

/** Cuts a line around its first mark. */
function cut(line: string, marks: string, whole: boolean, complete: boolean): Excerpt {
  const wide = Array.from(segments(line), ({ segment }) => segment);
  const total = columns(line);
  const lead = marks.search(/\S/);
  const skip = Math.max(0, Math.min(lead < 0 ? 0 : lead - LEAD, total - COLUMNS));
  let gone = 0;
  let column = 0;
  let shown = "";
  for (const cell of wide) {
    if (column < skip) gone += columns(cell);
    else if (column + columns(cell) <= gone + COLUMNS) shown += cell;
    else break;
    column += columns(cell);
  }
  const before = !whole || gone > 0 ? CUT : "";
  const behind = !complete || column < total ? CUT : "";
  const below = marks.slice(gone, gone + COLUMNS + 1);
  return { line: `${before}${shown}${behind}`, marks: below.trim() === "" ? "" : `${before && " "}${below}`.trimEnd() };
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: joiners and variation selectors are listed by themselves
const NONE = /^[\p{Mn}\p{Me}\u200b-\u200d\u2060\ufe0f\ufeff]+$/u;

/** Columns of a text, as terminals and fixed-width fonts have it as a rule. */
export function columns(text: string): number {
  // Nearly everything is plain.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let count = 0;
  for (const { segment } of segments(text)) count += NONE.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
  return count;
}
