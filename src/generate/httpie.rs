//! HTTPie, in a script for bash.

use super::{Target, quote};

pub(super) const TARGET: Target = Target {
    id: "httpie",
    label: "HTTPie",
    language: "bash",
    file_name: "apply-oim-httpie.sh",
    retrieves: false,
    template: TEMPLATE,
    quote: quote::shell_file,
};

const TEMPLATE: &str = r#"#!/usr/bin/env bash
§## §# HTTPie 3 or newer.
§b§  # The token comes from a file, since arguments can be seen by others on the machine.
  printf 'Bearer %s' "$BIGPANDA_ORG_TOKEN" >token
  http --print=hb --pretty=none --timeout=60 POST "$url" \
    Content-Type:application/json Authorization:@token <body.json >answer || {
    echo "No answer from $url" >&2
    exit 1
  }
  read -r _ status _ <answer
§a§"#;
