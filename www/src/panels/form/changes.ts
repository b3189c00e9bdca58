/** What can be done to a configuration with one act: each gives the changes of the text that do it. */
import { RESERVED_NAMES, STATUSES, TAG_NAME } from "../../json/attributes.ts";
import { editBody } from "../../json/body.ts";
import { type Change, insert, move, Raw, remove, set } from "../../json/edit.ts";
import { indentOf } from "../../json/layout.ts";
import { find, parse, type Path } from "../../json/tree.ts";
import type { Edit } from "../contract.ts";
import { lastKey, type List, type Model, tagName, type TagRule, type Version } from "./model.ts";

export { editBody };

/** The path of the further tags. */
export function additionalPath({ base }: Model): Path {
  return [...base, "additional_attributes"];
}

/** A list with an item more. `index` beyond the end, or none: last. */
export function addItem({ path, items, state, member }: List, text: string, index = Infinity): Change {
  const at = Math.min(index, items.length);
  if (member) return state === "list" ? insert(path, at, { [member]: text }) : set(path, [{ [member]: text }]);
  if (state === "list") return insert(path, at, text);
  // One text instead of a list is what is meant by it, so it is kept.
  const kept = state === "text" ? items.map((item) => item.text) : [];
  return set(path, kept.toSpliced(at, 0, text));
}

export function removeItem({ path, state }: List, index: number): Change {
  return remove(state === "list" ? [...path, index] : path);
}

export function setItem({ path, state, member }: List, index: number, text: string): Change {
  if (member && state === "list") return set([...path, index, member], text);
  return set(state === "list" ? [...path, index] : path, text);
}

export function moveItem({ path, items, state }: List, from: number, to: number): Change {
  return state === "list" && to >= 0 && to < items.length ? move(path, from, to) : () => [];
}

/** Sets an attribute, or removes it where there is nothing to say. */
export function setOr(path: Path, value: string | boolean): Change {
  return value === "" || value === false ? remove(path) : set(path, value);
}

/** The version of a configuration that says nothing of it yet. */
export function chooseVersion({ base }: Model, version: Version): Change {
  return version === "2" ? set([...base, "version"], "2.0") : remove([...base, "version"]);
}

/** Names a tag, also where it can be a property; without a name it is named by its source. */
export function renameTag(model: Model, tag: TagRule, text: string): Change[] {
  const [before, after] = [tagName(tag), text === "" ? lastKey(tag.source.items[0]?.text ?? "") : text];
  const isAlone = tagNames(model).filter((name) => name === before).length === 1;
  const lists = isAlone && before !== after && model.properties ? Object.values(model.properties) : [];
  const follow = lists.flatMap((list) =>
    list.items.flatMap((item, at) => (item.text === before && !item.odd ? [setItem(list, at, after)] : [])),
  );
  return [setOr([...tag.path, "name"], text), ...follow];
}

/** The tags that identify alerts by default; of version 2 the first choice of each property. */
export function usualIdentity({ tags, properties }: Model): string[] {
  if (!properties) return tags.filter(({ role, broken }) => role !== "additional" && !broken).map(tagName);
  return Object.values(properties).flatMap(({ items }) => items.slice(0, 1).map(({ text }) => text));
}

/** Makes a tag the first in the list of a property, wherever it was. */
function preferred({ properties }: Model, name: string, role: "primary" | "secondary"): Change[] {
  const list = properties?.[role];
  if (!list) return [];
  const at = list.items.findIndex(({ text }) => text === name);
  return at === 0 ? [] : [at < 0 ? addItem(list, name, 0) : moveItem(list, at, 0)];
}

/**
 * Makes a tag the primary or the secondary one. In version 1 the one that was it takes its place among the others; in
 * version 2 it becomes the next choice.
 */
export function promote(body: string, model: Model, tag: TagRule, role: "primary" | "secondary"): Change[] {
  if (model.properties) return preferred(model, tagName(tag), role);
  const place = [...model.base, `${role}_property`];
  const former = model.tags.find((other) => other.role === role);
  const [own, old] = [raw(body, tag.path), former && raw(body, former.path)];
  if (!own || former === tag) return [];
  if (old) return [set(tag.path, old), set(place, own)];
  return [remove(tag.path), set(place, own)];
}

