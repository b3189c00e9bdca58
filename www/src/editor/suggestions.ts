import { $defs, properties } from "../../../src/js/data/config.v1.schema.json";
import { $defs as $defs2 } from "../../../src/js/data/config.v2.schema.json";
import type { Field } from "../engine/types.ts";
import { STATUSES, TIME_FORMATS } from "../json/attributes.ts";
import { typedVersion } from "../json/body.ts";
import { rangeAt } from "../json/pointer.ts";
import type { Outcome } from "../panels/contract.ts";
import { count } from "../text/format.ts";
import type { Known } from "./completion.ts";
import { type JsonPlace, pointerOf } from "./cursor-context.ts";

/** An attribute of the configuration, as the schema describes it. */
export interface Attribute {
  name: string;
  description: string;
  type: "boolean" | "string" | "array" | "object";
  required: boolean;
}

interface Schema {
  description?: string;
  type?: string;
  $ref?: string;
  required?: string[];
  properties?: Record<string, Schema>;
}

const DEFS = $defs as unknown as Record<string, Schema>;
const DEFS_2 = $defs2 as unknown as Record<string, Schema>;
/** A configuration of version 1 becomes one of version 2 by this attribute, while nothing else decides it. */
const VERSION = attributes(DEFS_2.config, DEFS_2).filter(({ name }) => name === "version");
const ROOT: Schema = { properties: properties as Record<string, Schema>, required: ["config", "sample_payload"] };

/**
 * A path within the configuration itself, whether it is wrapped into `config` or stands bare. `null` for what is not part
 * of it: the root of a body, the sample.
 */
export function within(path: JsonPlace["path"]): JsonPlace["path"] | null {
  if (path.length === 0 || path[0] === "sample_payload") return null;
  return path[0] === "config" ? path.slice(1) : path;
}

/**
 * The attributes of the object at a path in the body, which `bare` says to have no `config` around its rules. What they
 * are depends on the version.
 */
export function attributesAt(path: JsonPlace["path"], bare: boolean, body: string): Attribute[] {
  const version = typedVersion(body);
  const isSecond = version === "2";
  const defs = isSecond ? DEFS_2 : DEFS;
  const config = [...(version === null ? VERSION : []), ...attributes(defs.config, defs)];
  if (path.length === 0) return [...attributes(ROOT, defs), ...(bare ? config : [])];
  const inner = within(path);
  if (inner === null) return [];
  const [first, second] = inner;
  if (first === undefined) return config;
  const item = (isSecond ? ITEMS_2 : ITEMS)[first];
  if (item !== undefined) return inner.length === 2 ? attributes(defs[item], defs) : [];
  if (first === "status" && second === "status_map" && inner.length === 2) {
    return STATUSES.map((name) => ({
      name,
      description: `The payload values that become \`${name}\`, matched exactly.`,
      type: "array",
      required: false,
    }));
  }
  if (inner.length > 1) return [];
  const rules: Record<string, string> = {
    primary_property: "tagRule",
    secondary_property: "tagRule",
    status: "status",
    timestamp: "timestamp",
    bp_timestamp: "bpTimestamp",
  };
  return attributes(defs[rules[first] ?? ""], defs);
}

/** What the items of a list are described as. */
const ITEMS: Record<string, string> = { additional_attributes: "tagRule" };
const ITEMS_2: Record<string, string> = {
  ...ITEMS,
  primary_property: "property",
  secondary_property: "property",
  preprocessing: "function",
};

function attributes(schema: Schema | undefined, defs: Record<string, Schema>): Attribute[] {
  return Object.entries(schema?.properties ?? {}).map(([name, { description = "", type, $ref }]) => ({
    name,
    description,
    // What is described elsewhere is an object, but for the words, which are strings. The sample is usually an object.
    type: (type ??
      defs[$ref?.split("/").at(-1) ?? ""]?.type ??
      ($ref?.endsWith("Name") ? "string" : "object")) as Attribute["type"],
    required: schema?.required?.includes(name) ?? false,
  }));
}

