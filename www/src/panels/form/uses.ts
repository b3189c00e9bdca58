import { type Model, rolesOf, tagName } from "./model.ts";

/** What a field of the payload feeds. */
export interface Use {
  label: string;
  kind: "primary" | "secondary" | "tag" | "status" | "time";
  /** The source that names the field, in the body. */
  pointer: string;
}

/** What the rules use, by source path. */
export function usesOf(model: Model): Map<string, Use[]> {
  const { tags, status, time } = model;
  const uses = new Map<string, Use[]>();
  const note = (path: string, use: Use) => uses.set(path, [...(uses.get(path) ?? []), use]);
  for (const tag of tags) {
    const label = tag.flatten ? (tag.name ? `${tag.name}_…` : "flattened") : tagName(tag);
    for (const { text, pointer } of tag.source.items)
      note(text, { label, kind: rolesOf(model, tag)[0] ?? "tag", pointer });
  }
  for (const { text, pointer } of status.source.items) note(text, { label: "status", kind: "status", pointer });
  for (const { text, pointer } of time.source.items) note(text, { label: "time", kind: "time", pointer });
  return uses;
}

/** The use of a field inside an object that a rule flattens. */
export function flattenedUse({ tags }: Model, path: string): Use | undefined {
  for (const { flatten, name, source } of tags) {
    const item = flatten ? source.items.find(({ text }) => path.startsWith(`${text}.`)) : undefined;
    if (!item) continue;
    const rest = path.slice(item.text.length + 1).replaceAll(".", "_");
    return { label: name ? `${name}_${rest}` : rest, kind: "tag", pointer: item.pointer };
  }
  return undefined;
}

/** More different values than these are no list of statuses. */
const MOST = 50;
/** A longer text is no status. */
const LONGEST = 80;

/** The different values that a payload holds at some source paths, over all its alerts. `arraySource` is `null` for a single alert. */
export function valuesAt(payload: string, arraySource: string | null, paths: readonly string[]): string[] {
  let root: unknown;
  try {
    root = JSON.parse(payload);
  } catch {
    return [];
  }
  const array = arraySource === null ? undefined : arraySource === "" ? root : lookUp(root, arraySource);
  const alerts: unknown[] = Array.isArray(array) ? array : [];
  const found = new Set<string>();
  for (const path of paths) {
    const own = path.startsWith("@alert.");
    for (const holder of own ? alerts : [root]) {
      const value = lookUp(holder, own ? path.slice("@alert.".length) : path);
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item === null || item === undefined || item === "" || typeof item === "object") continue;
        const text = String(item);
        if (text.length <= LONGEST) found.add(text);
        if (found.size >= MOST) return [...found];
      }
    }
  }
  return [...found];
}

/** The value whose keys, joined by dots, spell the path: the nested one before one whose key holds the dot itself. */
function lookUp(node: unknown, path: string): unknown {
  if (node === null || typeof node !== "object" || Array.isArray(node)) return undefined;
  const object = node as Record<string, unknown>;
  for (let dot = path.indexOf("."); dot >= 0; dot = path.indexOf(".", dot + 1)) {
    const key = path.slice(0, dot);
    const inner = Object.hasOwn(object, key) ? lookUp(object[key], path.slice(dot + 1)) : undefined;
    if (inner !== undefined) return inner;
  }
  return Object.hasOwn(object, path) ? object[path] : undefined;
}
