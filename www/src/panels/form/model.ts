/** The configuration as the form shows it: what can be shown of it, each with its place, whatever is wrong with the rest. */
import { configPath } from "../../json/body.ts";
import { type Fault, find, type JsonNode, memberOf, parse, type Path, pointerOf } from "../../json/tree.ts";

/** An item of a list of texts. */
export interface Item {
  text: string;
  pointer: string;
  /** It is no text, so it is shown as JSON and does nothing. */
  odd: boolean;
}

/** A list of texts. One that is written as a single text is shown as a list of one. */
export interface List {
  path: Path;
  items: Item[];
  state: "list" | "text" | "missing" | "wrong";
}

export interface TagRule {
  path: Path;
  pointer: string;
  role: "primary" | "secondary" | "additional";
  /** Its place among the additional ones. */
  index: number;
  name: string | null;
  source: List;
  fallback: string | null;
  flatten: boolean;
  /** Why it cannot be shown as a rule. */
  broken: string | null;
}

export interface StatusRule {
  path: Path;
  pointer: string;
  source: List;
  fallback: string | null;
  /** By status as written, also such that BigPanda does not have. */
  map: { status: string; values: List }[];
  broken: string | null;
}

export interface TimeRule {
  path: Path;
  pointer: string;
  /** False: the time of receipt. */
  there: boolean;
  source: List;
  format: string | null;
}

export interface Model {
  /** The path of the configuration in the document. */
  base: readonly string[];
  isArray: boolean;
  arraySource: string | null;
  tags: TagRule[];
  status: StatusRule;
  time: TimeRule;
  /** `null`: the default, primary and secondary. */
  identity: List | null;
  bpTimestamp: boolean;
  forceLowercase: boolean;
  /** What of the configuration the form cannot show, in words. */
  unshown: string[];
  /** The text is so different that an edit would replace it. */
  locked: boolean;
}

export type Read = { model: Model; fault: null } | { model: null; fault: Fault };

/** Attributes that only the second version of the configuration has. */
const VERSION_2 = [
  "version",
  "map_remaining",
  "map_remaining_flatten_array",
  "map_remaining_flatten_arrays",
  "event_filter",
  "is_default",
  "preprocessing",
];

/** Reads a request body, or a bare configuration. A blank text is an empty one. */
export function readModel(body: string): Read {
  const { root, fault } = parse(body.trim() === "" ? "{}" : body, { leave: "sample_payload" });
  if (!root) return { model: null, fault };
  const unshown: string[] = [];
  if (root.kind !== "object") unshown.push(`The text holds ${named(root)} instead of an object.`);
  const base = configPath(root.kind === "object" ? root.members.map(({ key }) => key) : []);
  const config = find(root, base);
  if (config && config.kind !== "object") unshown.push(`\`config\` is ${named(config)} instead of an object.`);
  const at = (...path: (string | number)[]) => (config ? find(config, path) : undefined);
  const expects = (name: string, ...kinds: JsonNode["kind"][]) => {
    const node = at(name);
    if (node && !kinds.includes(node.kind)) unshown.push(`\`${name}\` is ${named(node)} and is not shown.`);
    return node && kinds.includes(node.kind) ? node : undefined;
  };
  if (at("primary_property")?.kind === "array" || VERSION_2.some((name) => at(name) !== undefined)) {
    unshown.unshift(
      "This is a configuration of version 2. The form shows what both versions have; the rest is in the text.",
    );
  }

  const tags: TagRule[] = [];
  const tag = (path: Path, role: TagRule["role"], index: number) => {
    const node = find(root, path);
    if (node) tags.push(tagRule(node, body, path, role, index));
  };
  tag([...base, "primary_property"], "primary", 0);
  tag([...base, "secondary_property"], "secondary", 0);
  const additional = expects("additional_attributes", "array");
  if (additional?.kind === "array")
    additional.items.forEach((_, index) => tag([...base, "additional_attributes", index], "additional", index));

  const identity = expects("incident_identifier", "array", "string");
  expects("timestamp", "object");
  expects("is_array", "boolean");
  return {
    fault: null,
    model: {
      base,
      isArray: isTrue(at("is_array")),
      arraySource: textOf(at("array_source")),
      tags,
      status: statusRule(at("status"), body, [...base, "status"]),
      time: {
        path: [...base, "timestamp"],
        pointer: pointerOf([...base, "timestamp"]),
        there: at("timestamp")?.kind === "object",
        source: list(at("timestamp", "source"), body, [...base, "timestamp", "source"]),
        format: textOf(at("timestamp", "format")),
      },
      identity: identity ? list(identity, body, [...base, "incident_identifier"]) : null,
      bpTimestamp: isTrue(at("bp_timestamp", "is_selected")),
      forceLowercase: isTrue(at("force_lowercase")),
      unshown,
      locked: root.kind !== "object",
    },
  };
}

/** The name of the tag that a rule gives: its own, or the last key of its first source. */
export function tagName({ name, source }: TagRule): string {
  return name ?? lastKey(source.items[0]?.text ?? "");
}

/** The key that names a value whose path this is, as far as that can be told without the payload. */
export function lastKey(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function tagRule(node: JsonNode, body: string, path: Path, role: TagRule["role"], index: number): TagRule {
  const at = (name: string) => (node.kind === "object" ? memberOf(node, name)?.value : undefined);
  return {
    path,
    pointer: pointerOf(path),
    role,
    index,
    name: textOf(at("name")),
    source: list(at("source"), body, [...path, "source"]),
    fallback: textOf(at("default_to")) ?? written(at("default_to"), body),
    flatten: isTrue(at("flatten")),
    broken: node.kind === "object" ? null : `This is ${named(node)}, not a rule.`,
  };
}

function statusRule(node: JsonNode | undefined, body: string, path: Path): StatusRule {
  const at = (name: string) => (node?.kind === "object" ? memberOf(node, name)?.value : undefined);
  const map = at("status_map");
  const keys = map?.kind === "object" ? [...new Set(map.members.map(({ key }) => key))] : [];
  return {
    path,
    pointer: pointerOf(path),
    source: list(at("source"), body, [...path, "source"]),
    fallback: textOf(at("default_to")),
    map: keys.map((status) => ({
      status,
      values: list(find(map as JsonNode, [status]), body, [...path, "status_map", status]),
    })),
    broken: node && node.kind !== "object" ? `\`status\` is ${named(node)}, not a rule.` : null,
  };
}

function list(node: JsonNode | undefined, body: string, path: Path): List {
  if (!node) return { path, items: [], state: "missing" };
  if (node.kind === "string")
    return { path, items: [{ text: node.value, pointer: pointerOf(path), odd: false }], state: "text" };
  if (node.kind !== "array")
    return { path, items: [{ text: written(node, body) ?? "", pointer: pointerOf(path), odd: true }], state: "wrong" };
  const items = node.items.map((item, index) => ({
    text: textOf(item) ?? written(item, body) ?? "",
    pointer: pointerOf([...path, index]),
    odd: item.kind !== "string",
  }));
  return { path, items, state: "list" };
}

function textOf(node: JsonNode | undefined): string | null {
  return node?.kind === "string" ? node.value : null;
}

function written(node: JsonNode | undefined, body: string): string | null {
  return node ? body.slice(node.start, node.end) : null;
}

function isTrue(node: JsonNode | undefined): boolean {
  return node?.kind === "boolean" && node.value === "true";
}

function named({ kind }: JsonNode): string {
  return {
    object: "an object",
    array: "a list",
    string: "a text",
    number: "a number",
    boolean: "true or false",
    null: "null",
  }[kind];
}
