/**
 * Objects from rows, the form in which the engine gives alerts of which objects are wanted: `src/evaluate/rows.rs` says
 * what it is.
 */
import { type Head, tracesOf } from "./trace.js";
import type { Alert, Processed } from "./types.js";

/** Texts, and numbers that are a place or begin a row. */
export type Rows = (string | number)[];

/** What stands behind the rows. */
export interface Rest extends Processed {
  names: string[];
  /** Names of the tags that identify, if a rule says so. */
  identity: string[];
  /** A number that counts for nothing, the tags that are primary and secondary, the latter -1 for none, and all tags. */
  shapes: number[][];
  wide: (Alert | Value)[];
  /** Pointer to the array of alerts; `null` where the payload is the one alert. */
  array: string | null;
  heads: Head[];
  traces: number[];
}

type Value = string | string[];

interface Shape {
  primary: string;
  secondary: string | null;
  names: string[];
  identifying: string[];
  /** All tags, to be written over; absent where they can be added as well, which is faster. */
  blank: Alert["tags"] | undefined;
}

const STATUSES = ["ok", "warning", "critical", "acknowledged", "unknown"] as const;

/**
 * Objects of the forms that those of the last answer had. As long as one is there, V8 keeps what it knows of a form and
 * the code that it made for it. Else both would be thrown away with each collection of garbage, and made again.
 */
const forms = {
  rest: JSON.parse(
    '{"names":[],"identity":[],"shapes":[],"array":null,"heads":[],"traces":[],"wide":[],"rejected":[],"diagnostics":[]}',
  ) as Rest,
  tags: [] as Alert["tags"][],
};

/** Makes the answer; with `traces` those too. */
export function objectsOf(rows: Rows, rest: Rest, traces: Uint8Array | undefined): Processed {
  const { wide, rejected, diagnostics } = rest;
  const shapes = rest.shapes.map((tags) => shapeOf(tags, rest));
  const alerts: Alert[] = [];
  for (let at = 1; at < rows.length; ) {
    const head = rows[at] as number;
    if (head < 0) {
      alerts.push(wide[~head] as Alert);
      at += 1;
      continue;
    }
    const { primary, secondary, names, identifying, blank } = shapes[Math.trunc(head / STATUSES.length)] as Shape;
    const [index, timestamp] = [rows[at + 1] as number, rows[at + 2] as number];
    const tags: Alert["tags"] = blank === undefined ? {} : { ...blank };
    at += 3;
    for (let i = 0; i < names.length; i++, at++) {
      const cell = rows[at] as string | number;
      tags[names[i] as string] = (typeof cell === "string" ? cell : cell < 0 ? wide[~cell] : rows[cell]) as Value;
    }
    const incident_identifier: Value[] = [];
    for (let i = 0; i < identifying.length; i++) {
      const value = tags[identifying[i] as string] as Value;
      // A list is not to change with the same one in another place.
      incident_identifier.push(typeof value === "string" ? value : value.slice());
    }
    alerts.push({
      index,
      status: STATUSES[head % STATUSES.length] as Alert["status"],
      timestamp,
      primary_property: primary,
      secondary_property: secondary,
      incident_identifier,
      tags,
    });
  }
  forms.tags = shapes.map(({ names, blank }) => {
    const tags: Alert["tags"] = blank === undefined ? {} : { ...blank };
    for (const name of names) tags[name] = "";
    return tags;
  });
  if (traces === undefined) return { alerts, rejected, diagnostics };
  return { alerts, rejected, diagnostics, trace: tracesOf(traces, rest.traces, rest.heads, rest.array) };
}

function shapeOf([, first, second, ...tags]: number[], { names: all, identity }: Rest): Shape {
  const name = (tag: number | undefined) => all[tag as number] as string;
  const names = tags.map(name);
  const [primary, secondary] = [name(first), second === -1 ? null : name(second)];
  const given = identity.filter((named) => names.includes(named));
  const usual = secondary === null ? [primary] : [primary, secondary];
  const blank = Object.fromEntries(names.map((named) => [named, ""])) as Alert["tags"];
  const identifying = given.length > 0 ? given : usual;
  // Added to an object, this name would be its prototype.
  return { primary, secondary, names, identifying, blank: names.includes("__proto__") ? blank : undefined };
}
