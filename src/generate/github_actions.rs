//! A workflow of GitHub Actions that holds the body and posts it when it changes.

use super::{Target, quote};

pub(super) const TARGET: Target = Target {
    id: "github-actions",
    label: "GitHub Actions",
    language: "yaml",
    file_name: "bigpanda-oim.yml",
    retrieves: false,
    template: TEMPLATE,
    quote: quote::workflow_file,
};

const TEMPLATE: &str = r##"§## §# Keep it as .github/workflows/bigpanda-oim.yml, with the token among the secrets of the repository.
name: BigPanda OIM configuration

on:
  workflow_dispatch:
  push:
    branches: [main]
    paths: [.github/workflows/bigpanda-oim.yml]

permissions: {}

concurrency: bigpanda-oim

jobs:
  apply:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - name: Post the configuration
        shell: bash
        env:
          BIGPANDA_ORG_TOKEN: ${{ secrets.BIGPANDA_ORG_TOKEN }}
          BIGPANDA_API_URL: ${{ vars.BIGPANDA_API_URL }}
        run: |
§c          §"##;
