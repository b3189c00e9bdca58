/** The configurations that probes share. */

const STATUS = {
  source: ["state"],
  status_map: { ok: ["up"], critical: ["down"], warning: ["slow"] },
  default_to: "warning",
};
const HOST = { name: "host", source: ["host"] };
const CHECK = { name: "check", source: ["check"] };
const PROBE = { name: "oim_probe", source: ["oim_probe"] };
const TIME = { source: ["time"] };
const tag = (name: string, ...source: string[]) => ({ name, source });
const inArray = ({ name, source }: { name: string; source: string[] }) => ({
  name,
  source: source.map((path) => `@alert.${path}`),
});

/** Seconds of 2026-01-31T12:00:00Z. */
export const NOON = 1769860800;

const SAMPLE = { oim_probe: "sample", host: "sample", check: "sample", state: "up", time: NOON };

/** The configurations, and a sample with every field that the configuration names. */
export const GROUPS = {
  single: {
    config: {
      status: STATUS,
      primary_property: HOST,
      secondary_property: CHECK,
      additional_attributes: [
        PROBE,
        tag("value", "value"),
        tag("nested", "nested.x"),
        tag("dotted", "dotted.x"),
        tag("both", "both.x"),
        tag("in_list", "list.x"),
        tag("from_null", "null", "after"),
        tag("from_empty_text", "empty_text", "after"),
        tag("from_empty_list", "empty_list", "after"),
        tag("from_empty_object", "empty_object", "after"),
        tag("from_null_list", "null_list", "after"),
        tag("from_zero", "zero", "after"),
        tag("from_false", "false", "after"),
        tag("from_space", "space", "after"),
        { source: ["first", "second"] },
        { source: ["third", "fourth"], default_to: "default" },
        { source: ["Bad Key"] },
        { name: "flat", source: ["flat"], flatten: true },
        { name: "flat_text", source: ["flat_text"], flatten: true },
        tag("flat_both", "explicit"),
        tag("twice", "twice_a"),
        tag("twice", "twice_b"),
      ],
      timestamp: { source: ["time", "later"] },
    },
    sample_payload: {
      ...SAMPLE,
      later: NOON,
      value: "sample",
      ...{ nested: { x: "sample" }, dotted: { x: "sample" }, both: { x: "sample" }, list: { x: "sample" } },
      ...{ null: "sample", empty_text: "sample", empty_list: "sample", empty_object: "sample", null_list: "sample" },
      ...{ zero: "sample", false: "sample", space: "sample", after: "sample" },
      ...{ first: "sample", second: "sample", third: "sample", fourth: "sample", "Bad Key": "sample" },
      ...{ flat: { one: "sample" }, flat_text: { one: "sample" }, explicit: "sample" },
      ...{ twice_a: "sample", twice_b: "sample" },
    },
  },
  array: {
    config: {
      is_array: true,
      array_source: "alerts",
      status: { ...STATUS, source: ["@alert.state"] },
      primary_property: inArray(HOST),
      secondary_property: inArray(CHECK),
      additional_attributes: [inArray(PROBE), tag("outer", "outer")],
    },
    sample_payload: { outer: "sample", alerts: [SAMPLE] },
  },
  "root-array": {
    config: {
      is_array: true,
      array_source: "",
      status: { ...STATUS, source: ["@alert.state"] },
      primary_property: inArray(HOST),
      secondary_property: inArray(CHECK),
      additional_attributes: [inArray(PROBE)],
    },
    sample_payload: [SAMPLE],
  },
  lowercase: {
    config: {
      status: STATUS,
      primary_property: HOST,
      secondary_property: CHECK,
      additional_attributes: [PROBE, { source: ["Mixed-Case"] }],
      force_lowercase: true,
    },
    sample_payload: { ...SAMPLE, "Mixed-Case": "Sample" },
  },
  "no-default": {
    config: {
      status: { source: ["state"], status_map: { ok: ["up"], warning: ["slow"] } },
      primary_property: HOST,
      secondary_property: CHECK,
      additional_attributes: [PROBE],
    },
    sample_payload: SAMPLE,
  },
  format: {
    config: {
      status: STATUS,
      primary_property: HOST,
      secondary_property: CHECK,
      additional_attributes: [PROBE],
      timestamp: { source: ["time"], format: "%d/%m/%Y %H:%M:%S %z" },
    },
    sample_payload: { ...SAMPLE, time: "31/01/2026 12:00:00 +0000" },
  },
  "readable-time": {
    config: {
      status: STATUS,
      primary_property: HOST,
      secondary_property: CHECK,
      additional_attributes: [PROBE],
      timestamp: TIME,
      bp_timestamp: { is_selected: true },
    },
    sample_payload: SAMPLE,
  },
  identifier: {
    config: {
      status: STATUS,
      primary_property: HOST,
      secondary_property: CHECK,
      additional_attributes: [PROBE, tag("service", "service")],
      incident_identifier: ["service", "host"],
    },
    sample_payload: { ...SAMPLE, service: "sample" },
  },
  "additional-tags": {
    config: {
      status: STATUS,
      primary_property: HOST,
      secondary_property: CHECK,
      additional_attributes: [PROBE],
    },
    sample_payload: SAMPLE,
  },
  "version-2": {
    config: {
      version: "2.0",
      status: STATUS,
      primary_property: ["service", "extra_host", "device", "machine", "host"].map((name) => ({ name })),
      secondary_property: [{ name: "check" }],
      additional_attributes: [
        HOST,
        CHECK,
        PROBE,
        tag("service", "service"),
        { source: ["device", "machine"] },
        { name: "fallback", source: ["fallback"], default_to: "default" },
      ],
      map_remaining: true,
      // Each condition drops the alert of its probe if its rule is wrong.
      event_filter: [
        'oim_probe = filter-characters AND text = "a?c"',
        "oim_probe = filter-whole AND text = down",
        "oim_probe = filter-case AND text = Down",
        'oim_probe = filter-backslash AND text = "a\\b"',
        "oim_probe = filter-list AND text != a",
      ].join(" OR "),
    },
    sample_payload: {
      ...SAMPLE,
      ...{ service: "sample", device: "sample", machine: "sample", fallback: "sample", text: "sample" },
    },
  },
} as const;
