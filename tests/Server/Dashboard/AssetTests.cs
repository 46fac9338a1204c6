using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Server.Tests.Dashboard;

public sealed partial class AssetTests
{
    [Fact]
    public async Task Assets_NamedByPages_AreServedWithTypeAndContentAlsoToThoseWhoAcceptGzip()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);
        server.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        var page = await server.PageAsync("/units/frigo-1");
        var addresses = Addresses().Matches(page).Select(match => match.Value).Distinct().ToList();
        addresses.Should().Contain(address => address.Contains("uPlot", StringComparison.Ordinal)).And.HaveCountGreaterThan(6);

        foreach (var address in addresses)
        {
            using var answer = await server.Client.GetAsync(new Uri(address, UriKind.Relative));

            answer.StatusCode.Should().Be(HttpStatusCode.OK, address);
            answer.Content.Headers.ContentType!.MediaType.Should().BeOneOf("text/css", "text/javascript", "image/svg+xml");
            (await answer.Content.ReadAsByteArrayAsync()).Length.Should().BeGreaterThan(100, address);
            answer.Headers.CacheControl!.ToString().Should().Contain("immutable", "its address carries the hash of its content");
        }
    }

    [Fact]
    public async Task Asset_WithoutItsHash_IsAskedAboutEachTime()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);
        using var first = await server.Client.GetAsync(new Uri("/assets/pages.js", UriKind.Relative));
        first.Headers.CacheControl!.NoCache.Should().BeTrue();

        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri("/assets/pages.js", UriKind.Relative));
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var answer = await server.Client.SendAsync(again);

        answer.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/../record.db")]
    public async Task Asset_ThatIsNotThere_IsNotFound(string path)
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);

        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("""(?<==")/assets/[^"]+""")]
    private static partial Regex Addresses();
}
