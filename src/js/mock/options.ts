/** The options of a mock, checked and with their defaults. */
import { checkOptions, kindOf, oneOf, show } from "../arguments.js";
import { processPayload } from "../node.js";
import type { MockOptions } from "./mock.mjs";
import { milliseconds } from "./time.js";

/** BigPanda: "The payload size limit that OIM can accept is 6 MB"; here 6 MiB, in bytes. */
const BODY_LIMIT = 6 * 1024 * 1024;
/** BigPanda: "wait ten minutes before attempting to create or update rules using the API". In milliseconds. */
const WAIT = 10 * 60 * 1000;
/** BigPanda: "BigPanda APIs are limited to 5 requests per second". */
const RATE = 5;

/** What the rest of the mock reads; see {@link MockOptions}. */
export interface Settings {
  port: number;
  host: string;
  /** Names in lower case that the `Host` header may have, besides those of this machine. */
  allowedHosts: ReadonlySet<string>;
  data: string | undefined;
  /** The folder that keeps what tools send. */
  record: string | undefined;
  /** Undefined: every token is valid. */
  tokens: ReadonlySet<string> | undefined;
  /** Undefined: every key has an integration. */
  appKeys: ReadonlySet<string> | undefined;
  /** When the integration of an app key was installed, in epoch milliseconds; `-Infinity` is long ago. */
  installedAt: (appKey: string) => number;
  wait: number;
  rate: number;
  bodyLimit: number;
  sampleCoverage: "strict" | "lenient";
  clock: () => number;
  warn: (message: string) => void;
}

const NAMES: (keyof MockOptions)[] = [
  ...(["port", "host", "allowedHosts", "data", "record", "tokens", "appKeys", "installedAt", "wait", "rate"] as const),
  ...(["bodyLimit", "sampleCoverage", "clock", "warn"] as const),
];

export function settingsOf(options: MockOptions): Settings {
  checkOptions(options, NAMES);
  return {
    port: number("port", options.port ?? 0, 65_535),
    host: text("host", options.host ?? "127.0.0.1"),
    allowedHosts: new Set(
      [options.host ?? "localhost", ...(words("allowedHosts", options.allowedHosts) ?? [])].map((name) =>
        name.toLowerCase(),
      ),
    ),
    data: options.data === undefined ? undefined : text("data", options.data),
    record: options.record === undefined ? undefined : text("record", options.record),
    tokens: words("tokens", options.tokens),
    appKeys: words("appKeys", options.appKeys),
    installedAt: installation(options.installedAt),
    wait: number("wait", options.wait ?? WAIT),
    rate: number("rate", options.rate ?? RATE),
    bodyLimit: number("bodyLimit", options.bodyLimit ?? BODY_LIMIT, BODY_LIMIT),
    sampleCoverage: oneOf("sampleCoverage", options.sampleCoverage ?? "strict", ["strict", "lenient"]),
    clock: clock(options.clock ?? Date.now),
    warn: call("warn", options.warn ?? ((message: string) => console.error(`oim mock: ${message}`))),
  };
}

function number(name: string, value: unknown, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most) return value as number;
  throw new TypeError(`options.${name}: expected a whole number from 0 to ${most}, got ${show(value)}`);
}

function text(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "" && !value.includes("\0")) return value;
  throw new TypeError(`options.${name}: expected text that is not empty, got ${show(value)}`);
}

function words(name: string, value: unknown): Set<string> | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new TypeError(`options.${name}: expected a list of texts, got ${kindOf(value)}`);
  return new Set(value.map((word: unknown, index) => text(`${name}[${index}]`, word)));
}

function call<T extends (...values: never[]) => unknown>(name: string, value: T): T {
  if (typeof value === "function") return value;
  throw new TypeError(`options.${name}: expected a function, got ${kindOf(value)}`);
}

function clock(value: () => number): () => number {
  const now: unknown = call("clock", value)();
  if (typeof now === "number" && Number.isFinite(now)) return value;
  throw new TypeError(`options.clock: expected a function that gives epoch milliseconds, it gave ${show(now)}`);
}

function installation(value: unknown): (appKey: string) => number {
  if (value === undefined) return () => Number.NEGATIVE_INFINITY;
  if (kindOf(value) !== "object") {
    const time = milliseconds(processPayload, "options.installedAt", value);
    return () => time;
  }
  const times = new Map(
    Object.entries(value as object).map(([key, time]) => [
      key,
      milliseconds(processPayload, `options.installedAt.${key}`, time),
    ]),
  );
  return (appKey) => times.get(appKey) ?? Number.NEGATIVE_INFINITY;
}
