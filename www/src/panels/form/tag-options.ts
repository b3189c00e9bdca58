import type { Option } from "../../controls/combobox.ts";
import { tagNames } from "./changes.ts";
import type { FormView } from "./context.ts";
import type { List } from "./model.ts";

/** What is said of a tag that no alert of the open payloads has. */
export const NOWHERE = "in no open payload";

/**
 * The tags that a list of names does not have yet: those that alerts of the open payloads have, each with a value, then
 * those that only rules name.
 */
export function tagOptions({ model, givenTags }: FormView, list: List): Option[] {
  const taken = new Set(list.items.map(({ text }) => text));
  const given = new Set(givenTags.map(({ name }) => name));
  const others = [...new Set(tagNames(model))].filter((name) => name !== "" && !given.has(name));
  const note = givenTags.length > 0 ? { note: NOWHERE } : {};
  return [
    ...givenTags.map(({ name, example }) => ({ value: name, note: example })),
    ...others.map((value) => ({ value, ...note })),
  ].filter(({ value }) => !taken.has(value));
}
