import { edit, type Change } from "./edit.ts";
import type { Edit } from "../panels/contract.ts";
import type { Path } from "./tree.ts";

/** The statuses of BigPanda, the calm one first. */
export const STATUSES = ["ok", "warning", "critical", "acknowledged", "unknown"] as const;

const BODY = ["config", "sample_payload"];
const CONFIG = [
  "is_array",
  "array_source",
  "status",
  "primary_property",
  "secondary_property",
  "additional_attributes",
  "timestamp",
  "incident_identifier",
  "bp_timestamp",
  "force_lowercase",
];
const STATUS = ["source", "default_to", "status_map"];
const TAG_RULE = ["name", "source", "default_to", "flatten"];
const TIMESTAMP = ["source", "format"];

/** Attributes of a configuration by which one is recognised that stands without the request body around it. */
const TELLING = new Set(CONFIG);

/** The path of the configuration in a document: the outermost object itself where someone wrote only that. */
export function configPath(keys: readonly string[]): string[] {
  return !keys.includes("config") && keys.some((key) => TELLING.has(key)) ? [] : ["config"];
}

/** The order in which attributes are usually written. */
function orderOf(base: number): (path: Path) => readonly string[] {
  return (path) => {
    if (path.length === 0 && base === 1) return BODY;
    const [name, inner, ...more] = path.slice(base);
    if (name === undefined) return CONFIG;
    if (name === "status")
      return inner === undefined ? STATUS : inner === "status_map" && more.length === 0 ? STATUSES : [];
    if (name === "timestamp") return TIMESTAMP;
    if (name === "additional_attributes") return inner === undefined ? [] : TAG_RULE;
    return TAG_RULE;
  };
}

/** Edits of a request body, or of a bare configuration, which `base` tells. `null` where the text is no JSON. */
export function editBody(body: string, base: readonly string[], changes: readonly Change[]): Edit[] | null {
  return edit(body, changes, {
    orderOf: orderOf(base.length),
    ...(base.length > 0 ? { leave: "sample_payload" } : {}),
  });
}
