using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ColdChain.Browser.Tests;

/// <summary>From a phone in the corridor to a screen on the wall; a picture of each is kept in <c>artifacts/screenshots</c>.</summary>
[Trait("Needs", "chromium")]
public sealed class ScreenTests(Chromium chromium, SiteServer server) : IClassFixture<Chromium>, IClassFixture<SiteServer>
{
    private static readonly (string Address, string Name, string LastDrawn)[] Shown =
    [
        ("/", "units", ".tile:last-child"),
        ("/units/frigo-2", "unit", "#chart canvas"),
        ("/units/congel-2?lang=en", "unit-unknown-en", "#chart canvas"),
        ("/excursions/1", "excursion", "main h1"),
        ("/blood-units/W000026000101/RBC", "blood-unit", "main h1"),
        ("/excursions/1/case", "case", "main h1"),
        ("/holds?lang=en", "holds-en", "main h1"),
        ("/look-back", "look-back", "main h1"),
        ("/units/none", "not-found", "main h1"),
        ("/alarms", "alarms", "main h1"),
        ("/incidents/1?lang=en", "incident", "main h1"),
        ("/on-call", "on-call", "main h1"),
        ("/reports", "reports", "main h1"),
        ("/reports/EX-1?lang=en", "report-en", "main h1"),
        ("/reports/EX-1/file?format=html", "report-document", "main h1"),
        ("/sign-in", "sign-in", "main h1"),
        ("/account", "account", "main h1"),
        ("/people", "people", "main h1"),
    ];

    [Theory]
    [InlineData("phone", 360, 740, ColorScheme.Light)]
    [InlineData("tablet", 820, 1180, ColorScheme.Light)]
    [InlineData("wall", 1920, 1080, ColorScheme.Light)]
    [InlineData("wall-dark", 1920, 1080, ColorScheme.Dark)]
    public async Task Pages_OnAScreen_FitItsWidth(string screen, int width, int height, ColorScheme colours)
    {
        await using var visitor = await chromium.VisitAsync(server, new ViewportSize { Width = width, Height = height });
        foreach (var (address, name, lastDrawn) in Shown)
        {
            var page = await visitor.OpenAsync(address);
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await Expect(page.Locator(lastDrawn)).ToBeVisibleAsync();

            var (shown, whole) = (await page.EvaluateAsync<int>("document.documentElement.clientWidth"), await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

            whole.Should().BeLessThanOrEqualTo(shown, $"{address} must not scroll sideways");
            await Visitor.PictureAsync(page, $"{name}-{screen}");
        }

        visitor.Faults.Should().OnlyContain(fault => fault.Contains("404", StringComparison.Ordinal), "one address is unknown on purpose");
    }
}
