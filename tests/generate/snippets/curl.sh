#!/usr/bin/env bash
# Creates the Open Integration Manager configuration of an integration in BigPanda.
# After installing the integration wait ten minutes: earlier requests may not be successful.
# BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
# address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.
set -euo pipefail

if [[ -z "${BIGPANDA_ORG_TOKEN:-}" || $BIGPANDA_ORG_TOKEN == *[![:graph:]]* ]]; then
  echo "Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends." >&2
  exit 2
fi
url="${BIGPANDA_API_URL:-https://integrations.bigpanda.io}/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >body.json <<'JSON'
{
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
        "annotations": { "description": "It's at 95.80 %, \"/var\" first", "runbook": "C:\\runbooks\\disk.md" },
        "startsAt": "2026-01-31T12:00:00.5Z"
      }
    ]
  }
}
JSON

for pause in 1 2 4 8 0; do
  # The token comes on standard input, since arguments can be seen by others on the machine.
  status=$(
    printf 'Authorization: Bearer %s\n' "$BIGPANDA_ORG_TOKEN" |
      curl --silent --show-error --max-time 60 --output answer --write-out '%{http_code}' \
        --header 'Content-Type: application/json' --data-binary @body.json \
        --header @- "$url"
  ) || {
    echo "No answer from $url" >&2
    exit 1
  }
  # 429 means more than 5 requests a second; nothing else is worth another try.
  if [[ $status != 429 || $pause == 0 ]]; then break; fi
  sleep "$pause"
done

case $status in
  2??)
    echo "BigPanda accepted the configuration ($status)."
    exit 0
    ;;
  401) hint='BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.' ;;
  404) hint='There is no integration with this app key: install it in BigPanda first.' ;;
  409) hint='Wait until ten minutes after the installation of the integration, then try again.' ;;
  413) hint='The body is too large: use a smaller sample, BigPanda accepts up to 6 MB.' ;;
  *) hint='' ;;
esac
echo "BigPanda answered $status.${hint:+ $hint}" >&2
if [[ -s answer ]]; then
  cat answer >&2
  echo >&2
fi
exit 1
