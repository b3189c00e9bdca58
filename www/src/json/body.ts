import type { Edit } from "../panels/contract.ts";
import { BODY, CONFIG, STATUS, STATUSES, TAG_RULE, TIMESTAMP, VERSION_2_ONLY } from "./attributes.ts";
import { type Change, edit } from "./edit.ts";
import { rangeAt } from "./pointer.ts";
import type { Path } from "./tree.ts";

/** Attributes of a configuration by which one is recognised that stands without the request body around it. */
const DECISIVE = new Set(CONFIG.filter((name) => name !== "version"));

/** The path of the configuration in a document: the outermost object itself where someone wrote only that. */
export function configPath(keys: readonly string[]): string[] {
  return !keys.includes("config") && keys.some((key) => DECISIVE.has(key)) ? [] : ["config"];
}

/** The order in which attributes are usually written. */
function orderOf(base: number): (path: Path) => readonly string[] {
  return (path) => {
    if (path.length === 0 && base === 1) return BODY;
    const [name, inner, ...more] = path.slice(base);
    if (name === undefined) return CONFIG;
    if (name === "status")
      return inner === undefined ? STATUS : inner === "status_map" && more.length === 0 ? STATUSES : [];
    if (name === "timestamp") return TIMESTAMP;
    if (name === "additional_attributes") return inner === undefined ? [] : TAG_RULE;
    return TAG_RULE;
  };
}

/** Edits of a request body, or of a bare configuration, as `base` says. `null` where the text is no JSON. */
export function editBody(body: string, base: readonly string[], changes: readonly Change[]): Edit[] | null {
  return edit(body, changes, {
    orderOf: orderOf(base.length),
    ...(base.length > 0 ? { leave: "sample_payload" } : {}),
  });
}

/** The path of the array of alerts that a body or bare configuration names; `null` where the payload is one alert. */
export function arraySourceOf(body: string): string | null {
  const at = rangeAt(body, "/config") ? "/config" : "";
  const value = (key: string): unknown => {
    const range = rangeAt(body, `${at}/${key}`);
    try {
      return range ? JSON.parse(body.slice(range.start, range.end)) : undefined;
    } catch {
      return undefined;
    }
  };
  const source = value("array_source");
  return value("is_array") === true && typeof source === "string" ? source : null;
}

/** The source that names the value to which keys lead in a payload, for a configuration. */
export function sourceOf(path: readonly string[], body: string): string {
  const array = arraySourceOf(body);
  if (array === null) return path.join(".");
  // The array's own path may be spelt with dots inside keys.
  for (let length = 0; length < path.length; length += 1) {
    if (path.slice(0, length).join(".") === array && /^\d+$/.test(path[length] ?? ""))
      return ["@alert", ...path.slice(length + 1)].join(".");
  }
  return path.join(".");
}

const VERSION_2_KEY = new RegExp(
  `"(?:version"\\s*:\\s*"2|(?:${VERSION_2_ONLY.filter((name) => name !== "version").join("|")})"\\s*:)`,
);

/**
 * The version of a configuration, read from the text as it is: while it is typed it is seldom JSON. `null` while nothing
 * decides it.
 */
export function typedVersion(body: string): "1" | "2" | null {
  const property = /"(?:primary|secondary)_property"\s*:\s*([{[])/.exec(body)?.[1];
  if (property !== undefined) return property === "{" ? "1" : "2";
  return VERSION_2_KEY.test(body) ? "2" : null;
}

/** The sample payload of a request body as a document of its own. */
export function sampleOf(body: string): string {
  const range = rangeAt(body, "/sample_payload");
  return range ? reindent(body.slice(range.start, range.end), -2) : "";
}

/** What a sample says: it can be written as a JSON string that has the payload in it. */
export function textInSample(sample: string): string {
  try {
    return sample.startsWith('"') ? (JSON.parse(sample) as string) : sample;
  } catch {
    return sample;
  }
}

/** The edit that makes a payload the sample of a request body. `null` where the text is no such body. */
export function withSample(body: string, payload: string): Edit | null {
  const sample = reindent(payload.trim(), 2);
  const there = rangeAt(body, "/sample_payload");
  if (there) return { ...there, text: sample };
  const config = rangeAt(body, "/config");
  if (config) return { start: config.end, end: config.end, text: `,\n  "sample_payload": ${sample}` };
  return null;
}

/** Moves every line but the first by some columns. A line break inside a JSON string is always escaped, so no value changes. */
function reindent(text: string, columns: number): string {
  if (columns > 0) return text.replaceAll("\n", `\n${" ".repeat(columns)}`);
  return text.replaceAll(new RegExp(`\\n {1,${-columns}}`, "g"), "\n");
}
