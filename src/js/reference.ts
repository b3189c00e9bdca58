/** What the package knows by heart. Every call gives a copy, so that no caller can spoil it for the others. */
import { checkOptions, oneOf } from "./arguments.js";
import CODES from "./data/codes.json";
import SCHEMA from "./data/config.v1.schema.json";
import SCHEMA_V2 from "./data/config.v2.schema.json";
import type { CodeInfo, SchemaOptions } from "./types.js";

export function codes(): CodeInfo[] {
  return structuredClone(CODES) as CodeInfo[];
}

export function schema(options: SchemaOptions = {}): object {
  checkOptions(options, ["version"]);
  const version = oneOf("version", options.version ?? "1", ["1", "2"] as const);
  return structuredClone(version === "1" ? SCHEMA : SCHEMA_V2);
}
