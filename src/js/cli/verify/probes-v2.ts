/** The probes of the rules that only version 2 has, as those of `probes.ts`. */
import { event } from "./event.js";
import type { Probe, Unprobed } from "./probes.js";

export const PROBES_V2: readonly Probe[] = [
  {
    id: "list-first",
    rule: "The first tag of a list that the alert has is the property.",
    group: "version-2",
    payloads: [event("list-first", '"service": "shop", "machine": "m1"')],
    shows: [[{ incident_identifier: ["shop", "probe"] }]],
  },
  {
    id: "list-any-tag",
    rule: "A name in primary_property or secondary_property means the tag, whichever rule makes it: one of additional_attributes, a field of a flattened object, bp_timestamp, or with map_remaining a field that no rule names.",
    group: "version-2",
    payloads: [event("list-any-tag", '"extra_host": "e1"')],
    shows: [[{ incident_identifier: ["e1", "probe"] }]],
  },
  {
    id: "list-named-by-source",
    rule: "A rule without name makes a tag that is named after the source that provided the value, so a list must contain the names of all its sources.",
    group: "version-2",
    payloads: [event("list-named-by-source", '"machine": "m1"')],
    shows: [[{ incident_identifier: ["m1", "probe"], tags: { machine: "m1", device: null } }]],
  },
  {
    id: "list-without-secondary",
    rule: "An alert that has no tag of the primary_property list is rejected; one that has none of the secondary_property list is identified by its primary value alone.",
    group: "version-2",
    payloads: [event("list-without-secondary", "", '"state": "up"')],
    shows: [[{ incident_identifier: ["list-without-secondary"] }]],
  },
  {
    id: "map-remaining",
    rule: "map_remaining makes tags of the fields that no rule names.",
    group: "version-2",
    payloads: [event("map-remaining", '"extra": "x", "in": {"side": "y"}')],
    shows: [[{ tags: { extra: "x", in_side: "y" } }]],
  },
  {
    id: "default-version-2",
    rule: "default_to of a tag is not documented for version 2. It is reported with a warning and works as in version 1.",
    group: "version-2",
    payloads: [event("default-version-2", "")],
    shows: [[{ tags: { fallback: "default" } }]],
  },
  {
    id: "filter-remains",
    rule: "A field that only the filter names remains, and becomes a tag with map_remaining.",
    group: "version-2",
    payloads: [event("filter-remains", '"text": "seen"')],
    shows: [[{ tags: { text: "seen" } }]],
  },
  {
    id: "filter-characters",
    rule: "A * cannot be written as itself; ? and % are ordinary characters.",
    group: "version-2",
    payloads: [event("filter-characters", '"text": "abc"')],
    shows: [[{ tags: { text: "abc" } }]],
    keeps: true,
  },
  {
    id: "filter-whole",
    rule: "A value must match completely.",
    group: "version-2",
    payloads: [event("filter-whole", '"text": "down the hall"')],
    shows: [[{ tags: { text: "down the hall" } }]],
    keeps: true,
  },
  {
    id: "filter-case",
    rule: "Case matters in fields and values.",
    group: "version-2",
    payloads: [event("filter-case", '"text": "down"')],
    shows: [[{ tags: { text: "down" } }]],
    keeps: true,
  },
  {
    id: "filter-backslash",
    rule: "There are no escapes in quotes: a backslash is a character, and a value with \" is in '.",
    group: "version-2",
    payloads: [event("filter-backslash", '"text": "ab"')],
    shows: [[{ tags: { text: "ab" } }]],
    keeps: true,
  },
  {
    id: "filter-list",
    rule: "A list matches a value if one of its items does. != and NOT IN are the opposite of = and IN.",
    group: "version-2",
    payloads: [event("filter-list", '"text": ["a", "b"]')],
    shows: [[{ tags: { text: ["a", "b"] } }]],
    keeps: true,
  },
];

const PROJECT = "It is about this project alone; BigPanda has nothing like it.";
const API = "BigPanda's answer to a configuration decides it, which `oim push` shows.";
const DROPPED = "Only a dropped alert shows it: send one by hand, and look whether it arrives.";
const UNKNOWN = "This project has no rule that could be right or wrong: look at what BigPanda makes of a payload.";
const SAME = "The probe `identity-override` shows it for version 1.";
const NO_ALERT = "Neither way gives an alert.";

export const UNPROBED_V2: readonly Unprobed[] = [
  {
    rule: "preprocessing is not run. What map_remaining_flatten_arrays does is not documented: remaining arrays are kept as lists. Both, and a regular expression on which the filter depends, make the answer partial.",
    reason: UNKNOWN,
  },
  { rule: "AND binds before OR.", reason: DROPPED },
  { rule: "There is no NOT before a condition or a group.", reason: API },
  { rule: "Keywords are read in any case.", reason: DROPPED },
  {
    rule: "A field is a source path. A bare field may contain dots, hyphens and @; a field with spaces is in quotes.",
    reason: DROPPED,
  },
  { rule: "and, or, in and not are fields and values only in quotes.", reason: API },
  { rule: "* in a value stands for any text, also for none and in quotes.", reason: DROPPED },
  {
    rule: "=== means =, with wildcards: BigPanda documents it as what holds for all alerts of an incident, and as not supported where single alerts are filtered.",
    reason: DROPPED,
  },
  { rule: "A value between slashes is a regular expression; in quotes it is text.", reason: DROPPED },
  {
    rule: "A regular expression ends at the first slash that is neither behind a backslash nor in a character class; nothing may follow it directly, such as i.",
    reason: API,
  },
  {
    rule: "Regular expressions are checked for brackets, parentheses and repetitions without an operand. They are not run: the outcome is unknown unless the other conditions decide it.",
    reason: PROJECT,
  },
  { rule: "A missing field matches != and NOT IN, and nothing else.", reason: DROPPED },
  { rule: "Parentheses nest at most 100 deep.", reason: PROJECT },
  { rule: "An empty primary_property is an error, an empty secondary_property is as none.", reason: API },
  {
    rule: "A name that no rule makes is an error if no other name of primary_property is made, and only worth knowing if one is. Nothing is reported if the payload can make it: a rule flattens an object, or map_remaining is on.",
    reason: PROJECT,
  },
  {
    rule: "incident_identifier replaces both lists where the alert has one of its tags, as in version 1.",
    reason: SAME,
  },
  {
    rule: "The filter looks at source fields, before any rule. A path without @alert. starts at the root of the payload, so it is the same for all alerts.",
    reason: DROPPED,
  },
  {
    rule: "A dropped alert is a rejection with the code event-filtered. It neither updates nor resolves an incident.",
    reason: DROPPED,
  },
  { rule: "Elements that are not objects are rejected as such, without being filtered.", reason: NO_ALERT },
  {
    rule: "null counts as a missing field, and so does a list without items other than null. Numbers and booleans are compared as they are written, objects as their JSON text.",
    reason: DROPPED,
  },
  { rule: "An alert is kept if it depends on a regular expression whether the filter drops it.", reason: PROJECT },
  { rule: "The option additionalTags overrides map_remaining.", reason: PROJECT },
  {
    rule: "map_remaining_flatten_array and map_remaining_flatten_arrays mean the same. The answer is partial only if a remaining field is a list that becomes a tag.",
    reason: UNKNOWN,
  },
  {
    rule: "Attributes of suggestions (isSuggestion, suggestedSources and others) and is_default are kept and have no effect.",
    reason: PROJECT,
  },
  {
    rule: "In a sample, an alert that the filter drops shows which fields there are. Its values, status, time and identity are not checked.",
    reason: PROJECT,
  },
];
