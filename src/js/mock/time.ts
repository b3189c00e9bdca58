/** Reads the times that options give. */
import { kindOf, show } from "../arguments.js";

/** What a `Date` can hold, in milliseconds either side of 1970. */
const FARTHEST = 8.64e15;
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;
const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i;

/** Epoch milliseconds of a time; `name` is for the message of the `TypeError`. Text without a zone is in UTC. */
export function milliseconds(name: string, time: unknown): number {
  let value = Number.NaN;
  if (typeof time === "number") value = time;
  else if (typeof time === "string") value = read(time.trim());
  else if (kindOf(time) === "Date") value = Number(time);
  if (Math.abs(value) <= FARTHEST) return value;
  throw new TypeError(`${name}: expected epoch milliseconds or a time such as 2026-01-31T12:00:00Z, got ${show(time)}`);
}

function read(text: string): number {
  if (/^\d{1,16}$/.test(text)) return Number(text);
  if (!ISO.test(text)) return Number.NaN;
  const dateOnly = text.length === 10;
  return Date.parse(dateOnly || ZONE.test(text) ? text.replace(" ", "T") : `${text.replace(" ", "T")}Z`);
}
