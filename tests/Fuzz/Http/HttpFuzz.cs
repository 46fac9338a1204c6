using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Fuzz.Tests.Served;
using Xunit.Abstractions;

namespace ColdChain.Fuzz.Tests.Http;

/// <summary>What comes over HTTP.</summary>
public sealed class HttpFuzz(ITestOutputHelper output)
{
    [Fact]
    public async Task Server_GivenAnyBytes_RefusesInWordsAndServesTheNext()
    {
        await using var server = await RunningServer.StartAsync();
        await FuzzRun.OfAsync(new HttpTarget(server), 2000, output);
    }

    /// <summary>What the run above starts from reaches every endpoint that the application maps.</summary>
    [Fact]
    public async Task Seeds_OfAllEndpoints_ReachThem()
    {
        await using var server = await RunningServer.StartAsync();
        var seeds = RequestSeeds.Of(server.App);
        seeds.Select(seed => seed.Endpoint).Should().Contain(["GET /health", "GET /api/v1/units/{id}", "POST /api/v1/units/{id}/contents/", "GET /units/{id}/series", "GET /live"]);

        var target = new HttpTarget(server);
        foreach (var (endpoint, request) in seeds)
        {
            (await target.FeedAsync(request, CancellationToken.None)).Should().Match(answer => Reached(endpoint).Split(' ').Any(status => answer.StartsWith(status, StringComparison.Ordinal)), endpoint);
        }
    }

    // A program with a token decides nothing and fills in no forms; nothing is out of range there, so that nothing is found, held or alarmed.
    private static string Reached(string endpoint) => endpoint switch
    {
        "POST /sign-in" or "POST /stock" or "POST /scan" or "POST /api/v1/stock-snapshot" or "POST /api/v1/alert-receipts" => "400",
        "POST /api/v1/units/{id}/contents/move" => "400 409",
        "GET /a/{secret}/" or "POST /a/{secret}/" => "2",
        "GET /reports/open" or "GET /reports/{number}/prepare" or "GET /reports/{number}/sign" => "302",
        _ when OfPersons.Any(endpoint.Contains) => "403",
        _ when !endpoint.Contains("/api/", StringComparison.Ordinal) && endpoint.StartsWith("POST", StringComparison.Ordinal) => "403",
        _ when Found.Any(endpoint.Contains) => "404",
        _ => "2 409",
    };

    private static readonly string[] OfPersons = ["/wall", "/account", "/people", "/fleet", "/proposals", "/decisions", "POST /api/v1/findings", "POST /api/v1/exposures", "POST /api/v1/look-back", "/acknowledgement", "/preparation", "/signatures"];

    private static readonly string[] Found = ["/excursions/{id", "/exposures/{id", "/findings/{id", "/holds/{id", "/incidents/{id", "/hold-notices/{id"];
}
