//! curl, in a script for bash.

use super::{Target, quote};

pub(super) const TARGET: Target = Target {
    id: "curl",
    label: "curl",
    language: "bash",
    file_name: "apply-oim.sh",
    retrieves: false,
    template: TEMPLATE,
    quote: quote::shell_file,
};

pub(super) const RETRIEVE: Target =
    Target { id: "curl-get", label: "curl: retrieve", file_name: "get-oim.sh", retrieves: true, ..TARGET };

const TEMPLATE: &str = "#!/usr/bin/env bash\n§## §§c§";

/// All but the first lines; a job of GitHub Actions runs it too.
pub(super) const SCRIPT: &str = r#"§b§  # The token comes on standard input, since arguments can be seen by others on the machine.
  status=$(
    printf 'Authorization: Bearer %s\n' "$BIGPANDA_ORG_TOKEN" |
      curl --silent --show-error --max-time 60 --output answer --write-out '%{http_code}' \
§+        --header 'Content-Type: application/json' --data-binary @body.json \
§        --header @- "$url"
  ) || {
    echo "No answer from $url" >&2
    exit 1
  }
§a§"#;
