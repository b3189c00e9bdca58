// Creates the Open Integration Manager configuration of an integration in BigPanda.
// After installing the integration wait ten minutes: earlier requests may not be successful.
// BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
// address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.
// .NET 7 or newer.

using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

// Sent as it stands, in UTF-8.
byte[] body = """
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

    """u8.ToArray();

var hints = new Dictionary<int, string>
{
    [401] = "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.",
    [404] = "There is no integration with this app key: install it in BigPanda first.",
    [409] = "Wait until ten minutes after the installation of the integration, then try again.",
    [413] = "The body is too large: use a smaller sample, BigPanda accepts up to 6 MB.",
};

var token = Environment.GetEnvironmentVariable("BIGPANDA_ORG_TOKEN") ?? "";
if (!Regex.IsMatch(token, @"\A[!-~]+\z"))
{
    Console.Error.WriteLine("Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.");
    return 2;
}
var address = Environment.GetEnvironmentVariable("BIGPANDA_API_URL");
if (string.IsNullOrEmpty(address))
{
    address = "https://integrations.bigpanda.io";
}
var url = address + "/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0";

// Without redirects, which could take the token anywhere.
using var handler = new HttpClientHandler { AllowAutoRedirect = false };
using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
for (var pause = 1; ; pause *= 2)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
    int status;
    string answer;
    try
    {
        using var response = await client.SendAsync(request);
        status = (int)response.StatusCode;
        answer = await response.Content.ReadAsStringAsync();
    }
    catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
    {
        Console.Error.WriteLine($"No answer from {url}: {error.Message}");
        return 1;
    }
    // 429 means more than 5 requests a second; nothing else is worth another try.
    if (status == 429 && pause <= 8)
    {
        await Task.Delay(TimeSpan.FromSeconds(pause));
        continue;
    }
    if (status is >= 200 and < 300)
    {
        Console.WriteLine($"BigPanda accepted the configuration ({status}).");
        return 0;
    }
    Console.Error.WriteLine($"BigPanda answered {status}: {answer}");
    Console.Error.WriteLine(hints.GetValueOrDefault(status));
    return 1;
}
