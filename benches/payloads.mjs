/**
 * Payloads in the shape of Alertmanager's webhook, the same on every run.
 * Like Go's encoder, which writes the real ones, `<`, `>` and `&` are escaped.
 */

const encoder = new TextEncoder();

/**
 * What is measured. `variety` payloads of a kind take turns, so that no one text can be learned by heart. In mixed text
 * one alert of twenty holds characters outside ASCII, which makes JavaScript's string of all the payload a wide one.
 */
export const kinds = [
  ...sizes("1 alert", { alerts: 1 }, 64, ["ASCII", "mixed"]),
  ...sizes("10 alerts", { alerts: 10 }, 32),
  ...sizes("100 alerts", { alerts: 100 }, 12),
  ...sizes("6 MB", { bytes: 5_990_000 }, 1),
  kind("100 alerts, few keys", 12, { alerts: 100, other: 0.05, change: withFewKeys }),
  kind("100 alerts, many keys", 4, { alerts: 100, other: 0.05, change: withManyKeys }),
  kind("100 alerts, flat", 12, { alerts: 100, other: 0.05, change: flat }, "flat"),
  kind("100 alerts, deep", 12, { alerts: 100, other: 0.05, change: deep }, "deep"),
];

function sizes(name, size, variety, texts = ["mixed", "ASCII"]) {
  return texts.map((text) => kind(`${name}, ${text}`, variety, { ...size, other: text === "mixed" ? 0.05 : 0 }));
}

function kind(name, variety, how, layout = "usual") {
  return { name, variety, layout, make: (seed) => webhook(seed, how) };
}

/** A payload with so many alerts. */
export function payloadOf(alerts, seed = 1) {
  return webhook(seed, { alerts, other: 0.05 });
}

/** The payloads of a kind, as text and as bytes. */
export function payloadsOf({ variety, make }) {
  return Array.from({ length: variety }, (_, seed) => {
    const bytes = encoder.encode(make(seed + 1));
    // Decoded from bytes, as text from outside is: one flat string, one-byte where all is ASCII.
    return { bytes, text: new TextDecoder().decode(bytes) };
  });
}

/** A webhook with so many alerts, or with as many as fit in so many bytes. `other` is the share with non-ASCII text. */
function webhook(seed, { alerts = Infinity, bytes = Infinity, other, change = (alert) => alert }) {
  const random = generator(seed);
  const texts = [];
  for (let size = 600; texts.length < alerts; ) {
    const text = escaped(JSON.stringify(change(alert(texts.length, random, random() < other))));
    size += encoder.encode(text).length + 1;
    if (size > bytes) break;
    texts.push(text);
  }
  const around = {
    groupLabels: { cluster: "shop-eu-1" },
    commonLabels: { cluster: "shop-eu-1", prometheus: "monitoring/main" },
    commonAnnotations: {},
    externalURL: "https://alertmanager.shop.example",
    version: "4",
    groupKey: '{}/{team=~"shop|pay"}:{cluster="shop-eu-1"}',
    truncatedAlerts: 0,
  };
  const tail = escaped(JSON.stringify(around)).slice(1);
  return `{"receiver":"bigpanda","status":"firing","alerts":[${texts.join(",")}],${tail}`;
}

const RULES = [
  {
    name: "DiskAlmostFull",
    job: "node-exporter",
    labels: ["device", "mountpoint"],
    query: "node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.05 and on(instance) up == 1",
  },
  {
    name: "PodRestartsTooOften",
    job: "kube-state-metrics",
    labels: ["namespace", "container"],
    query: "increase(kube_pod_container_status_restarts_total[15m]) > 3",
  },
  {
    name: "CheckoutLatencyHigh",
    job: "api-gateway",
    labels: ["handler", "method"],
    query: "histogram_quantile(0.99, sum by (le, handler) (rate(http_duration_seconds_bucket[5m]))) > 1.5",
  },
  { name: "ProbeFailed", job: "blackbox", labels: ["module", "target"], query: 'probe_success{job="blackbox"} == 0' },
];

