#!/usr/bin/env bash
# __ABOUT__
set -euo pipefail

if [[ -z "${BIGPANDA_ORG_TOKEN:-}" || $BIGPANDA_ORG_TOKEN == *[![:graph:]]* ]]; then
  echo "Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends." >&2
  exit 2
fi
# __EU_NOTE__
url="${BIGPANDA_API_URL:-__BASE_URL__}/configurations/alerts/oim/__APP_KEY__"

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
  __STATUS__) hint='__HINT__' ;;
  *) hint='' ;;
esac
echo "BigPanda answered $status.${hint:+ $hint}" >&2
if [[ -s answer ]]; then
  cat answer >&2
  echo >&2
fi
exit 1
