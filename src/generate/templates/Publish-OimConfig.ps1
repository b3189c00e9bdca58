# __ABOUT__

# Windows PowerShell 5.1 or PowerShell 7. All of this file is ASCII, as they read files in different encodings.

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Only some errors have the properties that are read below.
Set-StrictMode -Off

# Sent as it stands.
$Body = __BODY__

$Hints = @{
    __STATUS__ = '__HINT__'
}

if ($env:BIGPANDA_ORG_TOKEN -notmatch '\A[!-~]+\z') {
    [Console]::Error.WriteLine('Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.')
    exit 2
}
# __EU_NOTE__
$Base = if ($env:BIGPANDA_API_URL) { $env:BIGPANDA_API_URL } else { '__BASE_URL__' }
$Request = @{
    Uri                = "$Base/configurations/alerts/oim/__APP_KEY__"
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
