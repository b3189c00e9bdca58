/** Diagnostics as compilers show them: the place, the line with the mark, what to do, the line as it would be. */
import type { Diagnostic, Severity } from "../types.js";
import { type Excerpt, excerpt, lineAround, type Span } from "./excerpt.js";
import type { Document } from "./files.js";
import { sanitize, type Paint } from "./terminal.js";

/** Most lines of a mended text that are shown in one place. */
const MENDED_LINES = 6;
/** Edits further apart than this, in code units, are shown in two places. */
const APART = 256;

type Edit = NonNullable<Diagnostic["suggestion"]>["edits"][number];

/** Renders diagnostics of a document, with an empty line behind each. */
export function render(diagnostics: readonly Diagnostic[], document: Document, paint: Paint): string {
  const lines = new Lines(document.text);
  return diagnostics.map((diagnostic) => `${one(diagnostic, document, lines, paint)}\n`).join("\n");
}

/** A severity in its colour. */
export function painted(severity: Severity, paint: Paint, text: string = severity): string {
  if (severity === "error") return paint.red(text);
  return severity === "warning" ? paint.yellow(text) : paint.blue(text);
}

function one(diagnostic: Diagnostic, { name, text }: Document, lines: Lines, paint: Paint): string {
  const { severity, code, message, pointer, range, help, suggestion } = diagnostic;
  const shown = range === undefined ? [] : [range.line];
  const edits = [...(suggestion?.edits ?? [])].sort((a, b) => a.start - b.start);
  for (const { end, text } of edits) shown.push(lines.at(end) + text.split("\n").length - 1);
  const digits = String(Math.max(1, ...shown)).length;
  const gutter = (number: number | string, rest: string) =>
    `${paint.blue(`${String(number).padStart(digits)} |`)} ${rest}`.trimEnd();
  const put = (number: number, { line, marks }: Excerpt, colour: (text: string) => string) => {
    out.push(gutter(number, line));
    if (marks !== "")
      out.push(
        gutter(
          "",
          marks.replace(/\S.*/, (mark) => colour(mark)),
        ),
      );
  };
  const place = range === undefined ? "" : `:${range.line}:${range.column}`;
  const where = pointer === "" ? "" : paint.dim(` ${sanitize(pointer)}`);
  const out = [`${painted(severity, paint, `${severity}[${code}]`)}${paint.bold(`: ${sanitize(message)}`)}`];
  out.push(`${" ".repeat(digits)}${paint.blue("-->")} ${sanitize(name)}${place}${where}`);
  if (range !== undefined) {
    out.push(gutter("", ""));
    put(range.line, excerpt(text, [[range.start, range.end]], "^"), (mark) => painted(severity, paint, mark));
    const more = lines.at(Math.max(range.start, range.end - 1)) - range.line;
    if (more > 0) out.push(gutter("", `… ${more} more line${more === 1 ? "" : "s"}`));
  }
  const tell = (what: string, words: string) =>
    out.push(`${" ".repeat(digits)} ${paint.blue("=")} ${paint.bold(what)}: ${sanitize(words)}`);
  if (help !== undefined) tell("help", help);
  if (suggestion !== undefined) {
    tell("fix", suggestion.title);
    for (const group of groups(edits, lines)) {
      out.push(gutter("", ""));
      const { rows, more } = mended(text, group, lines);
      for (const { number, excerpt } of rows) put(number, excerpt, paint.green);
      if (more > 0) out.push(gutter("", `… ${more} more line${more === 1 ? "" : "s"}`));
    }
  }
  return out.join("\n");
}

/** Edits that are shown together. */
function groups(edits: readonly Edit[], lines: Lines): Edit[][] {
  const groups: Edit[][] = [];
  for (const edit of edits) {
    const last = groups.at(-1)?.at(-1);
    const near = last && lines.at(edit.start) <= lines.at(last.end) + 1 && edit.start - last.end <= APART;
    if (near) groups.at(-1)?.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

/** The lines of some edits as they would be, with what is new marked. */
function mended(text: string, edits: readonly Edit[], lines: Lines) {
  const [first, last] = [edits[0] as Edit, edits[edits.length - 1] as Edit];
  const [start] = lineAround(text, first.start);
  const [, end] = lineAround(text, last.end);
  const spans: Span[] = [];
  let made = "";
  let at = start;
  for (const edit of edits) {
    made += text.slice(at, edit.start);
    spans.push([made.length, made.length + edit.text.length]);
    made += edit.text;
    at = edit.end;
  }
  made += text.slice(at, end);
  const all = made.split("\n");
  let offset = 0;
  const rows = all.slice(0, MENDED_LINES).map((line, index) => {
    const from = offset;
    // Blanks that lead to a line's first word are layout.
    const word = from + line.length - line.trimStart().length;
    offset += line.length + 1;
    const inside = spans
      .map(([a, b]): Span => [Math.max(a, word), Math.min(b, from + line.length)])
      .filter(([a, b]) => a < b);
    // What is taken out of a long line is looked for where it was.
    const gone = spans.find(([a]) => a >= from && a <= from + line.length);
    const shown = excerpt(
      made,
      inside.length > 0 ? inside : [[gone?.[0] ?? from, gone?.[0] ?? from]],
      inside.length > 0 ? "+" : " ",
    );
    return { number: lines.at(first.start) + index, excerpt: shown };
  });
  return { rows, more: all.length - rows.length };
}

/** Finds the line of a place in a text. */
class Lines {
  #ends: number[] | undefined;
  constructor(readonly text: string) {}

  /** One-based. */
  at(offset: number): number {
    this.#ends ??= this.#find();
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }

  #find(): number[] {
    const ends: number[] = [];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) ends.push(at);
    return ends;
  }
}
