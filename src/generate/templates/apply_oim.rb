#!/usr/bin/env ruby
# frozen_string_literal: true

# __ABOUT__

require "net/http"
require "uri"

# Sent as it stands.
BODY = <<'JSON'
__BODY__
JSON

HINTS = {
  __STATUS__ => "__HINT__",
}.freeze

token = ENV.fetch("BIGPANDA_ORG_TOKEN", "")
unless token.b.match?(/\A[!-~]+\z/)
  warn "Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends."
  exit 2
end
base = ENV.fetch("BIGPANDA_API_URL", "")
# __EU_NOTE__
base = "__BASE_URL__" if base.empty?
url = URI("#{base}/configurations/alerts/oim/__APP_KEY__")

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
