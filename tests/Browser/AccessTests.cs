using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ColdChain.Browser.Tests;

/// <summary>The pages without a mouse, and as assistive technology finds them.</summary>
[Trait("Needs", "chromium")]
public sealed class AccessTests(Chromium chromium, SiteServer server) : IClassFixture<Chromium>, IClassFixture<SiteServer>
{
    private const int StepsMax = 40;

    [Fact]
    public async Task Keyboard_Alone_ReachesContentUnitAndChart()
    {
        await using var visitor = await chromium.VisitAsync(server);
        var page = await visitor.OpenAsync("/");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await Expect(page.Locator(".skip")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, ".tile[data-unit=frigo-2] h3 a");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#unit h1")).ToBeVisibleAsync();
        page.Url.Should().Contain("/units/frigo-2");

        await TabToAsync(page, ".ranges [data-hours='6']");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".ranges [data-hours='6']")).ToHaveAttributeAsync("aria-pressed", "true");
        visitor.Faults.Should().BeEmpty();
    }

    [Theory]
    [Trait("Needs", "axe")]
    [InlineData("/", ColorScheme.Light)]
    [InlineData("/", ColorScheme.Dark)]
    [InlineData("/units/frigo-2", ColorScheme.Light)]
    [InlineData("/units/frigo-2", ColorScheme.Dark)]
    [InlineData("/units/congel-2?lang=en", ColorScheme.Light)]
    [InlineData("/excursions/1", ColorScheme.Light)]
    [InlineData("/blood-units/W000026000101/RBC?lang=en", ColorScheme.Dark)]
    [InlineData("/excursions/1/case", ColorScheme.Light)]
    [InlineData("/holds?lang=en", ColorScheme.Dark)]
    [InlineData("/look-back", ColorScheme.Light)]
    [InlineData("/units/none", ColorScheme.Light)]
    [InlineData("/reports", ColorScheme.Light)]
    [InlineData("/reports/EX-1?lang=en", ColorScheme.Dark)]
    [InlineData("/reports/EX-1/file?format=html", ColorScheme.Light)]
    [InlineData("/sign-in", ColorScheme.Light)]
    [InlineData("/account?lang=en", ColorScheme.Dark)]
    [InlineData("/people", ColorScheme.Light)]
    [InlineData("/fleet?lang=en", ColorScheme.Light)]
    public async Task Page_ForAssistiveTechnology_HasNoSeriousFlaw(string address, ColorScheme colours)
    {
        await using var visitor = await chromium.VisitAsync(server);
        var page = await visitor.OpenAsync(address);
        await page.EmulateMediaAsync(new() { ColorScheme = colours });
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();

        await page.EvaluateAsync(await File.ReadAllTextAsync(AxePath()));
        var answer = await page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) => ({ violations, passed: passes.length }))");

        answer.GetProperty("passed").GetInt32().Should().BeGreaterThan(10, "it has looked");
        answer.GetProperty("violations").EnumerateArray()
            .Where(flaw => flaw.GetProperty("impact").GetString() is "serious" or "critical")
            .SelectMany(flaw => flaw.GetProperty("nodes").EnumerateArray().Select(node => $"{flaw.GetProperty("id")}: {node.GetProperty("html")} {node.GetProperty("failureSummary")}"))
            .Should().BeEmpty();
    }

    /// <summary>Presses Tab until an element has the focus, as long as a person would.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var step = 0; step < StepsMax; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        throw new InvalidOperationException($"{selector} does not have the focus after {StepsMax} times Tab.");
    }

    private static string AxePath()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Browser", "axe");
        var script = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        return File.Exists(script)
            ? script
            : throw new FileNotFoundException($"axe-core is not there: run 'npm ci' in {folder}, or leave these tests out with --filter Needs!=axe.");
    }
}
