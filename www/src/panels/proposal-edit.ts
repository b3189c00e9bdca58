import { configPath, editBody, typedVersion } from "../json/body.ts";
import { applied, type Change, insert, move, remove, set } from "../json/edit.ts";
import { find, type JsonNode, parse, type Path, pathOf } from "../json/tree.ts";

const SECONDARY = "secondary_property";
const RULES = "additional_attributes";

/** A configuration in which a rule takes another path than the one chosen. `null` where there is nothing to change. */
export function chooseInstead(text: string, pointer: string, choice: string, other: string): string | null {
  const { root } = parse(text, { leave: "sample_payload" });
  if (root?.kind !== "object") return null;
  const base = configPath(root.members.map(({ key }) => key));
  const path = pathOf(pointer);
  const node = find(root, path);
  const rules = find(root, [...base, RULES]);
  const items = rules?.kind === "array" ? rules.items : [];
  const isSecondary = path.at(-1) === SECONDARY && path.length === base.length + 1;
  let changes: Change[];
  if (isSecondary && choice === "" && !node) {
    changes = addSecondary(items, base, typedVersion(text) === "2", other);
  } else if (isSecondary && other === "" && node) {
    changes = removeSecondary(node, items, base, choice);
  } else if (node) {
    // In version 2 the property only names a tag: the rule of that tag has the source.
    const rule = isSecondary && node.kind === "array" ? ruleOf(node, items) : -1;
    const at = rule < 0 ? path : [...base, RULES, rule];
    changes = [changeOf(find(root, at) ?? node, at, choice, other)];
  } else {
    return null;
  }
  const edits = editBody(text, base, changes);
  return edits && edits.length > 0 ? applied(text, edits) : null;
}

function changeOf(node: JsonNode, path: Path, choice: string, other: string): Change {
  if (node.kind !== "object") return set(path, other);
  const items = sourcesOf(node);
  const at = items.indexOf(other);
  return at >= 0
    ? move([...path, "source"], at, 0)
    : set([...path, "source", Math.max(0, items.indexOf(choice))], other);
}

/** The place of the last rule for the tag that a property names; -1 where there is none. */
function ruleOf(property: JsonNode, rules: readonly JsonNode[]): number {
  const name = textOf(find(property, [0, "name"]));
  return rules.findLastIndex((rule) => textOf(find(rule, ["name"])) === name);
}

/** A new rule goes last: the reasons name rules by their places. */
function addSecondary(rules: readonly JsonNode[], base: string[], isVersion2: boolean, source: string): Change[] {
  const name = rules.some((rule) => textOf(find(rule, ["name"])) === "check") ? "check_2" : "check";
  if (!isVersion2) return [set([...base, SECONDARY], { name, source: [source] })];
  return [set([...base, SECONDARY], [{ name }]), insert([...base, RULES], rules.length, { name, source: [source] })];
}

function removeSecondary(node: JsonNode, rules: readonly JsonNode[], base: string[], source: string): Change[] {
  const changes = [remove([...base, SECONDARY])];
  const last = rules.at(-1);
  // In version 2 the rule was added with it.
  if (node.kind === "array" && last && sourcesOf(last).join() === source)
    changes.push(remove([...base, RULES, rules.length - 1]));
  return changes;
}

function sourcesOf(rule: JsonNode): string[] {
  const source = find(rule, ["source"]);
  return source?.kind === "array" ? source.items.map(textOf) : [];
}

function textOf(node: JsonNode | undefined): string {
  return node?.kind === "string" ? node.value : "";
}
