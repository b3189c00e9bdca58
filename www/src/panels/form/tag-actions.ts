import type { MenuItem } from "../../controls/menu.ts";
import { move, remove } from "../../json/edit.ts";
import { addItem, additionalPath, demote, promote, removeItem, renameTag, setOr } from "./changes.ts";
import { type FormView, pointerIn } from "./context.ts";
import { tagName, type TagRule } from "./model.ts";

/** The menu of a tag, as BigPanda's own page has it. `count`: how many additional tags there are. */
export function tagActions(form: FormView, tag: TagRule, count: number): MenuItem[] {
  const { model } = form;
  const { role, index } = tag;
  const isFixed = role !== "additional";
  return [
    ...(model.properties ? propertyActions(form, tag) : roleActions(form, tag)),
    {
      label: "Move up",
      note: "Alt+↑",
      disabled: isFixed || index === 0,
      run: () => moveTag(form, tag, index - 1, count, "more"),
    },
    {
      label: "Move down",
      note: "Alt+↓",
      disabled: isFixed || index === count - 1,
      run: () => moveTag(form, tag, index + 1, count, "more"),
    },
    { label: "Flatten an object", checked: tag.flatten, run: () => flatten(form, tag) },
    { label: "Name by its source", disabled: tag.name === null, run: () => form.edit(renameTag(model, tag, "")) },
    {
      label: "Remove",
      run: () =>
        form.edit([remove(tag.path)], { focus: keyAfterRemoval(form, tag, count), say: `${tagName(tag)} removed` }),
    },
  ];
}

/** Moves an additional tag; `part` names what of its row has the focus then. */
export function moveTag(form: FormView, tag: TagRule, to: number, count: number, part: "handle" | "more"): void {
  const path = additionalPath(form.model);
  form.edit([move(path, tag.index, to)], {
    focus: `tag${pointerIn(form.model, "additional_attributes")}/${to}/${part}`,
    say: `${tagName(tag)} is now ${to + 1} of ${count}`,
  });
}

export function flatten(form: FormView, tag: TagRule): void {
  form.edit([setOr([...tag.path, "flatten"], !tag.flatten)], { say: tag.flatten ? "flatten is off" : "flatten is on" });
}

/** Version 2: the lists of the properties, in which a tag stands or not. */
function propertyActions(form: FormView, tag: TagRule): MenuItem[] {
  const name = tagName(tag);
  const focus = `tag${tag.pointer}/more`;
  return (["primary", "secondary"] as const).flatMap((role) => {
    const list = form.model.properties?.[role];
    if (!list) return [];
    const at = list.items.findIndex(({ text }) => text === name);
    const change = at < 0 ? addItem(list, name) : removeItem(list, at);
    const say = `${name} ${at < 0 ? "can be" : "is no longer"} ${role}`;
    return [{ label: `Can be ${role}`, checked: at >= 0, run: () => form.edit([change], { focus, say }) }];
  });
}

/** Version 1: a property is a rule, so a tag takes the place of another one. */
function roleActions(form: FormView, tag: TagRule): MenuItem[] {
  const { body, model } = form;
  const { role } = tag;
  const name = tagName(tag);
  const canLeave = role !== "primary" || model.tags.some((other) => other.role === "secondary");
  const become = (wanted: "primary" | "secondary") =>
    form.edit(promote(body, model, tag, wanted), {
      focus: `tag${pointerIn(model, `${wanted}_property`)}/more`,
      say: `${name} is now the ${wanted} tag`,
    });
  return [
    { label: "Make primary", disabled: role === "primary", run: () => become("primary") },
    {
      label: "Make secondary",
      disabled: role === "secondary" || !canLeave,
      ...(canLeave ? {} : { note: "needs another primary" }),
      run: () => become("secondary"),
    },
    {
      label: "Not secondary",
      disabled: role !== "secondary",
      run: () =>
        form.edit(demote(body, model, tag), {
          focus: `tag${pointerIn(model, "additional_attributes")}/0/more`,
          say: `${name} is no longer the secondary property`,
        }),
    },
  ];
}

/** What gets the focus once a tag is removed: the one in its place, or the last one. */
function keyAfterRemoval(form: FormView, { role, index }: TagRule, count: number): string {
  if (role !== "additional" || count < 2) return "new-tag";
  return `tag${pointerIn(form.model, "additional_attributes")}/${Math.min(index, count - 2)}/more`;
}
