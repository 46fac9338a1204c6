using System.Text.Json;
using ColdChain.Tests.Shared.Prepared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ColdChain.Browser.Tests;

/// <summary>What people see: the excursion, the hold, and how old each value is; and that it changes by itself.</summary>
[Trait("Needs", "chromium")]
public sealed class PagesTests(Chromium chromium, SiteServer server) : IClassFixture<Chromium>, IClassFixture<SiteServer>
{
    [Theory]
    [InlineData("/", "Hors limites", "13 en quarantaine", "il y a ")]
    [InlineData("/?lang=en", "Out of range", "13 on hold", " ago")]
    public async Task Units_InEachLanguage_ShowExcursionHoldAndAge(string address, string state, string holds, string age)
    {
        await using var visitor = await chromium.VisitAsync(server);
        var page = await visitor.OpenAsync(address);

        var tile = Tile(page, PreparedFleet.Out);
        var loaded = await page.Locator("body").GetAttributeAsync("data-now");
        await Expect(tile).Not.ToHaveAttributeAsync("data-at", loaded!); // The stream has renewed it, in the same language.
        await Expect(tile.Locator(".state .word")).ToHaveTextAsync(state);
        await Expect(tile.Locator(".holds")).ToContainTextAsync(holds);
        await Expect(tile.Locator(".number")).ToBeVisibleAsync();
        await Expect(tile.Locator(".age")).ToContainTextAsync(age);
        await Expect(page.Locator(".tile").First).ToHaveAttributeAsync("data-state", "out-of-range"); // The worst comes first.
        await Expect(Tile(page, PreparedFleet.Unknown).Locator(".number")).ToHaveCountAsync(0);
        visitor.Faults.Should().BeEmpty();
    }

    [Theory]
    [InlineData("/units/frigo-2", "Trop chaud", "en cours", "en quarantaine")]
    [InlineData("/units/frigo-2?lang=en", "Too warm", "ongoing", "held")]
    public async Task Unit_InEachLanguage_ShowsExcursionHoldsContentsAndChart(string address, string side, string ongoing, string held)
    {
        await using var visitor = await chromium.VisitAsync(server);
        var page = await visitor.OpenAsync(address);

        var excursion = page.Locator("[data-part=findings] tbody tr").First;
        await Expect(excursion).ToContainTextAsync(side);
        await Expect(excursion).ToContainTextAsync(ongoing);
        await Expect(page.Locator("[data-part=holds] tbody tr")).ToHaveCountAsync(13);
        await Expect(page.Locator("[data-part=holds] tbody tr").First).ToContainTextAsync(held);
        await Expect(page.Locator("[data-part=contents] .held")).ToHaveCountAsync(12);
        await Expect(page.Locator("#unit .holds")).ToBeVisibleAsync();
        await Expect(page.Locator("#chart canvas")).ToBeVisibleAsync();
        visitor.Faults.Should().BeEmpty();
    }

    /// <summary>A label that is cut off on its left has lost its minus sign: −25 °C would read as 25 °C.</summary>
    [Fact]
    public async Task Chart_OfAFreezer_DrawsItsLabelsWhole()
    {
        await using var visitor = await chromium.VisitAsync(server);
        var page = await visitor.OpenAsync("about:blank");
        await page.AddInitScriptAsync("""
            window.drawn = [];
            const fillText = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, x, ...others) {
                const width = this.measureText(text).width;
                const left = x + this.getTransform().e - ({ right: width, center: width / 2 }[this.textAlign] ?? 0);
                drawn.push({ text, left, right: left + width, canvas: this.canvas.width });
                return fillText.call(this, text, x, ...others);
            };
            """);
        await page.GotoAsync($"/units/{PreparedFleet.Unknown.Id}");
        await Expect(page.Locator("#chart canvas")).ToBeVisibleAsync();

        var drawn = await page.EvaluateAsync<JsonElement>("drawn");

        drawn.EnumerateArray().Select(label => label.GetProperty("text").GetString()).Should().Contain("\u221225,0 °C");
        drawn.EnumerateArray().Where(label => label.GetProperty("left").GetDouble() < 0 || label.GetProperty("right").GetDouble() > label.GetProperty("canvas").GetDouble())
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/units/frigo-1")]
    public async Task Age_OfAValue_AdvancesByItself(string address)
    {
        await using var visitor = await chromium.VisitAsync(server);
        var page = await visitor.OpenAsync(address);
        var age = page.Locator(".tile:not([data-freshness=hidden]) .age").First;

        var first = await age.TextContentAsync();

        await Expect(age).Not.ToHaveTextAsync(first!); // An age has a text.
    }

    [Fact]
    public async Task Reading_OutOfRange_ReachesOpenPagesWithoutReload()
    {
        await using var visitor = await chromium.VisitAsync(server);
        var (units, unit) = (await visitor.OpenAsync("/"), await visitor.OpenAsync($"/units/{PreparedFleet.Fine.Id}"));
        await Expect(Tile(units, PreparedFleet.Fine)).ToHaveAttributeAsync("data-state", "in-range");
        foreach (var page in visitor.Tabs)
        {
            await page.EvaluateAsync("window.loadedOnce = true");
        }

        await server.MeasureAsync(PreparedFleet.Fine, "8.25");

        await Expect(Tile(units, PreparedFleet.Fine)).ToHaveAttributeAsync("data-state", "out-of-range");
        await Expect(Tile(units, PreparedFleet.Fine).Locator(".number")).ToContainTextAsync("8,3");
        await Expect(unit.Locator("#unit")).ToHaveAttributeAsync("data-state", "out-of-range");
        await Expect(unit.Locator("[data-part=holds] tbody tr")).ToHaveCountAsync(10);
        foreach (var page in visitor.Tabs)
        {
            (await page.EvaluateAsync<bool>("window.loadedOnce === true")).Should().BeTrue("it was not loaded again");
        }

        visitor.Faults.Should().BeEmpty();
    }

    private static ILocator Tile(IPage page, PreparedUnit unit) => page.Locator($".tile[data-unit={unit.Id}]");
}
