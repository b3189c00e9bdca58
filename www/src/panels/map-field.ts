/** What a field of the payload can become in the configuration. */
import { type Change, insert, set } from "../json/edit.ts";
import type { Field, Status } from "../engine/types.ts";
import type { Edit } from "./contract.ts";
import {
  addItem,
  additionalPath,
  edits,
  mapValue,
  moveItem,
  newTag,
  promote,
  proposeName,
  setItem,
  tagNames,
  usualIdentity,
  withMap,
} from "./form/changes.ts";
import { type Model, readModel, rolesOf, type TagRule, tagName } from "./form/model.ts";

export type MapTarget =
  | { to: "new-tag"; name: string }
  /** A tag that is there, by the pointer of its rule. */
  | { to: "tag"; pointer: string; place: "first" | "last" }
  | { to: "primary" | "secondary" }
  | { to: "status" }
  /** The current value of the field means this status. */
  | { to: "status-value"; status: Status }
  | { to: "time" }
  | { to: "identity" }
  | { to: "flatten" }
  /** The field is the array of the alerts. */
  | { to: "alerts" };

/**
 * The edits of the configuration that map a field. None where it is already mapped this way, or where the text is no JSON.
 * `currentValue` is what the field holds in the alert that is looked at.
 */
export function mapField(
  body: string,
  field: Pick<Field, "path" | "type">,
  target: MapTarget,
  currentValue: string,
): Edit[] {
  const { model } = readModel(body);
  if (!model) return [];
  return edits(body, model, changesOf(body, model, field.path, target, currentValue)) ?? [];
}

function changesOf(body: string, model: Model, path: string, target: MapTarget, currentValue: string): Change[] {
  const taken = tagNames(model);
  switch (target.to) {
    case "new-tag":
      return newTag(body, model, target.name || proposeName(path, taken), path);
    case "tag": {
      const tag = model.tags.find(({ pointer }) => pointer === target.pointer);
      return tag ? [place(tag, path, target.place)] : [];
    }
    case "primary":
    case "secondary": {
      const there = model.tags.find(
        (tag) => rolesOf(model, tag).includes(target.to) && tag.source.items.some(({ text }) => text === path),
      );
      if (there) return [place(there, path, "first"), ...promoted(body, model, there, target.to)];
      // A tag that has the field as another choice may mostly show something else.
      const own = model.tags.find(({ source }) => source.items[0]?.text === path);
      return own?.role === "additional"
        ? promote(body, model, own, target.to)
        : newTag(body, model, proposeName(path, taken), path, target.to);
    }
    case "status":
      return statusSource(model, path);
    case "status-value":
      return [...statusSource(model, path), ...mapValue(model, currentValue, target.status)];
    case "time":
      return [front(model.time.source, path)];
    case "identity":
      return identity(body, model, path);
    case "flatten": {
      const own = fedBy(model, path);
      if (own?.role === "additional" && own.source.items.length === 1) return [set([...own.path, "flatten"], true)];
      const end = model.tags.filter(({ role }) => role === "additional").length;
      return [insert(additionalPath(model), end, { source: [path], flatten: true })];
    }
    case "alerts":
      return [set([...model.base, "is_array"], true), set([...model.base, "array_source"], path)];
  }
}

/** In version 2 a tag that can be the property also becomes the first choice. */
function promoted(body: string, model: Model, tag: TagRule, role: "primary" | "secondary"): Change[] {
  return model.properties ? promote(body, model, tag, role) : [];
}

/** The tag that a field gives already, if one does: where it is the first choice before where it is another. */
function fedBy({ tags }: Model, path: string): TagRule | undefined {
  return (
    tags.find(({ source }) => source.items[0]?.text === path) ??
    tags.find(({ source }) => source.items.some(({ text }) => text === path))
  );
}

/** Makes a path the first or the last source of a rule, wherever it was. */
function place({ source }: TagRule, path: string, where: "first" | "last"): Change {
  return where === "first"
    ? front(source, path)
    : source.items.some(({ text }) => text === path)
      ? moveItem(
          source,
          source.items.findIndex(({ text }) => text === path),
          source.items.length - 1,
        )
      : addItem(source, path);
}

function front(source: TagRule["source"], path: string): Change {
  const at = source.items.findIndex(({ text }) => text === path);
  if (at < 0) return addItem(source, path, 0);
  return at === 0 ? setItem(source, 0, path) : moveItem(source, at, 0);
}

function statusSource(model: Model, path: string): Change[] {
  const { source } = model.status;
  return [...(source.items.some(({ text }) => text === path) ? [] : [addItem(source, path)]), ...withMap(model)];
}

/** Adds the field's tag to those that identify an alert, beside the ones that do so by default. Makes the tag where there is none. */
function identity(body: string, model: Model, path: string): Change[] {
  const own = fedBy(model, path);
  const name = own ? tagName(own) : proposeName(path, tagNames(model));
  const changes = own ? [] : newTag(body, model, name, path);
  if (model.identity)
    return model.identity.items.some(({ text }) => text === name)
      ? changes
      : [...changes, addItem(model.identity, name)];
  const usual = usualIdentity(model);
  return [...changes, set([...model.base, "incident_identifier"], [...new Set([...usual, name])])];
}
