/** What a configuration can contain and in which order it is usually written, as the engine's schema has it. */
import version1 from "../../../src/js/data/config.v1.schema.json" with { type: "json" };
import version2 from "../../../src/js/data/config.v2.schema.json" with { type: "json" };
import type { Status } from "../engine/types.ts";

const { $defs, properties } = version1;
const { $defs: $defs2 } = version2;
const CONFIG_1 = Object.keys($defs.config.properties);

/** Attributes of the request body. */
export const BODY = Object.keys(properties);
/** Attributes of the configuration, of both versions. */
export const CONFIG = Object.keys($defs2.config.properties);
export const STATUS = Object.keys($defs.status.properties);
export const TAG_RULE = Object.keys($defs.tagRule.properties);
export const TIMESTAMP = Object.keys($defs.timestamp.properties);

/** Attributes that only version 2 of the configuration has. */
export const VERSION_2_ONLY: readonly string[] = CONFIG.filter((name) => !CONFIG_1.includes(name));
/** Attributes that a tag rule can have in version 2 alone. */
export const TAG_RULE_2_ONLY: readonly string[] = Object.keys($defs2.tagRule.properties).filter(
  (name) => !TAG_RULE.includes(name),
);

/** The statuses of BigPanda, the calm one first. */
export const STATUSES = $defs.statusName.enum as readonly Status[];

/** What the name of a tag looks like. */
export const TAG_NAME = new RegExp($defs.tagName.pattern);
/** Names that no tag can have. */
export const RESERVED_NAMES: readonly string[] = $defs.tagName.not.enum;

/** The formats of a time that have a name, each with an example. Any other format is a pattern. */
export const TIME_FORMATS: readonly (readonly [name: string, example: string])[] = [
  ["iso8601", "2026-01-31T12:00:00Z"],
  ["epoch_seconds", "1769860800"],
  ["epoch_milliseconds", "1769860800000"],
  ["epoch_microseconds", "1769860800000000"],
  ["epoch_nanoseconds", "1769860800000000000"],
];
