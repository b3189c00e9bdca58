import { count } from "./count.ts";

/** Characters that are not seen or that turn the direction of what follows. Line feeds and tabs are left alone. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A value of the user as it can be read: cut to a length, told so, and nothing in it that hides. */
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
