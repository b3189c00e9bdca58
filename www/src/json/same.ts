import { type JsonNode, memberOf, type ObjectNode, parse } from "./tree.ts";

/** Whether two JSON texts mean the same: layout and the order of keys mean nothing, digits do. `null` where one is no JSON. */
export function isSameJson(one: string, other: string): boolean | null {
  const [a, b] = [parse(one).root, parse(other).root];
  return a && b ? isSame(a, b) : null;
}

function isSame(a: JsonNode, b: JsonNode): boolean {
  if (a.kind === "object") return b.kind === "object" && isSameObject(a, b);
  if (a.kind === "array")
    return (
      b.kind === "array" &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => isSame(item, b.items[index] as JsonNode))
    );
  return a.kind === b.kind && "value" in b && a.value === b.value;
}

/** Of duplicate keys the last one counts. */
function isSameObject(a: ObjectNode, b: ObjectNode): boolean {
  const keys = new Set(a.members.map(({ key }) => key));
  if (keys.size !== new Set(b.members.map(({ key }) => key)).size) return false;
  return [...keys].every((key) => {
    const [own, its] = [memberOf(a, key), memberOf(b, key)];
    return own !== undefined && its !== undefined && isSame(own.value, its.value);
  });
}
