/** Options of a run, as the engine takes them: a number of flags and a time. */
import { checkOptions, kindOf, oneOf, show } from "./arguments.js";
import { guard } from "./instance.js";
import * as raw from "./raw.js";
import type { ProcessOptions, ProcessToJsonOptions } from "./types.js";

/** Bits of the engine's `flags`. */
export const TRACE = 1;
const MAP_ADDITIONAL_TAGS = 2;
export const NOT_PLACED = 4;
export const BY_INDEX = 8;
const IGNORE_ADDITIONAL_TAGS = 16;
const EVERY_LINE = 32;

const NAMES = ["receivedAt", "trace", "additionalTags"];
/** The options of `processToJson`. */
export const WITH_FORM = [...NAMES, "as"];
/** The options of `processLines`. */
export const OF_LINES = [...WITH_FORM, "everyLine"];
/** What a `Date` can hold, in milliseconds either side of 1970. */
const FARTHEST = 8.64e15;

/** The flags that the options ask for, of which there are `names`. */
export function flagsOf(options: ProcessOptions & { everyLine?: boolean }, names = NAMES): number {
  checkOptions(options, names);
  const { additionalTags } = options;
  const trace = isSet("trace", options.trace);
  const tags =
    additionalTags === undefined ? undefined : oneOf("additionalTags", additionalTags, ["ignore", "map"] as const);
  const everyLine = isSet("everyLine", options.everyLine);
  return (
    (trace ? TRACE : 0) |
    (everyLine ? EVERY_LINE : 0) |
    (tags === undefined ? 0 : tags === "map" ? MAP_ADDITIONAL_TAGS : IGNORE_ADDITIONAL_TAGS)
  );
}

/** The form in which the answer is wanted. */
export function formOf<F extends "bytes" | "view" | "text">(
  options: ProcessToJsonOptions | undefined,
  forms: readonly F[],
): F | "bytes" {
  return options?.as === undefined ? "bytes" : oneOf("as", options.as, forms);
}

function isSet(name: string, value: unknown): boolean {
  if (value === undefined || typeof value === "boolean") return value === true;
  throw new TypeError(`options.${name}: expected a boolean, got ${kindOf(value)}`);
}

/** The time of receipt in epoch milliseconds. The engine has no clock, so "now" is filled in here. */
export function receivedAtOf(options: ProcessOptions): number {
  const { receivedAt } = options;
  return receivedAt === undefined ? Date.now() : milliseconds(receivedAt);
}

/** A time in epoch milliseconds. `name` is that of the argument. */
export function milliseconds(time: unknown, name = "options.receivedAt"): number {
  let value = Number.NaN;
  if (typeof time === "number") value = time;
  else if (typeof time === "string") value = read(time);
  else if (kindOf(time) === "Date") value = Number(time);
  if (Math.abs(value) <= FARTHEST) return value;
  const forms = 'epoch milliseconds, ISO 8601 text such as "2026-01-31T12:00:00Z" or a valid Date';
  const got = kindOf(time) === "Date" ? "an invalid Date" : show(time);
  throw new TypeError(`${name}: expected ${forms}, got ${got}`);
}

function read(text: string): number {
  // No time takes more; longer text is not copied only to be refused.
  return text.length > 100 ? Number.NaN : guard(() => raw.readTime(text));
}
