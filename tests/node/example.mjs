/** One integration that all tests of the package use. */

const payload = {
  receiver: "oim",
  alerts: [
    {
      status: "firing",
      labels: { alertname: "HighLoad", instance: "web-1:9100", severity: "page" },
      annotations: { summary: "Load is 42.10 – über normal" },
      startsAt: "2026-01-31T12:00:00.5Z",
    },
    {
      status: "resolved",
      labels: { alertname: "DiskFull", instance: "db-2:9100" },
      annotations: { summary: "Disk is at 91 %" },
      startsAt: "2026-01-31T11:00:00Z",
    },
  ],
};

const config = {
  is_array: true,
  array_source: "alerts",
  status: {
    source: ["@alert.status"],
    default_to: "critical",
    status_map: { critical: ["firing"], ok: ["resolved"] },
  },
  primary_property: { name: "host", source: ["@alert.labels.instance"] },
  secondary_property: { name: "check", source: ["@alert.labels.alertname"] },
  additional_attributes: [{ name: "summary", source: ["@alert.annotations.summary"] }],
  timestamp: { source: ["@alert.startsAt"] },
};

export const BODY = { config, sample_payload: payload };
export const BODY_TEXT = JSON.stringify(BODY, null, 2);
export const PAYLOAD = payload;
export const PAYLOAD_TEXT = JSON.stringify(payload, null, 2);
export const PAYLOAD_BYTES = new TextEncoder().encode(PAYLOAD_TEXT);

export const ALERTS = [
  {
    index: 0,
    status: "critical",
    timestamp: Date.parse("2026-01-31T12:00:00Z") / 1000,
    primary_property: "host",
    secondary_property: "check",
    incident_identifier: ["web-1:9100", "HighLoad"],
    tags: { host: "web-1:9100", check: "HighLoad", summary: "Load is 42.10 – über normal" },
  },
  {
    index: 1,
    status: "ok",
    timestamp: Date.parse("2026-01-31T11:00:00Z") / 1000,
    primary_property: "host",
    secondary_property: "check",
    incident_identifier: ["db-2:9100", "DiskFull"],
    tags: { host: "db-2:9100", check: "DiskFull", summary: "Disk is at 91 %" },
  },
];

/** What the example gives, and what must go on coming after whatever a test did to the engine. */
export const PROCESSED = { alerts: ALERTS, rejected: [], diagnostics: [] };
