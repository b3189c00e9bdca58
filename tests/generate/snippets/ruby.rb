#!/usr/bin/env ruby
# frozen_string_literal: true

# Creates the Open Integration Manager configuration of an integration in BigPanda.
# After installing the integration wait ten minutes: earlier requests may not be successful.
# BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
# address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.

require "net/http"
require "uri"

# Sent as it stands.
BODY = <<'JSON'
{
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
JSON

HINTS = {
  401 => "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.",
  404 => "There is no integration with this app key: install it in BigPanda first.",
  409 => "Wait until ten minutes after the installation of the integration, then try again.",
  413 => "The body is too large: use a smaller sample, BigPanda accepts up to 6 MB.",
}.freeze

token = ENV.fetch("BIGPANDA_ORG_TOKEN", "")
unless token.b.match?(/\A[!-~]+\z/)
  warn "Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends."
  exit 2
end
base = ENV.fetch("BIGPANDA_API_URL", "")
base = "https://integrations.bigpanda.io" if base.empty?
url = URI("#{base}/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0")

request = Net::HTTP::Post.new(url)
request["Authorization"] = "Bearer #{token}"
request["Content-Type"] = "application/json"
request.body = BODY
options = { use_ssl: url.scheme == "https", open_timeout: 60, read_timeout: 60, write_timeout: 60 }

answer = nil
[1, 2, 4, 8, 0].each do |pause|
  begin
    answer = Net::HTTP.start(url.host, url.port, options) { |http| http.request(request) }
  rescue StandardError => e
    abort "No answer from #{url}: #{e.message}"
  end
  # 429 means more than 5 requests a second; nothing else is worth another try.
  break if answer.code != "429" || pause.zero?

  sleep pause
end

if answer.is_a?(Net::HTTPSuccess)
  puts "BigPanda accepted the configuration (#{answer.code})."
else
  abort "BigPanda answered #{answer.code}: #{answer.body}\n#{HINTS[answer.code.to_i]}"
end
