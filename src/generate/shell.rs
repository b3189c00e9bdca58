//! What shell scripts have in common, whatever sends the request.

/// The token, the address, and the body in a file of a folder that only its user can read: an argument can have 128 kB
/// at most, and all users of a machine can see it.
pub(super) const BEFORE: &str = r#"set -euo pipefail

if [[ -z "${BIGPANDA_ORG_TOKEN:-}" || $BIGPANDA_ORG_TOKEN == *[![:graph:]]* ]]; then
  echo "Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends." >&2
  exit 2
fi
§e# §url="${BIGPANDA_API_URL:-§u§}/configurations/alerts/oim/§k§"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
§j§
for pause in 1 2 4 8 0; do
"#;

/// What becomes of `status` and the file `answer`.
pub(super) const AFTER: &str = r#"  # 429 means more than 5 requests a second; nothing else is worth another try.
  if [[ $status != 429 || $pause == 0 ]]; then break; fi
  sleep "$pause"
done

case $status in
  2??)
§+    echo "BigPanda accepted the configuration ($status)."
§§-    cat answer
§    exit 0
    ;;
§h  ^) hint='~' ;;
§  *) hint='' ;;
esac
echo "BigPanda answered $status.${hint:+ $hint}" >&2
if [[ -s answer ]]; then
  cat answer >&2
  echo >&2
fi
exit 1
"#;
