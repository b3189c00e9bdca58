import { configPath, editBody } from "../json/body.ts";
import { applied, type Change, move, set } from "../json/edit.ts";
import { find, parse, pathOf } from "../json/tree.ts";

/** A configuration in which a rule takes another path than the one chosen. `null` where there is nothing to change. */
export function chooseInstead(text: string, pointer: string, choice: string, other: string): string | null {
  const { root } = parse(text, { leave: "sample_payload" });
  const path = pathOf(pointer);
  const node = root ? find(root, path) : undefined;
  if (root?.kind !== "object" || !node) return null;
  const changes: Change[] = [];
  if (node.kind === "object") {
    const source = find(node, ["source"]);
    const items =
      source?.kind === "array" ? source.items.map((item) => (item.kind === "string" ? item.value : "")) : [];
    const at = items.indexOf(other);
    if (at >= 0) changes.push(move([...path, "source"], at, 0));
    else changes.push(set([...path, "source", Math.max(0, items.indexOf(choice))], other));
  } else {
    changes.push(set(path, other));
  }
  const edits = editBody(text, configPath(root.members.map(({ key }) => key)), changes);
  return edits && edits.length > 0 ? applied(text, edits) : null;
}
