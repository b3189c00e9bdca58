/** What a terminal shows: colours, a progress line, and text that does no more than be seen. */
import type { WriteStream } from "node:tty";

type Stream = Pick<WriteStream, "isTTY" | "write"> & { columns?: number };

type Color = "bold" | "red" | "yellow" | "green" | "blue" | "dim";

/** Paints a text, if there are colours. */
export type Paint = Record<Color, (text: string) => string> & { colors: boolean };

const CODES: Record<Color, string> = {
  bold: "1",
  red: "1;31",
  yellow: "1;33",
  green: "32",
  blue: "1;34",
  dim: "2",
};

/** Colours where the stream is a terminal that has them and nobody said no. */
export function paintFor(stream: { isTTY?: boolean }): Paint {
  const { NO_COLOR = "", TERM } = process.env;
  const colors = stream.isTTY === true && NO_COLOR === "" && TERM !== "dumb";
  const paint = (code: string) => (text: string) => (colors && text !== "" ? `\x1b[${code}m${text}\x1b[0m` : text);
  const painters = Object.fromEntries(Object.entries(CODES).map(([name, code]) => [name, paint(code)]));
  return { ...(painters as Record<Color, (text: string) => string>), colors };
}

const FORMAT = /[\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** `::` at the start of a line, also after spaces, and `##[` anywhere are commands for the runners of GitHub Actions. */
const WORKFLOW_COMMAND = /^(\s*):(?=:)|#(?=\[)/g;

/**
 * Text of others for one line of output: nothing in it moves the cursor, turns the direction of writing, hides or is a
 * command in the log of a CI system.
 */
export function sanitize(text: string): string {
  const inert = text.replace(WORKFLOW_COMMAND, (sign, spaces?: string) => (sign === "#" ? "＃" : `${spaces}：`));
  return inert.replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "␡";
    return FORMAT.test(character) || code < 0xa0 ? "\ufffd" : character;
  });
}

let segmenter: Intl.Segmenter | undefined;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: joiners and variation selectors are listed by themselves
const NONE = /^[\p{Mn}\p{Me}\u200b-\u200d\u2060\ufe0f\ufeff]+$/u;

/** Columns of a text, as terminals and fixed-width fonts have it as a rule. */
export function columns(text: string): number {
  // Nearly everything is plain.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let count = 0;
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(text)) count += NONE.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
  return count;
}

/** A line that says how far long work is. Nothing is shown where nobody would see it, or where it would stand within the output. */
export interface Progress {
  show(done: number, text: () => string): void;
  /** Takes the line away, so that something else can be printed. */
  clear(): void;
}

const EVERY_MS = 100;
const BAR = 24;

/** `total` is what `done` comes to in the end; undefined when that is not known. */
export function progress(total: number | undefined, stream: Stream = process.stderr): Progress {
  if (!stream.isTTY || process.stdout.isTTY) return { show: () => {}, clear: () => {} };
  let shown = 0;
  let there = false;
  return {
    show(done, text) {
      const now = Date.now();
      if (now - shown < EVERY_MS) return;
      shown = now;
      there = true;
      const part = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
      const full = Math.round((part ?? 0) * BAR);
      const bar =
        part === undefined ? "" : `${"█".repeat(full)}${"░".repeat(BAR - full)} ${Math.floor(part * 100)} %  `;
      stream.write(`\r\x1b[K${`${bar}${text()}`.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear() {
      if (there) stream.write("\r\x1b[K");
      there = false;
      shown = 0;
    },
  };
}
