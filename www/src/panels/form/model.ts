/** The configuration as the form shows it: what can be shown of it, each with its place, whatever is wrong with the rest. */
import { TAG_RULE_2_ONLY, VERSION_2_ONLY } from "../../json/attributes.ts";
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
  /** Each item is an object, of which this attribute is the text. */
  member?: "name";
}

export type Version = "1" | "2";

export interface TagRule {
  path: Path;
  pointer: string;
  /** Which attribute of the configuration it stands in. In version 2 all stand among the additional ones. */
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
  /** `null` where nothing decides it. */
  version: Version | null;
  /** Only the attribute `version` decides the version, or nothing: it can be chosen. */
  versionIsOpen: boolean;
  /** In version 2: the tags that can be each property, by name. */
  properties: { primary: List; secondary: List } | null;
  isArray: boolean;
  arraySource: string | null;
  tags: TagRule[];
  status: StatusRule;
  time: TimeRule;
  /** `null`: the default, primary and secondary. */
  identity: List | null;
  bpTimestamp: boolean;
  forceLowercase: boolean;
  mapRemaining: boolean;
  filter: { path: Path; pointer: string; text: string };
  /** What of the configuration the form cannot show, in words. */
  unshown: string[];
  /** The text is so different that an edit would replace it. */
  locked: boolean;
}

export type Read = { model: Model; fault: null } | { model: null; fault: Fault };

/** Attributes of version 2 that the form has nothing for. */
const NOT_SHOWN = ["map_remaining_flatten_array", "map_remaining_flatten_arrays", "is_default", "preprocessing"];

/** The last text that `lastModel` was asked for, and the last model. */
const last: { body: string | null; model: Model | null } = { body: null, model: null };

/** The model of a body that is asked for often; while the body cannot be read, that of the last one that could. */
export function lastModel(body: string): Model | null {
  if (body !== last.body) {
    last.body = body;
    last.model = readModel(body).model ?? last.model;
  }
  return last.model;
}

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
  const { version, versionIsOpen, mixed } = versionOf(at);
  if (mixed)
    unshown.unshift("The configuration has something of version 1 and something of version 2, so it cannot be run.");
  if (version === "2") {
    const there = NOT_SHOWN.filter((name) => at(name));
    if (there.length > 0)
      unshown.push(`${there.map((name) => `\`${name}\``).join(", ")}: only in the text, where it stays as it is.`);
  }

  const tags: TagRule[] = [];
  const tag = (path: Path, role: TagRule["role"], index: number) => {
    const node = find(root, path);
    if (node) tags.push(tagRule(node, body, path, role, index));
  };
  if (version !== "2") {
    tag([...base, "primary_property"], "primary", 0);
    tag([...base, "secondary_property"], "secondary", 0);
  }
  const property = (name: string): List => names(at(name), body, [...base, name]);
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
      version,
      versionIsOpen,
      properties:
        version === "2" ? { primary: property("primary_property"), secondary: property("secondary_property") } : null,
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
      mapRemaining: isTrue(at("map_remaining")),
      filter: {
        path: [...base, "event_filter"],
        pointer: pointerOf([...base, "event_filter"]),
        text: textOf(expects("event_filter", "string")) ?? "",
      },
      unshown,
      locked: root.kind !== "object",
    },
  };
}

/** The version, by what only one version has. A property that is an object is of version 1, whatever else is there. */
function versionOf(at: (...path: (string | number)[]) => JsonNode | undefined) {
  const kinds = ["primary_property", "secondary_property"].map((name) => at(name)?.kind);
  const isFirst = kinds.includes("object");
  const rules = at("additional_attributes");
  const items = rules?.kind === "array" ? rules.items : [];
  const suggests = items.some((item) => item.kind === "object" && TAG_RULE_2_ONLY.some((name) => memberOf(item, name)));
  const isSecond =
    kinds.includes("array") || suggests || VERSION_2_ONLY.some((name) => name !== "version" && at(name) !== undefined);
  const named = at("version") !== undefined;
  const version: Version | null = isFirst ? "1" : isSecond || named ? "2" : null;
  return { version, versionIsOpen: !isFirst && !isSecond, mixed: isFirst && (isSecond || named) };
}

/** The roles that a tag has or, in version 2, can have. */
export function rolesOf({ properties }: Model, tag: TagRule): ("primary" | "secondary")[] {
  if (!properties) return tag.role === "additional" ? [] : [tag.role];
  const name = tagName(tag);
  return (["primary", "secondary"] as const).filter((role) => properties[role].items.some(({ text }) => text === name));
}

/** The name of the tag that a rule gives: its own, or the last key of its first source. */
export function tagName({ name, source }: TagRule): string {
  return name ?? lastKey(source.items[0]?.text ?? "");
}

/** The key that names a value whose path this is, as far as that is known without the payload. */
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

/** A list of tags, `[{"name": "host"}]`. */
function names(node: JsonNode | undefined, body: string, path: Path): List {
  if (!node) return { path, items: [], state: "missing", member: "name" };
  if (node.kind !== "array")
    return { path, items: [{ text: written(node, body) ?? "", pointer: pointerOf(path), odd: true }], state: "wrong" };
  const items = node.items.map((item, index) => {
    const name = item.kind === "object" ? textOf(memberOf(item, "name")?.value) : null;
    const pointer = pointerOf([...path, index, "name"]);
    return { text: name ?? written(item, body) ?? "", pointer, odd: name === null };
  });
  return { path, items, state: "list", member: "name" };
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
    array: "an array",
    string: "a string",
    number: "a number",
    boolean: "true or false",
    null: "null",
  }[kind];
}
