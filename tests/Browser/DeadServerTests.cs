using ColdChain.Tests.Shared.Prepared;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ColdChain.Browser.Tests;

/// <summary>A page whose server has died must not go on showing temperatures as if they were the present ones.</summary>
[Trait("Needs", "chromium")]
public sealed class DeadServerTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string CoverShows = "getComputedStyle(document.getElementById('cover')).visibility === 'visible'";

    private readonly SiteServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Pages_OfAKilledServer_CoverThemselvesUntilItIsBack()
    {
        await using var visitor = await chromium.VisitAsync(_server);
        foreach (var address in new[] { "/", "/?lang=en", "/units/frigo-2" })
        {
            await WatchCoverAsync(await visitor.OpenAsync(address));
        }

        await StayLiveAsync(visitor);
        visitor.Faults.Should().BeEmpty();

        await _server.KillAsync();
        foreach (var page in visitor.Tabs)
        {
            await CoverHidesEverythingAsync(page);
        }

        await Visitor.PictureAsync(visitor.Tabs[0], "cover");

        await _server.StartAsync();
        foreach (var page in visitor.Tabs)
        {
            await Expect(page.Locator("#cover")).ToBeHiddenAsync();
            await Expect(page.Locator("#content")).Not.ToHaveAttributeAsync("inert", "");
        }

        visitor.ForgetFaults(); // A dead server is an error on the console, and should be.
        await _server.MeasureAsync(PreparedFleet.Fine, "7.125");
        await Expect(visitor.Tabs[0].Locator(".tile[data-unit=frigo-1]")).ToHaveAttributeAsync("data-state", "out-of-range");
        visitor.Faults.Should().BeEmpty();
    }

    /// <summary>The page notes when its cover came first, by its own clock.</summary>
    private static Task WatchCoverAsync(IPage page) => page.EvaluateAsync($"setInterval(() => {{ if ({CoverShows}) window.coveredAt ??= performance.now(); }}, 100)");

    /// <summary>The pages are older than the cover's patience, and none was ever covered: the signs of life keep it away.</summary>
    private static async Task StayLiveAsync(Visitor visitor)
    {
        foreach (var page in visitor.Tabs)
        {
            await Eventually.HoldsAsync(async () => await page.EvaluateAsync<double>("performance.now()") > 30_000, "the page has been open for half a minute");
            (await page.EvaluateAsync<bool>("window.coveredAt === undefined")).Should().BeTrue("a live page is not covered");
            await Expect(page.Locator(".number").First).ToBeVisibleAsync();
        }
    }

    private async Task CoverHidesEverythingAsync(IPage page)
    {
        var killedAt = await page.EvaluateAsync<double>("performance.now()");
        await Expect(page.Locator("#cover")).ToBeVisibleAsync();
        await Expect(page.Locator("#content")).ToHaveAttributeAsync("inert", ""); // Nor is it read aloud.
        output.WriteLine($"{page.Url}: covered {(await page.EvaluateAsync<double>("window.coveredAt") - killedAt) / 1000:0.0} s after the server was killed");
        (await page.EvaluateAsync<string>("getComputedStyle(document.getElementById('cover')).animationDuration")).Should().Be("25s", "it must come within half a minute");

        // Whatever is under the cover makes no difference to what is seen.
        var covered = await page.ScreenshotAsync();
        await page.EvaluateAsync("document.getElementById('content').style.visibility = 'hidden'");
        (await page.ScreenshotAsync()).Should().Equal(covered, "no temperature shows through");
        await page.EvaluateAsync("document.getElementById('content').style.visibility = ''");
    }
}
