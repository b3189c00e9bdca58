import { $defs, properties } from "../../../src/js/data/config.v1.schema.json";
import type { JsonPlace } from "./json-at.ts";

/** An attribute of the configuration, as the schema describes it. */
export interface Attribute {
  name: string;
  description: string;
  type: "boolean" | "string" | "array" | "object";
  required: boolean;
}

interface Schema {
  description?: string;
  type?: string;
  $ref?: string;
  required?: string[];
  properties?: Record<string, Schema>;
}

const DEFS = $defs as unknown as Record<string, Schema>;
const ROOT: Schema = { properties: properties as Record<string, Schema>, required: ["config", "sample_payload"] };

/** What the statuses are called. */
export const STATUSES = ["ok", "warning", "critical", "acknowledged", "unknown"];

/**
 * A path within the configuration itself, whether it is wrapped into `config` or stands bare. `null` for what is not part
 * of it: the root of a body, the sample.
 */
export function within(path: JsonPlace["path"]): JsonPlace["path"] | null {
  if (path.length === 0 || path[0] === "sample_payload") return null;
  return path[0] === "config" ? path.slice(1) : path;
}

/** The attributes of the object at a path in the body, which `bare` tells to have no `config` around its rules. */
export function attributesAt(path: JsonPlace["path"], bare: boolean): Attribute[] {
  if (path.length === 0) return [...attributes(ROOT), ...(bare ? attributes(DEFS.config) : [])];
  const inner = within(path);
  if (inner === null) return [];
  const [first, second] = inner;
  if (first === undefined) return attributes(DEFS.config);
  if (first === "additional_attributes") return inner.length === 2 ? attributes(DEFS.tagRule) : [];
  if (first === "status" && second === "status_map" && inner.length === 2) {
    return STATUSES.map((name) => ({
      name,
      description: `The payload values that become \`${name}\`, matched exactly.`,
      type: "array",
      required: false,
    }));
  }
  if (inner.length > 1) return [];
  const rules: Record<string, string> = {
    primary_property: "tagRule",
    secondary_property: "tagRule",
    status: "status",
    timestamp: "timestamp",
    bp_timestamp: "bpTimestamp",
  };
  return attributes(DEFS[rules[first] ?? ""]);
}

function attributes(schema: Schema | undefined): Attribute[] {
  return Object.entries(schema?.properties ?? {}).map(([name, { description = "", type, $ref }]) => ({
    name,
    description,
    // What is described elsewhere is an object, but for the words, which are strings. The sample is usually an object.
    type: (type ??
      DEFS[$ref?.split("/").at(-1) ?? ""]?.type ??
      ($ref?.endsWith("Name") ? "string" : "object")) as Attribute["type"],
    required: schema?.required?.includes(name) ?? false,
  }));
}
