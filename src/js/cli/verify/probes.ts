/**
 * Payloads that show what a rule does which docs/semantics.md calls inferred or ours, for an integration made for tests.
 * Each belongs to a configuration, which several rules share, and has what the engine makes of it: BigPanda either makes
 * the same, or the rule is wrong. A test holds this list and that page equal.
 */

import { event } from "./event.js";
import { type GROUPS, NOON } from "./groups.js";
import { PROBES_V2, UNPROBED_V2 } from "./probes-v2.js";

export interface Probe {
  /** As the page links it. */
  id: string;
  /** The rule as the page states it, without marks. */
  rule: string;
  /** The configuration. */
  group: keyof typeof GROUPS;
  /** The events, as texts: how a payload is written may matter. */
  payloads: string[];
  /** What of the alerts of each payload shows the rule: a part of each alert; `null` is a tag that there is not. */
  shows: Shown[][];
  /** The filter of the configuration keeps the alert: if it is missing and others of the group are there, the rule is wrong. */
  keeps?: true;
}

export interface Shown {
  status?: string;
  timestamp?: number;
  incident_identifier?: unknown[];
  tags?: Record<string, string | string[] | null>;
}

/** A rule that no alert can show. */
export interface Unprobed {
  rule: string;
  reason: string;
}

/** A probe of the group `single` with one payload. */
function single(id: string, rule: string, members: string, shows: Shown, rest?: string): Probe {
  return { id, rule, group: "single", payloads: [event(id, members, rest)], shows: [[shows]] };
}