function alert(index, random, nonAscii) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const digits = (n) => Array.from({ length: n }, () => pick([..."0123456789abcdef"])).join("");
  const rule = pick(RULES);
  const address = [10, 0, 0, 0].map((first) => first || Math.floor(random() * 256));
  const node = `ip-${address.join("-")}.eu-west-1.compute.internal`;
  // One in ten has an empty first source, one in five no first source at all: the rules have to look further.
  const instance = random() < 0.1 ? "" : `${address.join(".")}:9100`;
  const owner = random() < 0.8 ? ["team", pick(["checkout", "payments", "search", "platform"])] : ["owner", "on-call"];
  const labels = Object.fromEntries(
    [
      ["alertname", rule.name],
      ["cluster", `shop-${pick(["eu", "us", "ap"])}-${pick([1, 2, 3])}`],
      ["env", pick(["production", "staging"])],
      ["instance", instance],
      ["job", rule.job],
      ["node", node],
      owner,
      ["prometheus", "monitoring/main"],
      ["region", pick(["eu-west-1", "us-east-1", "ap-south-1"])],
      ["replica", `prometheus-${pick([0, 1])}`],
      ["severity", pick(["critical", "critical", "warning", "page", "info", "none"])],
      ...rule.labels.map((label) => [label, `${label}-${digits(8)}`]),
    ].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const share = (random() * 100).toFixed(2);
  const time = new Date(1_714_600_000_000 + index * 1370).toISOString();
  return {
    status: random() < 0.85 ? "firing" : "resolved",
    labels,
    annotations: {
      dashboard: `https://grafana.shop.example/d/${digits(9)}/overview?var-node=${node}&from=now-1h&to=now`,
      description: nonAscii
        ? `« ${node} » dépasse le seuil : ${share} % utilisés, vérifier le disque 東京`
        : `${rule.name} on ${node}: ${share}% for more than 15 minutes, above the threshold of "95%" in ${labels.cluster}`,
      runbook_url: random() < 0.9 ? `https://runbooks.shop.example/${rule.job}/${rule.name}` : "",
      summary: `${rule.name} is firing on ${node}`,
    },
    startsAt:
      index % 7 === 3 ? time.replace("Z", "+02:00") : time.replace("Z", `${100_000 + Math.floor(random() * 900_000)}Z`),
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: `https://prometheus.shop.example/graph?g0.expr=${encodeURIComponent(rule.query)}&g0.tab=1`,
    fingerprint: digits(16),
  };
}

/** Only what rules read. */
function withFewKeys({ status, labels, annotations, startsAt }) {
  const { alertname, cluster, instance, job, node, team, owner, region, severity } = labels;
  const { description, runbook_url, summary } = annotations;
  return {
    status,
    labels: { alertname, cluster, instance, job, node, team, owner, region, severity },
    annotations: { description, runbook_url, summary },
    startsAt,
  };
}

/** Two hundred labels that no rule reads, before, between and behind those that rules read. */
function withManyKeys(alert) {
  const more = Array.from({ length: 200 }, (_, i) => [`${"bdhkqsz"[i % 7]}_label_${i}`, `${alert.fingerprint} ${i}`]);
  const labels = Object.entries(alert.labels)
    .concat(more)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...alert, labels: Object.fromEntries(labels) };
}

function flat({ labels, annotations, ...alert }) {
  return { ...alert, ...labels, ...annotations };
}

/** Four objects down, and beside each of them something deep that no rule reads. */
function deep(alert) {
  const beside = { a: { b: { c: [[{ d: { e: [1, 2, { f: "g" }] } }], []] } }, fingerprint: alert.fingerprint };
  return ["report", "source", "detail", "event"].reduce(
    (inside, name) => ({ beside, [name]: inside, behind: [beside] }),
    alert,
  );
}

function escaped(json) {
  return json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

/** Numbers from 0 to 1 that depend on the seed alone: xorshift, good enough to vary texts. */
function generator(seed) {
  let state = (seed * 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
