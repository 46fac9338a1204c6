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
            // Nothing is out of range there, so no excursion can be shown; and a program with a token fills in no forms.
            var reached = endpoint == "GET /excursions/{id}" ? "404" : IsForm(endpoint) ? "40" : "2";
            (await target.FeedAsync(request, CancellationToken.None)).Should().Match(
                answer => answer.StartsWith(reached) || answer.StartsWith("409") || answer.Contains("no excursion"), endpoint);
        }
    }

    private static bool IsForm(string endpoint) => new[] { "POST /sign-in", "POST /sign-out", "/account", "/people", "/wall" }.Any(endpoint.Contains);
}
