#!/usr/bin/env python3
# Retrieves the Open Integration Manager configuration of an integration from BigPanda.
# It is written to standard output: the configuration and its sample payload.
# BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
# address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.

import http.client
import os
import re
import sys
import time
import urllib.error
import urllib.request

HINTS = {
    401: "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.",
    404: "There is no integration with this app key, or it has no configuration yet.",
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
    base = os.environ.get("BIGPANDA_API_URL") or "https://integrations.bigpanda.io"
    url = base + "/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    headers = {"Authorization": "Bearer " + token}
    request = urllib.request.Request(url, headers=headers)
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
        sys.stdout.buffer.write(answer)
        return 0
    print(f"BigPanda answered {status}: {answer.decode('utf-8', 'replace')}", file=sys.stderr)
    print(HINTS.get(status, ""), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
