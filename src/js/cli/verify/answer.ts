/**
 * Reads what BigPanda lists: alerts and refused payloads. Only the names `alertData`, `processingTime`, `log_type`,
 * `message` and `payload` are known. The rest is not documented, so every likely form is read, and what was not
 * understood is named instead of guessed.
 */
import type { Status } from "../../types.js";
import { parseExact, unmarkNumbers } from "../json.js";

const STATUSES: readonly string[] = ["ok", "warning", "critical", "acknowledged", "unknown"] satisfies Status[];
/** What an alert has besides tags, where both are members of one object. */
const NO_TAGS = new Set([
  ...["status", "timestamp", "primary_property", "secondary_property", "incident_identifier"],
  ...["app_key", "source_system", "tags"],
]);
/** Members under which a list may be. */
const LISTS = ["items", "data", "alerts", "logs", "records", "results"];
/** How many levels deep a list is looked for. */
const DEEP = 3;

export type TagValue = string | string[];

/** An alert of BigPanda. What it does not have, or not in a form that was understood, is undefined. */
export interface TheirAlert {
  status: Status | undefined;
  /** Epoch seconds, rounded down. */
  timestamp: number | undefined;
  primary: string | undefined;
  secondary: string | undefined;
  identifier: TagValue | undefined;
  tags: Map<string, TagValue>;
  /** Tags whose value is a number, a boolean or an object, which is here as text. */
  typed: Set<string>;
}

/** What a list holds, and what of it was not understood, in words, with how often. */
export interface Alerts {
  alerts: TheirAlert[];
  notes: Map<string, number>;
}

/** The items in an answer; undefined where there is no list in it. */
export interface Listed {
  items: unknown[];
  total: number | undefined;
}

/** Finds the list in an answer. Numbers are as {@link parseExact} marks them. */
export function listIn(text: string): Listed | undefined {
  let found: unknown;
  try {
    const json = text.replace(/^\ufeff/, "");
    // The exact parser takes only what is JSON.
    JSON.parse(json);
    found = parseExact(json);
  } catch {
    return undefined;
  }
  for (let level = 0; level <= DEEP; level += 1) {
    if (Array.isArray(found)) return { items: found, total: undefined };
    if (!isObject(found)) return undefined;
    const object: Record<string, unknown> = found;
    const name = LISTS.find((one) => Object.hasOwn(object, one) && typeof object[one] === "object");
    if (name === undefined) return undefined;
    const inner = object[name];
    if (Array.isArray(inner)) return { items: inner, total: numberIn(object.total) };
    found = inner;
  }
  return undefined;
}

/** Reads the alerts of a list. */
export function alertsIn(items: readonly unknown[]): Alerts {
  const notes = new Map<string, number>();
  const note = (text: string) => notes.set(text, (notes.get(text) ?? 0) + 1);
  const alerts: TheirAlert[] = [];
  for (const item of items) {
    const alert = alertIn(item, note);
    if (alert !== undefined) alerts.push(alert);
  }
  return { alerts, notes };
}

function alertIn(item: unknown, note: (text: string) => void): TheirAlert | undefined {
  if (!isObject(item)) return void note("an item of the list is not an object");
  if (!Object.hasOwn(item, "alertData")) return void note("an item of the list has no `alertData`");
  const data = objectIn(item.alertData);
  if (data === undefined) return void note("`alertData` is not JSON text of an object");
  const under = Object.hasOwn(data, "tags") ? data.tags : undefined;
  if (under !== undefined && !isObject(under)) note("`tags` in `alertData` is not an object");
  const nested = isObject(under);
  const tags = new Map<string, TagValue>();
  const typed = new Set<string>();
  for (const [name, value] of Object.entries(nested ? under : data)) {
    if (!nested && NO_TAGS.has(name)) continue;
    const text = tagValue(value);
    if (text === "deep") note("a tag value is nested too deeply");
    else if (text !== undefined) {
      tags.set(name, text.value);
      if (text.typed) typed.add(name);
    }
  }
  const own = (name: string) => (Object.hasOwn(data, name) ? data[name] : undefined);
  const understood = <T>(name: string, read: (value: unknown) => T | undefined): T | undefined => {
    const value = own(name);
    if (value === undefined || value === null) {
      note(`\`alertData\` has no \`${name}\``);
      return undefined;
    }
    const found = read(value);
    if (found === undefined) note(`\`${name}\` in \`alertData\` has a form that is not known here`);
    return found;
  };
  return {
    status: understood("status", statusIn),
    timestamp: understood("timestamp", secondsIn),
    primary: textIn(own("primary_property")),
    secondary: textIn(own("secondary_property")),
    identifier: identifierIn(own("incident_identifier")),
    tags,
    typed,
  };
}

