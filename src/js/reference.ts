/** What the package knows by heart. Every call gives a copy, so that no caller can spoil it for the others. */
import CODES from "./data/codes.json";
import SCHEMA from "./data/config.v1.schema.json";
import type { CodeInfo } from "./types.js";

export function codes(): CodeInfo[] {
  return structuredClone(CODES) as CodeInfo[];
}

export function schema(): object {
  return structuredClone(SCHEMA);
}
