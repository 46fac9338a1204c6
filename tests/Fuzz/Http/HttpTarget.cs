using System.Text;
using System.Text.Json;
using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Fuzz.Tests.Served;

namespace ColdChain.Fuzz.Tests.Http;

/// <summary>
/// Requests to a running server, as bytes: it never fails of its own (5xx), it refuses below the API in words that name thing, reason and
/// cure, and it answers the next good request.
/// </summary>
internal sealed class HttpTarget(RunningServer server) : FuzzTarget
{
    private const int InputsBetweenGoodOnes = 100;
    private const int VersionNotSupported = 505;

    private static readonly string[] Api = ["/api", "/openapi", "/health"];

    private int _inputs;

    public override string Name => "http";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            "GET ", "POST ", "PUT ", "DELETE ", "HEAD ", "OPTIONS ", "TRACE ", "PRI * HTTP/2.0", " HTTP/1.0", " HTTP/9.9", "\r\n", "\r\n\r\n", "/", "//", "/..", "/api/v1/", "/units/", "?", "&",
            "=", "%00", "%2F", "%2e%2e%2f", "%0d%0a", "%C3%A9", "%FF", "+", "#", "*", "Host: localhost\r\n", "Host: evil.example\r\n", "Authorization: Bearer {token}\r\n", "Authorization: Basic x\r\n",
            "Content-Length: 10\r\n", "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n", "0\r\n\r\n", "FFFFFFFF\r\n",
            "Content-Type: application/json\r\n", "Content-Type: application/json; charset=utf-7\r\n", "Content-Type: text/plain\r\n", "Content-Encoding: gzip\r\n", "Expect: 100-continue\r\n",
            "Upgrade: h2c\r\n", "Connection: close\r\n", "Accept-Language: zz, *;q=0\r\n", "Range: bytes=0-1\r\n", "If-None-Match: *\r\n", "Cookie: a=\r\n", "Last-Event-ID: 9\r\n",
            "unit=", "from=", "to=", "at=", "max=", "after=", "before=", "open=", "donation=", "product=", "lang=", "site=", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z",
            "2026-01-05T08:00:00%2B14:00", "\"donation\":", "\"product\":", "\"in\":", "\"out\":", "null", "[", "{", "\\u0000", "\\ud800", "\u20ac",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override IEnumerable<byte[]> Giants =>
    [
        .. RequestSeeds.Of(server.App).Select(seed => seed.Request),
        RequestSeeds.Request("POST", "/api/v1/units/fridge-1/contents", $"{{\"donation\":\"{new string('x', 10 * 1024 * 1024)}\"}}"),
        RequestSeeds.Request("POST", "/api/v1/units/fridge-1/contents", $"{{\"donation\":\"{new string('x', 50 * 1024)}\"}}"),
        RequestSeeds.Request("POST", "/api/v1/units/fridge-1/contents", $"{{\"donation\":\"{new string('x', 70 * 1024)}\"}}"),
        RequestSeeds.Request("POST", "/api/v1/units/fridge-1/contents", new string('[', 50 * 1024)),
        RequestSeeds.Request("POST", "/api/v1/units/fridge-1/contents", $"{{\"{new string('x', 50 * 1024)}\":1}}"),
        RequestSeeds.Request("GET", $"/api/v1/units/{new string('x', 3000)}"),
        RequestSeeds.Request("GET", $"/api/v1/units?{new string('x', 3000)}=1"),
        RequestSeeds.Request("GET", $"/{new string('x', 10 * 1024 * 1024)}"),
        Encoding.UTF8.GetBytes($"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 100_000))}\r\n"),
    ];

    public override async Task<string> FeedAsync(byte[] input, CancellationToken cancellation)
    {
        var request = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(input).Replace(RequestSeeds.Token, server.App.Token.Value, StringComparison.Ordinal));
        var path = WellFormed.PathOf(request);
        var answer = await HttpAnswer.ToAsync(server.App.Address, request, path is not null, cancellation);
        server.Log.RequireCalm();
        if (++_inputs % InputsBetweenGoodOnes == 0)
        {
            await SettleAsync(cancellation);
        }

        return answer is not null ? Judge(answer, path)
            : path is null ? "closed"
            : throw new InvalidOperationException("a request that is well formed got no answer");
    }

    public override async Task SettleAsync(CancellationToken cancellation)
    {
        var request = RequestSeeds.Request("GET", "/api/v1/units");
        var good = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(request).Replace(RequestSeeds.Token, server.App.Token.Value, StringComparison.Ordinal));
        if (await HttpAnswer.ToAsync(server.App.Address, good, isWhole: true, cancellation) is not { Status: 200 } answer || !Encoding.UTF8.GetString(answer.Body).Contains("fridge-1", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("the good request after it was not answered");
        }
    }

    private static string Judge(HttpAnswer answer, string? path)
    {
        if (answer.Status >= 500 && (answer.Status != VersionNotSupported || path is not null))
        {
            throw new InvalidOperationException($"the server answered {answer.Status}: {Encoding.UTF8.GetString(answer.Body)}");
        }

        var isOfApi = path is not null && Api.Any(root => path == root || path.StartsWith(root + "/", StringComparison.Ordinal));
        return $"{answer.Status} {(isOfApi && answer.Status >= 400 ? RequireProblem(answer) : "")}";
    }

    private static string RequireProblem(HttpAnswer answer)
    {
        if (answer.ContentType != "application/problem+json")
        {
            throw new InvalidOperationException($"the server answered {answer.Status} as '{answer.ContentType}', not as a problem: {Encoding.UTF8.GetString(answer.Body)}");
        }

        using var problem = JsonDocument.Parse(answer.Body);
        foreach (var member in new[] { "detail", "thing", "reason", "cure" })
        {
            ErrorText.RequirePlain(problem.RootElement.GetProperty(member).GetString() ?? "");
        }

        return $"{problem.RootElement.GetProperty("thing")}: {problem.RootElement.GetProperty("reason")}";
    }
}
