/** Puts stand-ins in the place of what gives people and systems away, the same for the same in both documents. */
import type { Finding, Findings, Kind } from "./findings.ts";
import { inspecting, isSecret, NUMBER } from "./findings.ts";
import { atOnce } from "./slices.ts";

/** What took whose place, and how often. */
export interface Replaced {
  kind: Kind;
  value: string;
  standIn: string;
  count: number;
}

export interface Scrubbed {
  payload: string;
  config: string;
  /** Both in parts: what stayed and a stand-in in turn. */
  parts: { payload: string[]; config: string[] };
  replaced: Replaced[];
}

/** Whether everything that was found is replaced, or only what opens something. */
export type Extent = "everything" | "secrets";

/** Replaces what is found in both documents. Everything else stays as it is, byte for byte. */
export function scrub(payload: string, config: string, extent: Extent = "everything"): Scrubbed {
  return scrubbed(payload, config, atOnce(inspecting(payload, config)), extent);
}

/** The same, of what was found already. */
export function scrubbed(payload: string, config: string, findings: Findings, extent: Extent): Scrubbed {
  const replaced = new Map<string, Replaced>();
  const nextStandIn = standIns(payload, config);
  const replace = (text: string, found: readonly Finding[]): string[] => {
    const parts: string[] = [];
    let from = 0;
    for (const finding of found) {
      if (finding.start < from || (extent === "secrets" && !isSecret(finding))) continue;
      const { kind, value, isNumber, start, end } = finding;
      const key = `${isNumber ? "number" : kind} ${value}`;
      const standIn = () => (isNumber ? NUMBER : nextStandIn(kind, value));
      const entry = replaced.get(key) ?? { kind, value, standIn: standIn(), count: 0 };
      replaced.set(key, { ...entry, count: entry.count + 1 });
      parts.push(text.slice(from, start), entry.standIn);
      from = end;
    }
    return [...parts, text.slice(from)];
  };
  const parts = { payload: replace(payload, findings.payload), config: replace(config, findings.config) };
  return {
    payload: parts.payload.join(""),
    config: parts.config.join(""),
    parts,
    replaced: [...replaced.values()],
  };
}

/** Makes stand-ins that are in none of the texts. Plain letters: they need no escape, however deep in JSON they stand. */
function standIns(...texts: string[]): (kind: Kind, value: string) => string {
  const taken = new Set<string>();
  for (const text of texts) {
    for (const [word] of text.matchAll(
      /(?:host|token|secret)-\d+|user\d+|(?:192\.0\.2|198\.51\.100|203\.0\.113|198\.18\.\d+)\.\d+/g,
    )) {
      taken.add(word);
    }
  }
  const numbers = new Map<string, number>();
  /** Numbers of machines by their first label, so that a short name and a full one stay alike. */
  const machines = new Map<string, { number: number; full: boolean }>();
  const next = (series: string, shape: (number: number) => string = (number) => `${series}-${number}`): string => {
    for (;;) {
      const number = (numbers.get(series) ?? 0) + 1;
      numbers.set(series, number);
      const word = shape(number);
      if (!taken.has(word)) return word;
    }
  };
  const host = (value: string): string => {
    const [label = ""] = value.split(".");
    const full = label !== value;
    const known = machines.get(label);
    if (known && !(full && known.full)) {
      known.full ||= full;
      return `host-${known.number}${full ? ".example" : ""}`;
    }
    const word = next("host");
    machines.set(label, { number: Number(word.slice(5)), full });
    return full ? `${word}.example` : word;
  };
  return (kind, value) => {
    switch (kind) {
      case "host":
        return host(value);
      case "address":
        return value.includes(":")
          ? next("v6", (number) => `2001:db8::${number.toString(16)}`)
          : next("v4", documentationAddress);
      case "mail":
        return `${next("user", (number) => `user${number}`)}@example.com`;
      default:
        return next(kind === "secret" ? "secret" : "token");
    }
  };
}

/** The ranges that are kept for documentation, and for more than 762 addresses one that is kept for benchmarks. */
function documentationAddress(number: number): string {
  const [range, last] = [Math.floor((number - 1) / 254), ((number - 1) % 254) + 1];
  return `${["192.0.2", "198.51.100", "203.0.113"][range] ?? `198.18.${range - 3}`}.${last}`;
}
