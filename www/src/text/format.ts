import { html, type TemplateResult } from "lit";

/** Made when they are first needed: each takes several milliseconds, which the start of the page would feel. */
let numbers: Intl.NumberFormat | undefined;
let times: Intl.DateTimeFormat | undefined;

/** `1 alert`, `2 alerts`, `12,000 alerts`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  const digits = amount < 1000 ? String(amount) : (numbers ??= new Intl.NumberFormat("en")).format(amount);
  return `${digits} ${amount === 1 ? one : many}`;
}

/** What writes times as someone here reads them. */
function timeFormat(): Intl.DateTimeFormat {
  return (times ??= new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" }));
}

/** Makes ready to show times, while there is nothing else to do. */
export function prepareTimes(): void {
  setTimeout(() => {
    timeFormat();
    // The names of time zones are looked up for the first time that is written.
    setTimeout(() => timeFormat().format(0));
  });
}

/** A time as someone here reads it, and as everybody does. */
export interface ShownTime {
  local: string;
  utc: string;
  /** For the `datetime` attribute. */
  iso: string;
}

/** Shows epoch seconds. `null` when no calendar reaches that far. */
export function showTime(seconds: number): ShownTime | null {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const iso = date.toISOString();
  return { local: timeFormat().format(date), utc: `${iso.slice(0, -5).replace("T", " ")} UTC`, iso };
}

/** Characters that are not seen or that turn the direction of what follows. Line feeds and tabs are left alone. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A value of the user as it can be read: cut to a length and marked as cut, and nothing in it that hides. */
export function shown(value: string, length: number): string {
  const start = value.length > length ? value.slice(0, length).replace(/[\ud800-\udbff]$/, "") : value;
  const seen = start.replace(UNSEEN, picture);
  return value.length > length ? `${seen}… (${count(value.length, "character")})` : seen;
}

/** The same on one line. */
export function line(value: string, length: number): string {
  return shown(value, length).replaceAll(/\s+/g, " ");
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Unicode has a small picture for each of the first 32.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
}

/** How much of a value is shown where there is one line. */
const SHOWN = 120;

const SIGNS: Record<string, string> = { "\n": "↵", "\r": "", "\t": "⇥" };

/** A value for one line: cut, and with control characters and marks of direction in sight instead of at work. */
export function shorten(text: string, most = SHOWN): string {
  const cut = text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
  return cut.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (char) => SIGNS[char] ?? "\ufffd",
  );
}

/** An object or a list for one line: its JSON text without the white space between its parts. */
export function inOneLine(json: string): string {
  return json.replace(/\s*\n\s*/g, " ");
}

/** Shows the parts of a message that stand in back-ticks as code. Everything stays a text node. */
export function withCode(message: string): (string | TemplateResult)[] {
  return message.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

/** A message without back-ticks, for places that show no code. */
export function withoutCode(message: string): string {
  return message.replaceAll("`", "");
}

/** What gives no alert, counted: what the filter drops apart from what is rejected. Empty where there is nothing. */
export function countWithoutAlert({
  rejectedCount,
  filteredCount,
}: {
  rejectedCount: number;
  filteredCount: number;
}): string {
  const rejected = rejectedCount - filteredCount;
  const parts = [filteredCount > 0 && count(filteredCount, "filtered", "filtered")];
  parts.push(rejected > 0 && count(rejected, "rejected", "rejected"));
  return parts.filter(Boolean).join(" · ");
}
