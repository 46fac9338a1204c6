using ColdChain.Tests.Shared.Prepared;
using static Microsoft.Playwright.Assertions;

namespace ColdChain.Browser.Tests;

/// <summary>A browser opens at most six connections to a server: with a stream for each tab, the seventh tab would wait for ever.</summary>
[Trait("Needs", "chromium")]
public sealed class TabsTests(Chromium chromium, SiteServer server) : IClassFixture<Chromium>, IClassFixture<SiteServer>
{
    private const int Tabs = 8;

    [Fact]
    public async Task EightTabs_OfOneBrowser_ShareOneStreamAndAllStayLive()
    {
        await using var visitor = await chromium.VisitAsync(server);
        for (var tab = 0; tab < Tabs; tab++)
        {
            await visitor.OpenAsync(tab % 2 == 0 ? "/" : $"/units/{PreparedFleet.Fine.Id}");
        }

        visitor.Tabs.Should().HaveCount(Tabs);
        await server.MeasureAsync(PreparedFleet.Fine, "8.125");

        foreach (var page in visitor.Tabs)
        {
            await Expect(page.Locator("[data-unit=frigo-1], [data-unit-page=frigo-1]")).ToHaveAttributeAsync("data-state", "out-of-range");
            await Expect(page.Locator("#cover")).ToBeHiddenAsync();
        }

        (await chromium.SharedWorkersAsync()).Should().ContainSingle("all tabs listen to the same stream");
        visitor.Faults.Should().BeEmpty();
    }
}
