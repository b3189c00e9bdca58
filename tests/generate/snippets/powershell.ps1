# Creates the Open Integration Manager configuration of an integration in BigPanda.
# After installing the integration wait ten minutes: earlier requests may not be successful.
# BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the
# address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.

# Windows PowerShell 5.1 or PowerShell 7. All of this file is ASCII, as they read files in different encodings.

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only some errors have the properties that are read below.
Set-StrictMode -Off

# Sent as it stands.
$Body = @'
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
'@ + "`n"

$Hints = @{
    401 = 'BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.'
    404 = 'There is no integration with this app key: install it in BigPanda first.'
    409 = 'Wait until ten minutes after the installation of the integration, then try again.'
    413 = 'The body is too large: use a smaller sample, BigPanda accepts up to 6 MB.'
}

if ($env:BIGPANDA_ORG_TOKEN -notmatch '\A[!-~]+\z') {
    [Console]::Error.WriteLine('Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.')
    exit 2
}
$Base = if ($env:BIGPANDA_API_URL) { $env:BIGPANDA_API_URL } else { 'https://integrations.bigpanda.io' }
$Request = @{
    Uri                = "$Base/configurations/alerts/oim/0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    Method             = 'Post'
    Headers            = @{ Authorization = "Bearer $env:BIGPANDA_ORG_TOKEN" }
    ContentType        = 'application/json'
    # As bytes: Windows PowerShell sends text in another encoding.
    Body               = [Text.Encoding]::UTF8.GetBytes($Body)
    TimeoutSec         = 60
    # Keeps the token from going anywhere else. Windows PowerShell makes an error of some redirects and an answer of
    # others; without the error all are answers.
    MaximumRedirection = 0
    ErrorAction        = 'SilentlyContinue'
    UseBasicParsing    = $true
}
# Windows PowerShell would not offer it by itself.
[Net.ServicePointManager]::SecurityProtocol =
    [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

function Write-Failure([string]$Text) {
    [Console]::Error.WriteLine($Text.Replace($env:BIGPANDA_ORG_TOKEN, '***'))
}

foreach ($Pause in 1, 2, 4, 8, 0) {
    try {
        $Answer = Invoke-WebRequest @Request
        $Status = [int]$Answer.StatusCode
        $Details = $Answer.Content
    } catch {
        # A status of 400 and more is an error here, one with a response.
        $Failure = $_
        $Status = [int]$Failure.Exception.Response.StatusCode
        $Details = $Failure.ErrorDetails
    }
    if ($Status -eq 0) {
        Write-Failure "No answer from $($Request.Uri): $Failure"
        exit 1
    }
    # 429 means more than 5 requests a second; nothing else is worth another try.
    if ($Status -ne 429 -or $Pause -eq 0) { break }
    Start-Sleep -Seconds $Pause
}

if ($Status -ge 200 -and $Status -lt 300) {
    Write-Output "BigPanda accepted the configuration ($Status)."
    exit 0
}
Write-Failure "BigPanda answered ${Status}: $Details"
Write-Failure $Hints[$Status]
exit 1
