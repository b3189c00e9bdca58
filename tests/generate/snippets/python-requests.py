#!/usr/bin/env python3
# Creates the Open Integration Manager configuration of an integration in BigPanda.
# After installing the integration wait ten minutes: earlier requests may not be successful.
# BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
# address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.

import os
import re
import sys
import time

import requests

# Sent as it stands; a raw string, so that its backslashes stay.
BODY = r"""{
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
"""

HINTS = {
    401: "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.",
    404: "There is no integration with this app key: install it in BigPanda first.",
    409: "Wait until ten minutes after the installation of the integration, then try again.",
    413: "The body is too large: use a smaller sample, BigPanda accepts up to 6 MB.",
}


def main() -> int:
    token = os.environ.get("BIGPANDA_ORG_TOKEN", "")
    if not re.fullmatch("[!-~]+", token):
        print("Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.", file=sys.stderr)
        return 2
    base = os.environ.get("BIGPANDA_API_URL") or "https://integrations.bigpanda.io"
    url = base + "/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    body = BODY.encode("utf-8")
    for pause in (1, 2, 4, 8, 0):
        try:
            answer = requests.post(url, data=body, headers=headers, timeout=60, allow_redirects=False)
        except requests.RequestException as error:
            print(f"No answer from {url}: {error}", file=sys.stderr)
            return 1
        status = answer.status_code
        # 429 means more than 5 requests a second; nothing else is worth another try.
        if status != 429 or not pause:
            break
        time.sleep(pause)
    if 200 <= status < 300:
        print(f"BigPanda accepted the configuration ({status}).")
        return 0
    print(f"BigPanda answered {status}: {answer.text}", file=sys.stderr)
    print(HINTS.get(status, ""), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
