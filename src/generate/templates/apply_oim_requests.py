#!/usr/bin/env python3
# __ABOUT__

import os
import re
import sys
import time

import requests

# Sent as it stands; a raw string, so that its backslashes stay.
BODY = r"""__BODY__"""

HINTS = {
    __STATUS__: "__HINT__",
}


def main() -> int:
    token = os.environ.get("BIGPANDA_ORG_TOKEN", "")
    if not re.fullmatch("[!-~]+", token):
        print("Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.", file=sys.stderr)
        return 2
    # __EU_NOTE__
    base = os.environ.get("BIGPANDA_API_URL") or "__BASE_URL__"
    url = base + "/configurations/alerts/oim/__APP_KEY__"
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
