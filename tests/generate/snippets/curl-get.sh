#!/usr/bin/env bash
# Retrieves the Open Integration Manager configuration of an integration from BigPanda.
# It is written to standard output: the configuration and its sample payload.
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

for pause in 1 2 4 8 0; do
  # The token comes on standard input, since arguments can be seen by others on the machine.
  status=$(
    printf 'Authorization: Bearer %s\n' "$BIGPANDA_ORG_TOKEN" |
      curl --silent --show-error --max-time 60 --output answer --write-out '%{http_code}' \
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
    cat answer
    exit 0
    ;;
  401) hint='BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.' ;;
  404) hint='There is no integration with this app key, or it has no configuration yet.' ;;
  *) hint='' ;;
esac
echo "BigPanda answered $status.${hint:+ $hint}" >&2
if [[ -s answer ]]; then
  cat answer >&2
  echo >&2
fi
exit 1