/** A value that may stand at a place. */
export interface Word {
  text: string;
  detail?: string;
  /** What the payload has there. */
  sample?: string;
  info?: string;
  /** Written without quotes. */
  bare?: boolean;
}

/** Names that BigPanda's own integrations and documentation use for the same things. */
const TAGS: [string, string][] = [
  ["host", "The machine or device: what an alert is usually about."],
  ["check", "What was checked: usually what distinguishes alerts of one host."],
  ["application", "The application that is affected."],
  ["service", "The service that is affected."],
  ["device", "The network device."],
  ["sensor", "The sensor that measured."],
  ["cluster", "The cluster that the subject belongs to."],
  ["description", "What happened, for people to read."],
  ["environment", "Where it runs, such as production."],
  ["link", "An address with more about the alert."],
  ["runbook_url", "What to do about it."],
  ["team", "Who looks after it."],
];

const FORMATS: (readonly [string, string])[] = [
  ...TIME_FORMATS,
  ["%Y-%m-%d %H:%M:%S", "2026-01-31 12:00:00"],
  ["%Y-%m-%d %H:%M:%S %z", "2026-01-31 12:00:00 +0000"],
  ["%d/%m/%Y %H:%M:%S", "31/01/2026 12:00:00"],
  ["%m/%d/%Y %I:%M:%S %p", "01/31/2026 12:00:00 PM"],
];

/** The attributes of both versions that are true or false. */
const BOOLEANS = new Set(
  [...Object.values(DEFS), ...Object.values(DEFS_2)].flatMap(({ properties = {} }) =>
    Object.keys(properties).filter((name) => properties[name]?.type === "boolean"),
  ),
);

/** Alerts whose traces are asked for values of the status. */
const TRACED = 10;

/** The values that may stand at a place of the configuration. */
export async function valuesAt(place: JsonPlace, body: string, { fields, outcome }: Known): Promise<Word[]> {
  const path = within(place.path);
  if (path === null || path.length === 0) return [];
  const last = path.at(-1) as string | number;
  const holder = path.at(-2);
  if (holder === "source" && typeof last === "number") return paths(place, body, fields, path[0] === "timestamp");
  if (last === "array_source") return arrays(fields);
  if (path[0] === "status" && last === "default_to") return STATUSES.map((text) => ({ text }));
  if (path[0] === "status" && path[1] === "status_map" && path.length === 4)
    return statusValues(place, body, fields, outcome);
  if (last === "format" && path[0] === "timestamp") return FORMATS.map(([text, sample]) => ({ text, sample }));
  // A tag in the list of a property, in version 2.
  if (last === "name" && /_property$/.test(String(path[0])) && path.length === 3)
    return made(body, outcome).map((text) => ({ text, detail: "tag" }));
  if (last === "name") return names(place, body);
  if (last === "version") return [{ text: "2.0" }];
  if (holder === "incident_identifier") return made(body, outcome).map((text) => ({ text, detail: "tag" }));
  if (typeof last === "string" && BOOLEANS.has(last)) return ["true", "false"].map((text) => ({ text, bare: true }));
  return [];
}

/** What reads like a time: a date, or seconds since 1970 and finer. */
const TIME = /^\d{4}-\d\d-\d\d|^\d{10,19}(\.\d+)?$/;

/**
 * The fields of the payload. Those of an alert come before those around the array, single values before objects, and
 * last what the rule looks at already.
 */
