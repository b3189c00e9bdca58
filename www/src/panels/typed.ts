/** A payload as fields and values that can be typed. */
import { type Change, Raw, rawAt, remove, rename, set } from "../json/edit.ts";
import { find, type JsonNode, type Path, type ObjectNode } from "../json/tree.ts";
import { indentOf } from "../json/layout.ts";

export type EntryKind = "text" | "number" | "true/false" | "null" | "json";

/** A field that holds no other field. */
export interface Entry {
  /** Its keys, joined by dots. */
  name: string;
  path: Path;
  kind: EntryKind;
  /** The value without quotes; a list as its JSON text. */
  text: string;
}

/** Where in a payload the alerts are. */
export interface Alerts {
  path: Path;
  several: boolean;
  count: number;
  /** They are objects, as far as one looked. */
  typable: boolean;
}

const KINDS = {
  string: "text",
  number: "number",
  boolean: "true/false",
  null: "null",
  array: "json",
  object: "json",
} as const;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Finds the alerts: in the array that the configuration names, in the payload itself where that is an array, else it is one alert. */
export function alertsOf(root: JsonNode, arraySource: string | null): Alerts {
  const path = arraySource ? arraySource.split(".") : [];
  const node = find(root, path);
  if (node?.kind === "array")
    return {
      path,
      several: true,
      count: node.items.length,
      typable: node.items.every(({ kind }) => kind === "object"),
    };
  return { path: [], several: false, count: 1, typable: root.kind === "object" };
}

/** The fields of an object and of the objects in it, in their order. Of duplicate keys the last. */
export function entriesOf(node: JsonNode | undefined, text: string, path: Path = []): Entry[] {
  if (node?.kind !== "object") return [];
  return [...new Map(node.members.map(({ key, value }) => [key, value]))].flatMap(([key, value]) => {
    const own = [...path, key];
    if (value.kind === "object" && value.members.length > 0) return entriesOf(value, text, own);
    return [
      {
        name: own.join("."),
        path: own,
        kind: KINDS[value.kind],
        text: value.kind === "array" || value.kind === "object" ? text.slice(value.start, value.end) : value.value,
      },
    ];
  });
}

/** The value that a typed text means. What was text although it looks like a number, and still does, stays text. */
export function valueOf(text: string, before?: Pick<Entry, "kind" | "text">): unknown {
  const recognised = NUMBER.test(text)
    ? new Raw(text, "", "number")
    : text === "true"
      ? true
      : text === "false"
        ? false
        : text;
  const forced = before?.kind === "text" && typeof valueOf(before.text) !== "string";
  return forced ? text : recognised;
}

/** A text as a value of a kind; text where it cannot be that. */
export function written(text: string, kind: EntryKind): unknown {
  if (kind === "null") return null;
  const value = valueOf(text === "null" ? "" : text);
  return kind === "text" ? (text === "null" ? "" : text) : value;
}

/** Why a new field cannot be put into an object: something that holds no fields is in its way, or it is there. */
export function blocked(holder: JsonNode, path: readonly string[], except?: Path): string | null {
  let node: JsonNode | undefined = holder;
  for (const [depth, key] of path.entries()) {
    if (node?.kind !== "object")
      return `The field ${path.slice(0, depth).join(".")} holds a value, so it cannot hold fields.`;
    const own = except !== undefined && except.length === depth + 1 && except.every((step, at) => step === path[at]);
    node = own ? undefined : find(node, [key]);
    if (!node) return null;
  }
  return `There is a field ${path.join(".")} already.`;
}

/** Removes a field, and the objects that held only it. */
export function removeEntry(base: Path, path: Path): Change {
  return (doc) => {
    let gone = path;
    while (gone.length > 1) {
      const holder = find(doc.root, [...base, ...gone.slice(0, -1)]) as ObjectNode | undefined;
      if (holder?.kind !== "object" || new Set(holder.members.map(({ key }) => key)).size > 1) break;
      gone = gone.slice(0, -1);
    }
    return remove([...base, ...gone])(doc);
  };
}

/** Gives a field another name, in its place where only its last key changes. */
export function moveEntry(base: Path, from: Path, to: Path): Change[] {
  const beside = from.length === to.length && from.slice(0, -1).every((step, at) => step === to[at]);
  if (beside) return [rename([...base, ...from], String(to.at(-1)))];
  let held: Raw | undefined;
  return [
    (doc) => {
      held = rawAt(doc, [...base, ...from]);
      return removeEntry(base, from)(doc);
    },
    (doc) => (held ? set([...base, ...to], held)(doc) : []),
  ];
}

/** One alert more, like the last. A payload that is one alert becomes one of several, in the list `alerts`. */
export function addAlert({ path, several, count }: Alerts): Change {
  return (doc) => {
    if (!several) {
      const { text, root } = doc;
      const one = new Raw(text.slice(root.start, root.end), indentOf(text, root.start), "object");
      return set([], { alerts: [one, one] })(doc);
    }
    return set([...path, count], rawAt(doc, [...path, count - 1]) ?? {})(doc);
  };
}
