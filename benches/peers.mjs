/**
 * Other ways to the same answer for the usual layout, each as its documentation advises, from bytes to bytes. They are
 * written for payloads as payloads.mjs makes them: a tag that all its sources lack would not always be left out, which
 * spares them work.
 *
 * jq is that of `jq-web`: `jq-wasm` took 80 times as long as it for 100 alerts, and grows faster than its input. Zen is
 * that of `@gorules/zen-engine-wasm`, which evaluates expressions: with the native `@gorules/zen-engine`, whose values
 * cross into a native addon and through a graph of nodes, the same expression took a fifth longer.
 */

const STATUSES = {
  page: "critical",
  critical: "critical",
  firing: "critical",
  warn: "warning",
  warning: "warning",
  acknowledged: "acknowledged",
  resolved: "ok",
  info: "ok",
};

const JSONATA = `{
  "alerts": [alerts#$i.(
    $l := labels;
    $n := annotations;
    $host := $l.instance ?: $l.node ?: $l.pod ?: "unknown";
    $check := $l.alertname;
    {
      "index": $i,
      "status": $lookup($statuses, $l.severity) ?? $lookup($statuses, status) ?? "critical",
      "timestamp": $floor($toMillis(startsAt) / 1000),
      "primary_property": "host",
      "secondary_property": "check",
      "incident_identifier": [$host, $check],
      "tags": {
        "host": $host,
        "check": $check,
        "service": $l.service ?: $l.job ?: "none",
        "cluster": $l.cluster ?: "default",
        "team": $l.team ?: $l.owner ?: "operations",
        "region": $l.region ?: $l.zone,
        "description": $n.description ?: $n.summary,
        "runbook": $n.runbook_url ?: "https://runbooks.shop.example/none"
      }
    })],
  "rejected": [],
  "diagnostics": []
}`;

const JQ = `
def filled(values): first(values | select(. != null and . != ""));
def seconds:
  (.[0:19] + "Z" | fromdateiso8601)
  - (if endswith("Z") then 0
     else .[-6:] | ((.[1:3] | tonumber) * 3600 + (.[4:6] | tonumber) * 60) * (if startswith("-") then -1 else 1 end) end);
${JSON.stringify(STATUSES)} as $statuses
| {
    alerts: [
      .alerts | to_entries[] | .key as $index | .value
      | .labels as $l | .annotations as $n
      | filled($l.instance, $l.node, $l.pod, "unknown") as $host
      | {
          index: $index,
          status: ($statuses[$l.severity // ""] // $statuses[.status // ""] // "critical"),
          timestamp: (.startsAt | seconds),
          primary_property: "host",
          secondary_property: "check",
          incident_identifier: [$host, $l.alertname],
          tags: {
            host: $host,
            check: $l.alertname,
            service: filled($l.service, $l.job, "none"),
            cluster: filled($l.cluster, "default"),
            team: filled($l.team, $l.owner, "operations"),
            region: filled($l.region, $l.zone),
            description: filled($n.description, $n.summary),
            runbook: filled($n.runbook_url, "https://runbooks.shop.example/none")
          }
        }
    ],
    rejected: [],
    diagnostics: []
  }`;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The peers of which there is the library, each `{ name, run }`. Runs in Node and in browsers. */
export function peersOf({ jsonata, jq, zen }) {
  const ways = {
    jsonata: jsonata && withJsonata(jsonata),
    "jq-web": jq && withJq(jq),
    "Zen, wasm": zen && withZen(zen),
  };
  return Object.entries(ways)
    .filter(([, way]) => way)
    .map(([name, way]) => ({ name, run: async ({ bytes }) => encoder.encode(await way(decoder.decode(bytes))) }));
}

function withJsonata(jsonata) {
  const expression = jsonata(JSONATA);
  return async (text) => JSON.stringify(await expression.evaluate(JSON.parse(text), { statuses: STATUSES }));
}

function withJq({ raw }) {
  return (text) => raw(text, JQ, ["-c"]);
}

function withZen({ Variable }) {
  const expression = zenExpression();
  return (text) => {
    const payload = new Variable(JSON.parse(text));
    const alerts = payload.evaluateExpression(expression);
    payload.free();
    // An expression knows no places in a list.
    for (const [index, alert] of alerts.entries()) alert.index = index;
    return JSON.stringify({ alerts, rejected: [], diagnostics: [] });
  };
}

function zenExpression() {
  const filled = (...values) => values.reduceRight((rest, value) => `((${value} ?? '') != '' ? ${value} : ${rest})`);
  const status = ["#.labels.severity", "#.status"].reduceRight(
    (rest, value) =>
      `(${value} in ['page', 'critical', 'firing'] ? 'critical' : ${value} in ['warn', 'warning'] ? 'warning' : ` +
      `${value} == 'acknowledged' ? 'acknowledged' : ${value} in ['resolved', 'info'] ? 'ok' : ${rest})`,
    "'critical'",
  );
  const host = filled("#.labels.instance", "#.labels.node", "#.labels.pod", "'unknown'");
  return `map(alerts, {
    status: ${status},
    timestamp: date(#.startsAt),
    primary_property: 'host',
    secondary_property: 'check',
    incident_identifier: [${host}, #.labels.alertname],
    tags: {
      host: ${host},
      check: #.labels.alertname,
      service: ${filled("#.labels.service", "#.labels.job", "'none'")},
      cluster: ${filled("#.labels.cluster", "'default'")},
      team: ${filled("#.labels.team", "#.labels.owner", "'operations'")},
      region: ${filled("#.labels.region", "#.labels.zone")},
      description: ${filled("#.annotations.description", "#.annotations.summary")},
      runbook: ${filled("#.annotations.runbook_url", "'https://runbooks.shop.example/none'")}
    }
  })`;
}
