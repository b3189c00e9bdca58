/**
 * The configuration that is measured, and the same job written by hand for exactly this configuration.
 *
 * A layout says where in an alert things stand. The usual one is that of Alertmanager; in a flat one all stands side by
 * side, in a deep one all stands four objects down.
 */

export const layouts = {
  usual: {
    path: (path) => path,
    inside: (alert) => alert,
    labels: ({ labels }) => labels,
    annotations: ({ annotations }) => annotations,
  },
  flat: {
    path: (path) => path.replace(/^(labels|annotations)\./, ""),
    inside: (alert) => alert,
    labels: (alert) => alert,
    annotations: (alert) => alert,
  },
  deep: {
    path: (path) => `event.detail.source.report.${path}`,
    inside: ({ event }) => event.detail.source.report,
    labels: ({ labels }) => labels,
    annotations: ({ annotations }) => annotations,
  },
};

/** A v1 request body. */
export function bodyFor({ path }) {
  const sources = (paths) => paths.map((one) => `@alert.${path(one)}`);
  const rule = (name, paths, default_to) => ({ name, source: sources(paths), default_to });
  return {
    config: {
      is_array: true,
      array_source: "alerts",
      status: {
        source: sources(["labels.severity", "status"]),
        default_to: "critical",
        status_map: {
          critical: ["page", "critical", "firing"],
          warning: ["warn", "warning"],
          acknowledged: ["acknowledged"],
          ok: ["resolved", "info"],
        },
      },
      timestamp: { source: sources(["startsAt"]) },
      primary_property: rule("host", ["labels.instance", "labels.node", "labels.pod"], "unknown"),
      secondary_property: rule("check", ["labels.alertname"]),
      additional_attributes: [
        rule("service", ["labels.service", "labels.job"], "none"),
        rule("cluster", ["labels.cluster"], "default"),
        rule("team", ["labels.team", "labels.owner"], "operations"),
        rule("region", ["labels.region", "labels.zone"]),
        rule("description", ["annotations.description", "annotations.summary"]),
        rule("runbook", ["annotations.runbook_url"], "https://runbooks.shop.example/none"),
      ],
    },
    sample_payload: "",
  };
}

/** That of the usual layout. */
export const body = bodyFor(layouts.usual);

const STATUS = new Map([
  ["page", "critical"],
  ["critical", "critical"],
  ["firing", "critical"],
  ["warn", "warning"],
  ["warning", "warning"],
  ["acknowledged", "acknowledged"],
  ["resolved", "ok"],
  ["info", "ok"],
]);

/**
 * Alerts of a parsed Alertmanager payload. Its labels and annotations are strings by contract, so that `||` is
 * "the first populated source", and a tag that is `undefined` is left out when the result is written.
 */
export function alerts(payload, receivedAt, layout = layouts.usual) {
  return payload.alerts.map((item, index) => {
    const alert = layout.inside(item);
    const labels = layout.labels(alert);
    const annotations = layout.annotations(alert);
    const host = labels.instance || labels.node || labels.pod || "unknown";
    const check = labels.alertname || undefined;
    const started = Date.parse(alert.startsAt);
    return {
      index,
      status: STATUS.get(labels.severity) ?? STATUS.get(alert.status) ?? "critical",
      timestamp: Math.floor((started >= 0 ? started : receivedAt) / 1000),
      primary_property: "host",
      secondary_property: check === undefined ? null : "check",
      incident_identifier: check === undefined ? [host] : [host, check],
      tags: {
        host,
        check,
        service: labels.service || labels.job || "none",
        cluster: labels.cluster || "default",
        team: labels.team || labels.owner || "operations",
        region: labels.region || labels.zone || undefined,
        description: annotations.description || annotations.summary || undefined,
        runbook: annotations.runbook_url || "https://runbooks.shop.example/none",
      },
    };
  });
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The whole job by what goes in and what comes out. */
export function byHand(receivedAt, layout = layouts.usual) {
  const processed = (text) => ({ alerts: alerts(JSON.parse(text), receivedAt, layout), rejected: [], diagnostics: [] });
  return {
    bytesToBytes: ({ bytes }) => encoder.encode(JSON.stringify(processed(decoder.decode(bytes)))),
    textToBytes: ({ text }) => encoder.encode(JSON.stringify(processed(text))),
    textToText: ({ text }) => JSON.stringify(processed(text)),
    bytesToObjects: ({ bytes }) => processed(decoder.decode(bytes)),
    textToObjects: ({ text }) => processed(text),
  };
}