/** JSON text of an object, or the object itself. */
function objectIn(value: unknown): Record<string, unknown> | undefined {
  if (isObject(value)) return value;
  if (typeof value !== "string") return undefined;
  try {
    JSON.parse(value);
    const parsed = parseExact(value);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The value of a tag as text; undefined where there is none. */
function tagValue(value: unknown): { value: TagValue; typed: boolean } | "deep" | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)) {
    const items = value.filter((item) => item !== null);
    return { value: items.map(scalar), typed: items.some(isTyped) };
  }
  if (typeof value === "object") {
    try {
      return { value: unmarkNumbers(JSON.stringify(value)), typed: true };
    } catch {
      // JSON.stringify recurses.
      return "deep";
    }
  }
  return { value: scalar(value), typed: isTyped(value) };
}

function isTyped(value: unknown): boolean {
  return typeof value !== "string" || value.startsWith("\u0000");
}

function scalar(value: unknown): string {
  return typeof value === "string" ? value.replace(/^\u0000/, "") : String(value);
}

function statusIn(value: unknown): Status | undefined {
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  return STATUSES.includes(word) ? (word as Status) : undefined;
}

const DATE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/i;

/** Epoch seconds of a time in seconds, milliseconds, microseconds or nanoseconds, or of ISO 8601 (UTC without a zone). */
export function secondsIn(value: unknown): number | undefined {
  const text = textIn(value)?.trim() ?? "";
  if (/^\d{1,20}(\.\d+)?$/.test(text)) {
    const number = Number(text);
    const unit = number >= 1e17 ? 1e9 : number >= 1e14 ? 1e6 : number >= 1e11 ? 1000 : 1;
    return Math.floor(number / unit);
  }
  const [, , , zone] = DATE.exec(text) ?? [undefined];
  if (!DATE.test(text)) return undefined;
  const time = Date.parse(`${text.replace(" ", "T")}${zone === undefined ? "Z" : ""}`);
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}

function identifierIn(value: unknown): TagValue | undefined {
  if (Array.isArray(value)) return value.every((item) => typeof item === "string") ? value.map(scalar) : undefined;
  return textIn(value);
}

/** Text, or a number with its digits. */
function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? scalar(value) : undefined;
}

function numberIn(value: unknown): number | undefined {
  const text = textIn(value);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A payload that BigPanda refused. */
export interface Refused {
  message: string;
  /** As text. */
  payload: string;
}

/** The records of refused payloads in a list; other records are left out. */
export function refusedIn(items: readonly unknown[]): Refused[] {
  return items.flatMap((item) => {
    if (!isObject(item) || textIn(item.log_type) !== "invalid_payload") return [];
    const { payload } = item;
    let text = typeof payload === "string" ? scalar(payload) : "";
    try {
      if (typeof payload === "object" && payload !== null) text = unmarkNumbers(JSON.stringify(payload));
    } catch {
      // JSON.stringify recurses; no payload of ours is so deep.
    }
    return [{ message: textIn(item.message) ?? "", payload: text }];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
