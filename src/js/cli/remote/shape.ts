/** The structure of a configuration without anything that it says, for showing it to others. */

/** Levels that are shown. No configuration has as many. */
const DEEP = 64;
/** What attributes of BigPanda's API look like. Other keys may be data of the user, as in a map. */
const ATTRIBUTE = /^[A-Za-z][A-Za-z0-9_]{0,49}$/;
const STATUSES = ["ok", "warning", "critical", "acknowledged", "unknown"];

/**
 * JSON text of the same attributes, with the type of each value in its place: `"string"`, `"number"`, `"boolean"`,
 * `"null"`. Of a list, each structure of its items stands once. Of the sample, whose keys are data of the user, only
 * the type is given; so are keys that no attribute would have.
 */
export function shapeOf(body: unknown): string {
  return `${JSON.stringify(shape(body, "", 0), null, 2)}\n`;
}

function shape(value: unknown, name: string, level: number): unknown {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  if (name === "sample_payload" || level >= DEEP) return Array.isArray(value) ? "array" : "object";
  if (Array.isArray(value)) {
    const items = new Map(value.map((item) => shape(item, "", level + 1)).map((item) => [JSON.stringify(item), item]));
    return [...items.values()];
  }
  const members: Record<string, unknown> = {};
  let hidden = 0;
  for (const [key, member] of Object.entries(value)) {
    // The keys of a map that is the other way round are values of the user.
    const known = name === "status_map" ? STATUSES.includes(key) : ATTRIBUTE.test(key);
    if (!known) hidden += 1;
    members[known ? key : `key ${hidden}`] = shape(member, key, level + 1);
  }
  return members;
}