export const PROBES: readonly Probe[] = [
  {
    id: "root-array",
    rule: 'array_source may be "": the payload itself is the array.',
    group: "root-array",
    payloads: [`[${event("root-array", "")}]`],
    shows: [[{ tags: { host: "root-array" } }]],
  },
  {
    id: "time-format",
    rule: "timestamp has an attribute format. The documentation says that a format can be configured; no published schema shows the attribute.",
    group: "format",
    payloads: [event("time-format", '"time": "02/01/2026 12:00:00 +0000"')],
    shows: [[{ timestamp: NOON - 29 * 86_400 }]],
  },
  {
    id: "identity-override",
    rule: "incident_identifier is a list of tag names. The attribute is documented for version 2 only, so using it in version 1 is reported with a warning.",
    group: "identifier",
    payloads: [event("identity-override", '"service": "shop"')],
    shows: [[{ incident_identifier: ["shop", "identity-override"] }]],
  },
  {
    id: "outer-path",
    rule: "A path without @alert. starts at the root of the payload; so does every path when is_array is false.",
    group: "array",
    payloads: [`{"outer": "root", "alerts": [${event("outer-path", '"outer": "element"')}]}`],
    shows: [[{ tags: { outer: "root" } }]],
  },
  single(
    "dotted-keys",
    'a.b finds {"a": {"b": 1}} and also {"a.b": 1}; where a payload has both, the nested one is used.',
    '"nested": {"x": "nested"}, "dotted.x": "dotted", "both.x": "dotted", "both": {"x": "nested"}',
    { tags: { nested: "nested", dotted: "dotted", both: "nested" } },
  ),
  single("path-case", "Case matters.", '"Value": "other case"', { tags: { value: null } }),
  single(
    "path-through-list",
    "There are no indexes and no wildcards; a path through an array finds nothing.",
    '"list": [{"x": "in a list"}]',
    { tags: { in_list: null } },
  ),
  single(
    "populated",
    'A value is not populated if it is missing, null, "", [], {} or a list that contains only null. Everything else is populated, including 0, false and " ".',
    '"null": null, "empty_text": "", "empty_list": [], "empty_object": {}, "null_list": [null], "zero": 0, "false": false, "space": " ", "after": "next source"',
    {
      tags: {
        ...{ from_null: "next source", from_empty_text: "next source", from_empty_list: "next source" },
        ...{ from_empty_object: "next source", from_null_list: "next source" },
        ...{ from_zero: "0", from_false: "false", from_space: " " },
      },
    },
  ),
  single(
    "derived-name",
    "With several sources and no name, the tag is named after the source that provided the value, and for the default after the first source.",
    '"second": "of the second source"',
    { tags: { first: null, second: "of the second source", third: "default", fourth: null } },
  ),
  single(
    "invalid-derived-name",
    "An invalid name that comes from a key of the payload is kept and reported with a warning.",
    '"Bad Key": "kept"',
    { tags: { "Bad Key": "kept" } },
  ),
  single(
    "flatten-deep",
    "Deeper levels are joined with _. Fields that are not populated create no tag; lists inside stay lists.",
    '"flat": {"one": {"two": {"three": "deep"}}, "empty": "", "list": ["a", "b"]}',
    { tags: { flat_one_two_three: "deep", flat_empty: null, flat_list: ["a", "b"] } },
  ),
  single(
    "flatten-text",
    "flatten has no effect on a value that is not an object. A flattened object does not provide a primary or secondary value.",
    '"flat_text": "plain"',
    { tags: { flat_text: "plain" } },
  ),
  {
    id: "lowercase-names",
    rule: "force_lowercase converts the part of a name that comes from keys, never values.",
    group: "lowercase",
    payloads: [event("lowercase-names", '"Mixed-Case": "Mixed Value"')],
    shows: [[{ tags: { "mixed-case": "Mixed Value" } }]],
  },
  {
    id: "number-text",
    rule: "Numbers become strings with every digit as written.",
    group: "single",
    payloads: ["1.10", "12345678901234567890", "1e3"].map((number) => event("number-text", `"value": ${number}`)),
    shows: ["1.10", "12345678901234567890", "1e3"].map((value) => [{ tags: { value } }]),
  },
  single("boolean-text", "Booleans become the strings true and false.", '"value": true', { tags: { value: "true" } }),
  single(
    "list-items",
    "Lists of scalars stay lists of such strings, without null items.",
    '"value": ["a", null, 1, true]',
    { tags: { value: ["a", "1", "true"] } },
  ),
  {
    id: "object-text",
    rule: "Objects, and lists that contain objects or lists, become their JSON text.",
    group: "single",
    payloads: [event("object-text", '"value": {"a": {"b": 1}}'), event("object-text", '"value": [{"a": 1}, [2]]')],
    shows: [[{ tags: { value: '{"a":{"b":1}}' } }], [{ tags: { value: '[{"a":1},[2]]' } }]],
  },
  single(
    "same-tag-twice",
    "If two rules produce the same tag, an explicit rule wins over a field of a flattened object; otherwise the first rule wins.",
    '"flat": {"both": "flattened"}, "explicit": "explicit", "twice_a": "first rule", "twice_b": "second rule"',
    { tags: { flat_both: "explicit", twice: "first rule" } },
  ),
  {
    id: "additional-tags",
    rule: "Additional tags are a switch in BigPanda's user interface; here the option additionalTags. Names are full paths joined with _.",
    group: "additional-tags",
    payloads: [event("additional-tags", '"extra": {"one": {"two": "deep"}}, "more": "plain"')],
    shows: [[{ tags: { extra_one_two: "deep", more: "plain" } }]],
  },
  {
    id: "bp-timestamp-form",
    rule: "Its form is ISO 8601 in UTC.",
    group: "readable-time",
    payloads: [event("bp-timestamp-form", `"time": ${NOON}`)],
    shows: [[{ tags: { bp_timestamp: "2026-01-31T12:00:00Z" } }]],
  },
  single("status-case", "Case matters.", "", { status: "warning" }, '"check": "probe", "state": "DOWN"'),
  single(
    "status-list",
    "The items of a list are tried in order.",
    "",
    { status: "critical" },
    '"check": "probe", "state": ["something else", "down", "up"]',
  ),
  {
    id: "status-no-default",
    rule: "Without default_to the status is critical, with a warning.",
    group: "no-default",
    payloads: [event("status-no-default", "", '"check": "probe", "state": "something else"')],
    shows: [[{ status: "critical" }]],
  },
  {
    id: "time-forms",
    rule: "Without format these are read: epoch seconds, as a number or a string; milliseconds from 1e11, microseconds from 1e14, nanoseconds from 1e17; ISO 8601 and RFC 3339, also with a space instead of the T, in UTC if there is no zone; RFC 2822.",
    group: "single",
    payloads: [
      ...[`${NOON}`, `"${NOON}"`, `${NOON}000`, `${NOON}000000`, `${NOON}000000000`],
      ...['"2026-01-31T12:00:00"', '"2026-01-31 13:00:00+01:00"', '"Sat, 31 Jan 2026 12:00:00 +0000"'],
    ].map((time) => event("time-forms", `"time": ${time}`)),
    shows: Array.from({ length: 8 }, () => [{ timestamp: NOON }]),
  },
  {
    id: "time-patterns",
    rule: "format is iso8601, epoch_seconds, epoch_milliseconds, epoch_microseconds, epoch_nanoseconds, or a pattern such as %d/%m/%Y %H:%M:%S %z. %z also reads Z; %Z, the name of a zone, is refused.",
    group: "format",
    payloads: [event("time-patterns", '"time": "31/01/2026 12:00:00 Z"')],
    shows: [[{ timestamp: NOON }]],
  },
  single(
    "time-unreadable",
    "If a value cannot be read, or its year is before 1970 or after 9999, the next source is tried; if none is left, the time of receipt is used.",
    `"time": "yesterday", "later": ${NOON}`,
    { timestamp: NOON },
  ),
  single(
    "time-implausible",
    "A number without format must mean a time from 2000 to 2100, otherwise it is passed over in the same way: 0, -1, and dates written as digits such as 20260131. With a format, and for written dates, the years 1970 to 9999 hold.",
    `"time": 20260131, "later": ${NOON}`,
    { timestamp: NOON },
  ),
  single("time-rounding", "The timestamp of an alert is in whole epoch seconds, rounded down.", `"time": ${NOON}.9`, {
    timestamp: NOON,
  }),
  single(
    "identity-primary",
    "Without a secondary value, the primary value alone identifies the alert.",
    "",
    { incident_identifier: ["identity-primary"] },
    '"state": "up"',
  ),
  single(
    "identity-list",
    "The identity is the list of these values, without a separator or a hash, because BigPanda documents neither. Two alerts are the same when their lists are equal.",
    "",
    { incident_identifier: ["identity-list", "probe"] },
  ),
  {
    id: "identity-missing-tag",
    rule: "With incident_identifier, the values of those tags identify the alert, in order. A tag that an alert lacks is left out; if none is left, the default is used.",
    group: "identifier",
    payloads: [event("identity-missing-tag", "")],
    shows: [[{ incident_identifier: ["identity-missing-tag"] }]],
  },
  {
    id: "element-not-object",
    rule: "An alert without a primary value is rejected. So are an element of the array that is not an object, and a payload whose array_source is missing or not an array.",
    group: "array",
    payloads: [`{"outer": "root", "alerts": [5, ${event("element-not-object", "")}]}`],
    shows: [[{ tags: { host: "element-not-object" } }]],
  },
  {
    id: "other-elements",
    rule: "The other elements of the array are processed.",
    group: "array",
    payloads: [`{"outer": "root", "alerts": [{"state": "down"}, ${event("other-elements", "")}]}`],
    shows: [[{ tags: { host: "other-elements" } }]],
  },
  {
    id: "byte-order-mark",
    rule: "A byte order mark is skipped.",
    group: "single",
    payloads: [`\ufeff${event("byte-order-mark", "")}`],
    shows: [[{ tags: { host: "byte-order-mark" } }]],
  },
  single(
    "duplicate-keys",
    "If an object contains a key twice, the last one is used, with a warning.",
    '"value": "first", "value": "last"',
    { tags: { value: "last" } },
  ),
  single("lone-surrogate", "An escaped lone surrogate is read as U+FFFD.", '"value": "a\\ud800b"', {
    tags: { value: "a\ufffdb" },
  }),
  ...PROBES_V2,
];

