#!/usr/bin/env python3
# Updates the Open Integration Manager configuration of an integration in BigPanda.
# It replaces the whole configuration: rules that are not in the body are gone afterwards.
# BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
# address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.

import http.client
import os
import re
import sys
import time
import urllib.error
import urllib.request

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


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Keeps the token from going anywhere else."""

    def redirect_request(self, *args):
        return None


def main() -> int:
    token = os.environ.get("BIGPANDA_ORG_TOKEN", "")
    if not re.fullmatch("[!-~]+", token):
        print("Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.", file=sys.stderr)
        return 2
    # The EU host is inferred for this path, not documented by BigPanda.
    base = os.environ.get("BIGPANDA_API_URL") or "https://eu.integrations.bigpanda.io"
    url = base + "/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    request = urllib.request.Request(url, headers=headers, data=BODY.encode("utf-8"), method="POST")
    opener = urllib.request.build_opener(NoRedirects)
    for pause in (1, 2, 4, 8, 0):
        try:
            with opener.open(request, timeout=60) as response:
                status, answer = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, answer = error.code, error.read()
        except (OSError, http.client.HTTPException) as error:
            print(f"No answer from {url}: {error}", file=sys.stderr)
            return 1
        # 429 means more than 5 requests a second; nothing else is worth another try.
        if status != 429 or not pause:
            break
        time.sleep(pause)
    if 200 <= status < 300:
        print(f"BigPanda accepted the configuration ({status}).")
        return 0
    print(f"BigPanda answered {status}: {answer.decode('utf-8', 'replace')}", file=sys.stderr)
    print(HINTS.get(status, ""), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
