#!/usr/bin/env python3
# __ABOUT__

import http.client
import os
import re
import sys
import time
import urllib.error
import urllib.request

HINTS = {
    __STATUS__: "__HINT__",
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
    # __EU_NOTE__
    base = os.environ.get("BIGPANDA_API_URL") or "__BASE_URL__"
    url = base + "/configurations/alerts/oim/__APP_KEY__"
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