const PROJECT = "It is about this project alone; BigPanda has nothing like it.";
const API = "BigPanda's answer to a configuration decides it, which `oim push` shows.";
const INCIDENTS = "The list of alerts does not show it; look at the incidents in BigPanda's user interface.";

export const UNPROBED: readonly Unprobed[] = [
  {
    rule: "A bare configuration is accepted wherever a body is expected. This project always writes the whole body.",
    reason: PROJECT,
  },
  { rule: "array_source is required when is_array is true.", reason: API },
  {
    rule: "The version is seen from the configuration: primary_property as a list, version, map_remaining, event_filter and others belong to version 2. Something of both versions is one error, and nothing of it is run.",
    reason: PROJECT,
  },
  { rule: "Unknown attributes are reported with a warning and otherwise ignored.", reason: API },
  { rule: "A path has at most 64 keys.", reason: PROJECT },
  {
    rule: "The order of tags is: primary, secondary, additional_attributes as listed, bp_timestamp, then additional tags in the order of the payload.",
    reason: "The members of a JSON object have no order on which to rely.",
  },
  { rule: "The engine has no clock: the time of receipt is the argument receivedAt.", reason: PROJECT },
  { rule: "A different status afterwards reopens it, however much later.", reason: INCIDENTS },
  {
    rule: "Alerts are applied in the order of arrival. BigPanda uses the event time to find the latest status; where the result may differ, the event says so.",
    reason: INCIDENTS,
  },
  { rule: '"", {} and null are blank.', reason: API },
  { rule: "If the sample has several alerts, it is enough that one of them has the field.", reason: API },
  {
    rule: 'sampleCoverage: "lenient" turns a missing field into a warning if its rule has a default or another source in the sample.',
    reason: PROJECT,
  },
  {
    rule: "The sample is processed as a payload, and problems are reported at the rule that caused them.",
    reason: PROJECT,
  },
  {
    rule: "Input is UTF-8 and JSON according to RFC 8259. Errors are found everywhere, including where no rule looks.",
    reason: "A payload that is not JSON gives no alert either way; BigPanda's logs of refused payloads show it.",
  },
  { rule: "The host for the EU is https://eu.integrations.bigpanda.io.", reason: "`oim pull --region eu` shows it." },
  ...UNPROBED_V2,
];
