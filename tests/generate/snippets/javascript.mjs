// Creates the Open Integration Manager configuration of an integration in BigPanda.
// After installing the integration wait ten minutes: earlier requests may not be successful.
// BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
// address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.
// Node 18 or newer; in a browser, set globalThis.env to an object with these variables first.

// Sent as it stands; only what is special in a template has a backslash before it.
const BODY = `{
  "config": {
    "is_array": true,
    "array_source": "alerts",
    "status": {
      "source": ["@alert.status", "@alert.labels.severity"],
      "status_map": {
        "ok": ["resolved"],
        "warning": ["warning"],
        "critical": ["critical", "page"]
      },
      "default_to": "critical"
    },
    "primary_property": { "name": "host", "source": ["@alert.labels.instance", "@alert.labels.job"] },
    "secondary_property": { "name": "check", "source": ["@alert.labels.alertname"] },
    "additional_attributes": [
      { "source": ["@alert.annotations"], "flatten": true }
    ],
    "timestamp": { "source": ["@alert.startsAt"] }
  },
  "sample_payload": {
    "receiver": "oim",
    "alerts": [
      {
        "status": "firing",
        "labels": { "alertname": "DiskAlmostFull", "instance": "web-1:9100", "job": "node", "severity": "page" },
        "annotations": { "description": "It's at 95.80 %, \\"/var\\" first", "runbook": "C:\\\\runbooks\\\\disk.md" },
        "startsAt": "2026-01-31T12:00:00.5Z"
      }
    ]
  }
}
`;

const HINTS = {
  401: "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.",
  404: "There is no integration with this app key: install it in BigPanda first.",
  409: "Wait until ten minutes after the installation of the integration, then try again.",
  413: "The body is too large: use a smaller sample, BigPanda accepts up to 6 MB.",
};

async function main(env) {
  const token = env.BIGPANDA_ORG_TOKEN ?? "";
  if (!/^[!-~]+$/.test(token)) {
    console.error("Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.");
    return 2;
  }
  const base = env.BIGPANDA_API_URL || "https://integrations.bigpanda.io";
  const url = `${base}/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0`;
  let status;
  let answer;
  for (const pause of [1, 2, 4, 8, 0]) {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: BODY,
        redirect: "error",
        signal: AbortSignal.timeout(60_000),
      });
      status = response.status;
      answer = await response.text();
    } catch (error) {
      console.error(`No answer from ${url}: ${error.cause?.message ?? error.message}`);
      return 1;
    }
    // 429 means more than 5 requests a second; nothing else is worth another try.
    if (status !== 429 || pause === 0) break;
    await new Promise((resolve) => setTimeout(resolve, pause * 1000));
  }
  if (status >= 200 && status < 300) {
    console.log(`BigPanda accepted the configuration (${status}).`);
    return 0;
  }
  console.error(`BigPanda answered ${status}: ${answer}\n${HINTS[status] ?? ""}`);
  return 1;
}

const { process, env = {} } = globalThis;
const code = await main(process?.env ?? env);
if (process) process.exitCode = code;