function paths(place: JsonPlace, body: string, fields: readonly Field[], time: boolean): Word[] {
  const siblings = listAt(body, place.path.slice(0, -1)).filter((_, index) => index !== place.path.at(-1));
  const array = fields.some(({ path }) => path.startsWith("@alert."));
  const late = ({ path, type, example }: Field) =>
    Number(siblings.includes(path)) * 8 +
    Number(time && !TIME.test(example)) * 4 +
    Number(type === "object" || type === "array") * 2 +
    Number(array && !path.startsWith("@alert."));
  return [...fields]
    .sort((a, b) => late(a) - late(b))
    .map(({ path, type, example, count: times }) => ({
      text: path,
      detail: type,
      sample: example,
      info: `${example === "" ? "Empty in this payload." : `\`${example.replaceAll("`", "´")}\``}${path.startsWith("@alert.") ? ` In ${count(times, "alert")}.` : ""}`,
    }));
}

function arrays(fields: readonly Field[]): Word[] {
  const found = fields.filter(({ type, path }) => type === "array" && !path.startsWith("@alert."));
  return found.map(({ path, example }) => ({ text: path, detail: "array", sample: example }));
}

/** The values that the status's sources have in the payload and that no list has yet. */
async function statusValues(
  place: JsonPlace,
  body: string,
  fields: readonly Field[],
  outcome: Outcome | null,
): Promise<Word[]> {
  const status = place.path.slice(0, -3);
  const sources = listAt(body, [...status, "source"]);
  const found = new Map<string, string>();
  for (const { path, example, type } of fields) {
    if (sources.includes(path) && example !== "" && type !== "object" && type !== "array") found.set(example, path);
  }
  for (const { value, values, source = "" } of await statusSteps(outcome))
    for (const one of values ?? (value ? [value] : [])) found.set(one, source);
  const listed = new Set(STATUSES.flatMap((name) => listAt(body, [...status, "status_map", name])));
  listed.delete(place.text);
  return [...found]
    .filter(([value]) => !listed.has(value))
    .map(([value, source]) => ({ text: value, sample: source, info: `In the payload at \`${source}\`.` }));
}

async function statusSteps(outcome: Outcome | null) {
  try {
    const elements = outcome ? Math.min(TRACED, outcome.alertCount + outcome.rejectedCount) : 0;
    const traces = await Promise.all(Array.from({ length: elements }, (_, index) => outcome?.trace(index) ?? []));
    return traces.flat().filter(({ kind, source }) => kind === "status" && source !== undefined);
  } catch {
    // The texts have changed since; the fields are known all the same.
    return [];
  }
}

/** Names for a tag: that of the field it is made of, then those in use everywhere. */
function names(place: JsonPlace, body: string): Word[] {
  const taken = new Set(written(body));
  taken.delete(place.text);
  const own = listAt(body, [...place.path.slice(0, -1), "source"]).map((source) => {
    const name = (source.split(".").at(-1) ?? "")
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]+/g, "_")
      .replace(/^[^a-z]+/, "");
    return { text: name.slice(0, 64), info: `From \`${source}\`.` };
  });
  const words = [...own, ...TAGS.map(([text, info]) => ({ text, info }))].filter(
    ({ text }) => text !== "" && !taken.has(text),
  );
  return words.filter(({ text }, index) => words.findIndex((other) => other.text === text) === index);
}

/** The tags that there are: of the first alert, and those that rules name. */
function made(body: string, outcome: Outcome | null): string[] {
  return [...new Set([...Object.keys(outcome?.alertNow(0)?.tags ?? {}), ...written(body)])];
}

/** The names that rules give. Read from the text as it is: while it is typed it is seldom JSON. */
function written(body: string): string[] {
  return [...body.matchAll(/"name"\s*:\s*"([^"\\]+)"/g)].map(([, name = ""]) => name);
}

/** The strings of a list in the body, as far as it can be read. */
function listAt(body: string, path: readonly (string | number)[]): string[] {
  const range = rangeAt(body, pointerOf(path));
  const list = range ? body.slice(range.start, range.end) : "";
  return [...list.matchAll(/"(?:[^"\\]|\\.)*"/g)].flatMap(([token]) => {
    try {
      return [String(JSON.parse(token))];
    } catch {
      return [];
    }
  });
}
