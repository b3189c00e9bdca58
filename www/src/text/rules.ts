const NAMES: Record<string, string> = {
  status: "Status",
  primary_property: "Primary property",
  secondary_property: "Secondary property",
  timestamp: "Event time",
  bp_timestamp: "Time as a tag",
  incident_identifier: "Identifier",
};

/** The pointer of the rule that a pointer into the body lies in: `/config/status` of `/config/status/source/0`. */
export function ruleOf(pointer: string): string {
  const parts = pointer.split("/");
  const first = parts[1] === "config" ? 2 : 1;
  const length = parts[first] === "additional_attributes" ? 2 : 1;
  return parts.slice(0, first + length).join("/");
}

/** A rule as people call it. The empty pointer stands for the tags that no rule asked for. */
export function ruleName(pointer: string): string {
  if (pointer === "") return "Additional tag";
  const parts = pointer.split("/").slice(1);
  if (parts[0] === "config") parts.shift();
  const [name = "", number] = parts;
  if (name === "additional_attributes")
    return number === undefined ? "Additional attributes" : `Additional attribute ${Number(number) + 1}`;
  return NAMES[name] ?? name;
}

/** What within its rule a pointer names: a source, a value, one of its attributes. Empty for the rule itself. */
export function partName(pointer: string): string {
  const [attribute, ...rest] = pointer.slice(ruleOf(pointer).length).split("/").slice(1);
  if (attribute === undefined) return "";
  if (attribute === "source") return rest[0] === undefined ? "sources" : `source ${Number(rest[0]) + 1}`;
  if (attribute === "status_map") return rest[0] === undefined ? "values" : `values of ${rest[0]}`;
  return attribute;
}
