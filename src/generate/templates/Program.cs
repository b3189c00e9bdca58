// __ABOUT__
// .NET 7 or newer.

using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

// Sent as it stands, in UTF-8.
byte[] body = __BODY__.ToArray();

var hints = new Dictionary<int, string>
{
    [__STATUS__] = "__HINT__",
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
    // __EU_NOTE__
    address = "__BASE_URL__";
}
var url = address + "/configurations/alerts/oim/__APP_KEY__";

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
