using System.Net;
using System.Text.RegularExpressions;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Server.Tests.Dashboard;

public sealed partial class UnitsPageTests
{
    [Fact]
    public async Task Units_AllStates_WorstFirst()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Units);

        var page = await server.PageAsync("/");

        States().Matches(page).Select(match => match.Groups[1].Value).Should()
            .Equal(["out-of-range", "unknown", "unverified", "warning", .. Enumerable.Repeat("in-range", 9)]);
        Names().Matches(page).Select(match => match.Groups[1].Value).Skip(4).Should().BeInAscendingOrder(StringComparer.InvariantCultureIgnoreCase);
        page.Should().Contain("Hors limites").And.Contain("13 en quarantaine", "the unit and its twelve blood units are held");
    }

    [Fact]
    public async Task Unit_Unknown_ShowsNoNumber()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Unknown);

        var page = await server.PageAsync("/");

        page.Should().Contain("data-freshness=\"hidden\"").And.Contain("Aucune température actuelle");
        page.Should().NotContain("class=\"number\"").And.NotContain("limits-marker");
    }

    [Fact]
    public async Task Unit_Unverified_ShowsNoNumberThatIsTooOld()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Unverified);

        var page = await server.PageAsync("/");

        page.Should().Contain("Non vérifié").And.NotContain("class=\"number\"");
    }

    [Fact]
    public async Task Site_Chosen_ShowsItsUnitsOnly()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine, PreparedFleet.Near);

        var page = await server.PageAsync("/?site=hopital");

        page.Should().Contain(PreparedFleet.Near.Name).And.NotContain(PreparedFleet.Fine.Name);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/units/frigo-9")]
    public async Task Site_Silent_IsOneLineAboveEveryPage(string path)
    {
        var units = Enumerable.Range(1, 4).Select(number => PreparedFleet.Fine with { Id = $"frigo-{number}", Contents = 0 }).ToArray();
        await using var server = await PreparedServer.StartAsync(units);
        await server.SilenceAsync(units[0].Site, units);

        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Silent().Matches(page).Select(match => match.Groups[1].Value).Should().Equal(["site"]);
        page.Should().MatchRegex("CRTS Rabat\\s: aucun boîtier du site n’est entendu depuis \\d\\d:\\d\\d \\(4 boîtiers\\)");
    }

    [Fact]
    public async Task Devices_SilentAtOneSite_AreOneLineWithTheirNames()
    {
        var units = Enumerable.Range(1, 3).Select(number => PreparedFleet.Fine with { Id = $"frigo-{number}", Contents = 0 }).ToArray();
        await using var server = await PreparedServer.StartAsync(units);
        await server.SilenceAsync(null, units[0], units[2]);

        var page = await server.PageAsync("/?lang=en");

        Silent().Matches(page).Select(match => match.Groups[1].Value).Should().Equal(["device"]);
        page.Should().MatchRegex("silent devices: pi-frigo-1 \\(since [^)]+\\), pi-frigo-3 \\(since");
    }

    [Theory]
    [InlineData("/", "fr-FR,fr;q=0.9,en;q=0.8", "fr", "Enceintes de conservation")]
    [InlineData("/", "en-GB,en;q=0.9", "en", "Storage units")]
    [InlineData("/", "de,en;q=0.5", "en", "Storage units")]
    [InlineData("/", "de", "fr", "Enceintes de conservation")]
    [InlineData("/?lang=en", "fr", "en", "Storage units")]
    public async Task Language_OfQueryThenBrowser_IsChosen(string path, string accepted, string language, string title)
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);
        server.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepted);

        var page = await server.PageAsync(path);

        page.Should().Contain($"<html lang=\"{language}\" dir=\"ltr\"").And.Contain($"<h1>{title}</h1>");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/units/frigo-1")]
    [InlineData("/assets/pages.js")]
    [InlineData("/units/frigo-1/series")]
    public async Task Answer_OfPages_TellsBrowsersToStayHere(string path)
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);

        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Which.Should().StartWith("default-src 'self';").And.Contain("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
    }

    [Fact]
    public async Task Page_UnderThePolicy_HasNothingInline()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Out);

        var pages = await server.PageAsync("/") + await server.PageAsync("/units/frigo-2");

        Inline().Matches(pages).Select(match => match.Value).Should().BeEmpty();
    }

    [GeneratedRegex("""<article class="tile"[^>]*data-state="([a-z-]+)""")]
    private static partial Regex States();

    [GeneratedRegex("""<article class="tile"[^>]*data-name="([^"]+)""")]
    private static partial Regex Names();

    [GeneratedRegex("""data-silent="([a-z]+)""")]
    private static partial Regex Silent();

    [GeneratedRegex("""<style|\sstyle=|\son[a-z]+="|<script(?![^>]*\ssrc=)""")]
    private static partial Regex Inline();
}
