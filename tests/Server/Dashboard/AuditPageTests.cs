using System.Net;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Dashboard;

/// <summary>The audit trail by page and API: a window that a person entered, among what the server did by itself.</summary>
public sealed class AuditPageTests
{
    [Fact]
    public async Task Api_FindsWhoDidWhat_NewestFirst_AndSaysWhereItGoesOn()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        await EnterWindowAsync(server);

        var entered = (await server.GetAsync("/api/v1/audit?kind=window-entered&unit=fridge-1&text=DEFROST")).AsArray().Should().ContainSingle().Subject!;
        entered["payload"]!["reason"]!.ToString().Should().Contain("defrosting");

        var answer = await server.AskAsync("/api/v1/audit?max=1");
        var newest = (await ServedScene.BodyAsync(answer, 200))[0]!["id"]!.GetValue<long>();
        answer.Headers.GetValues("Link").Should().Contain($"</api/v1/audit?max=1&before={newest}>; rel=\"next\"");
        (await server.GetAsync($"/api/v1/audit?max=1&before={newest}"))[0]!["id"]!.GetValue<long>().Should().Be(newest - 1);
        (await server.GetAsync("/api/v1/audit?who=person:nobody")).AsArray().Should().BeEmpty();
        (await server.GetAsync("/api/v1/audit?from=2031-01-01T00:00:00Z")).AsArray().Should().BeEmpty();
        (await server.GetAsync("/api/v1/audit?from=tomorrow", 400))["cure"]!.ToString().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("fr", "Journal d’audit", "Serveur démarré")]
    [InlineData("en", "Audit trail", "Server started")]
    public async Task Page_TellsEntriesAndHead(string language, string title, string started)
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        var page = await PageAsync(server, $"/audit?lang={language}", HttpStatusCode.OK);

        page.Should().Contain(title).And.Contain(started).And.Contain(Actor.Software.Name).And.MatchRegex("[0-9]+:[0-9a-f]{64}");
    }

    [Theory]
    [InlineData("kind=server-started", "Server started")]
    [InlineData("kind=window-ended", "No entry matches.")]
    [InlineData("who=person%3Anobody", "No entry matches.")]
    [InlineData("from=2026-11-22T13%3A00&kind=server-started&lang=en", "Server started")]
    [InlineData("from=2026-11-22T13%3A01&kind=server-started&lang=en", "No entry matches.")]
    [InlineData("to=2026-11-22T12%3A00Z&kind=server-started", "No entry matches.")]
    public async Task Search_IsAsTyped_InTheZoneOfThePage(string query, string words)
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        (await PageAsync(server, $"/audit?{query}{(query.Contains("lang", StringComparison.Ordinal) ? "" : "&lang=en")}", HttpStatusCode.OK)).Should().Contain($">{words}<");
    }

    [Theory]
    [InlineData("from=yesterday", "'yesterday' is no date.")]
    [InlineData("unit=%20%2F", "is no id of a storage unit.")]
    [InlineData("before=x", "is no number of an entry.")]
    public async Task Search_ThatCannotBeRead_IsToldWithItsWords(string query, string words)
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        (await PageAsync(server, $"/audit?{query}&lang=en", HttpStatusCode.BadRequest)).Should().Contain(words);
    }

    [Fact]
    public async Task Entries_OfManyPages_AreAllReached()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        for (var number = 0; number < 150; number++)
        {
            var subject = $"subject-{number:000}";
            await server.App.Store.WriteAsync(
                WritePriority.Decision, transaction => EventLog.Append(transaction, Core.Readings.Instant.Now(scene.Clock), EventKinds.FleetLoaded, null, subject, new { flag = true }), CancellationToken.None);
        }

        var first = await PageAsync(server, "/audit?text=subject-&lang=en", HttpStatusCode.OK);
        first.Should().Contain("subject-149").And.Contain("subject-050").And.NotContain("subject-049").And.Contain("<b>flag</b> true");
        var address = System.Text.RegularExpressions.Regex.Match(first, "href=\"(/audit\\?text=subject-&before=[0-9]+&lang=en)\"").Groups[1].Value;
        var second = await PageAsync(server, address, HttpStatusCode.OK);

        second.Should().Contain("subject-049").And.Contain("subject-000").And.NotContain("subject-050").And.NotContain("Older entries");
    }

    private static Task EnterWindowAsync(ServedScene server) => server.PostAsync(
        "/api/v1/units/fridge-1/windows", new { kind = "maintenance", to = "2026-11-22T14:00:00Z", reason = "defrosting", enteredBy = "Amina" }, 201);

    private static async Task<string> PageAsync(ServedScene server, string address, HttpStatusCode status)
    {
        var response = await server.AskAsync(address);
        response.StatusCode.Should().Be(status);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }
}