/** Makes the primary or secondary tag one among the others, in front of them. */
export function demote(body: string, model: Model, tag: TagRule): Change[] {
  const own = raw(body, tag.path);
  return own ? [remove(tag.path), insert(additionalPath(model), 0, own)] : [];
}

/** A new tag from a field, in the role that is asked for. A primary or secondary tag that is there becomes one of the others. */
export function newTag(
  body: string,
  model: Model,
  name: string,
  source: string,
  role: TagRule["role"] = "additional",
): Change[] {
  const rule = { name, source: [source] };
  const end = model.tags.filter((tag) => tag.role === "additional").length;
  if (role === "additional") return [insert(additionalPath(model), end, rule)];
  if (model.properties) return [insert(additionalPath(model), end, rule), ...preferred(model, name, role)];
  const former = model.tags.find((tag) => tag.role === role);
  const old = former && former.source.items.length > 0 ? raw(body, former.path) : undefined;
  const place = [...model.base, `${role}_property`];
  if (former && !old) return [addItem(former.source, source)];
  return [...(old ? [insert(additionalPath(model), 0, old)] : []), set(place, rule)];
}

/** Lists a payload value under a status, and under no other. */
export function mapValue({ status, base }: Model, value: string, to: string): Change[] {
  const changes: Change[] = [];
  for (const { status: other, values } of status.map) {
    if (other === to) continue;
    // From the back, so that the places of those before stay.
    for (let at = values.items.length - 1; at >= 0; at--)
      if (values.items[at]?.text === value) changes.push(removeItem(values, at));
  }
  const list = status.map.find((entry) => entry.status === to)?.values ?? {
    path: [...base, "status", "status_map", to],
    items: [],
    state: "missing" as const,
  };
  if (!list.items.some((item) => item.text === value)) changes.push(addItem(list, value));
  return changes;
}

/** A status rule has to have its map; without one, an empty one is made. */
export function withMap({ status, base }: Model): Change[] {
  return status.map.length > 0
    ? []
    : [
        (doc) =>
          find(doc.root, [...base, "status", "status_map"]) ? [] : set([...base, "status", "status_map"], {})(doc),
      ];
}

/** Names that BigPanda keeps for itself, or that add nothing to what every alert has. */
const RESERVED = [...RESERVED_NAMES, "severity", "timestamp"];
const MAX_NAME = 64;

/** A valid name, not taken yet, for the tag that a field gives. */
export function proposeName(path: string, taken: readonly string[]): string {
  const words = lastKey(path)
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z\d_-]+/g, "_")
    .replace(/^[^a-z]+|[_-]+$/g, "");
  const plain = words === "" ? "tag" : RESERVED.includes(words) ? `alert_${words}` : words;
  const base = plain.slice(0, MAX_NAME);
  for (let number = 2; ; number++) {
    const suffix = `_${number}`;
    const name = number === 2 ? base : `${base.slice(0, MAX_NAME - suffix.length)}_${number - 1}`;
    if (!taken.includes(name)) return name;
  }
}

/** Whether BigPanda takes this for the name of a tag. */
export function isTagName(name: string): boolean {
  return TAG_NAME.test(name);
}

export function tagNames({ tags }: Model): string[] {
  return tags.filter(({ broken }) => !broken).map(tagName);
}

/** Statuses in the usual order, then those of the text that BigPanda does not have. */
export function statusesOf({ status }: Model): string[] {
  const known: readonly string[] = STATUSES;
  return [...known, ...status.map.map((entry) => entry.status).filter((name) => !known.includes(name))];
}

/** The edits of a configuration by some changes. */
export function edits(body: string, { base }: Model, changes: readonly Change[]): Edit[] | null {
  return editBody(body, base, changes);
}

function raw(body: string, path: Path): Raw | undefined {
  const { root } = parse(body, { leave: "sample_payload" });
  const node = root ? find(root, path) : undefined;
  return node && new Raw(body.slice(node.start, node.end), indentOf(body, node.start), node.kind);
}
