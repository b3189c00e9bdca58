# __ABOUT__

$ErrorActionPreference = 'Stop'

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
    MaximumRedirection = 0
    UseBasicParsing    = $true
}
# Windows PowerShell would not offer it by itself.
[Net.ServicePointManager]::SecurityProtocol =
    [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

foreach ($Pause in 1, 2, 4, 8, 0) {
    try {
        $Answer = Invoke-WebRequest @Request
        Write-Output "BigPanda accepted the configuration ($([int]$Answer.StatusCode))."
        exit 0
    } catch {
        $Failure = $_
    }
    $Status = [int]$Failure.Exception.Response.StatusCode
    if ($Status -eq 0) {
        [Console]::Error.WriteLine("No answer from $($Request.Uri): $Failure")
        exit 1
    }
    # 429 means more than 5 requests a second; nothing else is worth another try.
    if ($Status -ne 429 -or $Pause -eq 0) { break }
    Start-Sleep -Seconds $Pause
}

[Console]::Error.WriteLine("BigPanda answered ${Status}: $($Failure.ErrorDetails)")
[Console]::Error.WriteLine($Hints[$Status])
exit 1
