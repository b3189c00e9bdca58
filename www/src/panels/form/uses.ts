import { type Model, tagName } from "./model.ts";

/** What a field of the payload feeds. */
export interface Use {
  label: string;
  kind: "primary" | "secondary" | "tag" | "status" | "time";
  /** The source that names the field, in the body. */
  pointer: string;
}

/** What the rules use, by source path. */
export function usesOf({ tags, status, time }: Model): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  const note = (path: string, use: Use) => uses.set(path, [...(uses.get(path) ?? []), use]);
  for (const tag of tags) {
    const label = tag.flatten ? (tag.name ? `${tag.name}_…` : "flattened") : tagName(tag);
    for (const { text, pointer } of tag.source.items)
      note(text, { label, kind: tag.role === "additional" ? "tag" : tag.role, pointer });
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
