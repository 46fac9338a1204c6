using System.Net;
using System.Text.Json.Nodes;
using ColdChain.Core.People;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Dashboard;
using ColdChain.Tests.Shared;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Server.Tests.Api;

/// <summary>A depot sees itself: whoever has a role at one site sees and enters nothing of another.</summary>
public sealed class ScopeTests
{
    private static readonly Actor By = Actor.Person("test", from: null);

    [Fact]
    public async Task Person_OfOneSite_SeesItsStorageUnitsOnly()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Near, PreparedFleet.Out);
        using var hospital = await SignInAsync(server, new Grant(Role.Technician, Scope.Site(PreparedFleet.Near.Site)));

        var overview = await hospital.Client.GetStringAsync(new Uri("/", UriKind.Relative));
        var units = await ListAsync(hospital, "/api/v1/units");

        WebUtility.HtmlDecode(overview).Should().Contain(PreparedFleet.Near.Name).And.NotContain(PreparedFleet.Out.Name);
        units.Select(unit => (string)unit!["id"]!).Should().Equal(PreparedFleet.Near.Id);
        (await ListAsync(hospital, "/api/v1/excursions")).Should().BeEmpty();
        (await ListAsync(hospital, "/api/v1/holds")).Should().BeEmpty();
        (await ListAsync(hospital, "/api/v1/devices")).Select(device => (string)device!["site"]!).Distinct().Should().Equal(PreparedFleet.Near.Site);
    }

    [Theory]
    [InlineData("/units/frigo-2")]
    [InlineData("/units/frigo-2/series")]
    [InlineData("/units/frigo-2/day.svg")]
    [InlineData("/excursions/1")]
    [InlineData("/blood-units/W000026000101/RBC")]
    [InlineData("/people")]
    [InlineData("/api/v1/units/frigo-2")]
    [InlineData("/api/v1/units/frigo-2/contents")]
    [InlineData("/api/v1/units/frigo-2/windows")]
    [InlineData("/api/v1/readings?unit=frigo-2&from=2026-11-22T00:00:00Z&to=2026-11-22T12:00:00Z")]
    [InlineData("/api/v1/excursions?unit=frigo-2")]
    [InlineData("/api/v1/excursions/1")]
    [InlineData("/api/v1/holds?unit=frigo-2")]
    [InlineData("/api/v1/blood-units/W000026000101/RBC/exposure")]
    [InlineData("/audit")]
    [InlineData("/api/v1/audit")]
    [InlineData("/api/v1/events")]
    public async Task Person_OfAnotherSite_IsRefused(string path)
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Near, PreparedFleet.Out);
        var token = (await server.App.Tokens.MakeAsync("hospital", [.. TokenScopes.All], Scope.Site(PreparedFleet.Near.Site), By, CancellationToken.None)).Secret;
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain(PreparedFleet.Out.Name);
    }

    [Theory]
    [InlineData("frigo-2", HttpStatusCode.Forbidden)]
    [InlineData("plaq-2", HttpStatusCode.Created)]
    public async Task Person_OfOneSite_EntersThereOnly_InTheOwnName(string unit, HttpStatusCode expected)
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Near, PreparedFleet.Out);
        using var hospital = await SignInAsync(server, new Grant(Role.Technician, Scope.Site(PreparedFleet.Near.Site)), new Grant(Role.Viewer, Scope.Nation));

        using var body = new StringContent("""{"donation":"W0000 26 100003 L","product":"PLT"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await hospital.Client.PostAsync(new Uri($"/api/v1/units/{unit}/contents", UriKind.Relative), body);

        answer.StatusCode.Should().Be(expected, await answer.Content.ReadAsStringAsync());
        server.Store.Read(session => EventLog.NewestOfUnit(session, new(unit), 5)).Where(row => row.Kind == EventKinds.ContentsEntered && row.Who == "person:amina")
            .Should().HaveCount(expected == HttpStatusCode.Created ? 1 : 0);
    }

    [Fact]
    public async Task Stream_OfOneSite_TellsOfItOnly_AndEndsWithTheSession()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Near, PreparedFleet.Out);
        using var hospital = await SignInAsync(server, new Grant(Role.Viewer, Scope.Site(PreparedFleet.Near.Site)));
        using var reader = new StreamReader(await hospital.Client.GetStreamAsync(new Uri("/live", UriKind.Relative)));

        var first = await reader.ReadLineAsync();
        first.Should().StartWith("event: units");
        (await reader.ReadLineAsync()).Should().Contain(PreparedFleet.Near.Id).And.NotContain(PreparedFleet.Out.Id);
        await server.App.Accounts.DisableAsync("amina", By, CancellationToken.None);

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            line.Should().NotContain(PreparedFleet.Out.Id);
        }
    }

    [Fact]
    public async Task Wall_WithItsToken_ShowsTilesAndNothingElse()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Near, PreparedFleet.Out);
        var token = (await server.App.Tokens.MakeAsync("hall", [TokenScopes.Wall], Scope.Site(PreparedFleet.Near.Site), By, CancellationToken.None)).Secret;
        var other = (await server.App.Tokens.MakeAsync("reader", ["read"], Scope.Nation, By, CancellationToken.None)).Secret;
        using var screen = new FormSession(server.App.Address);

        (await screen.Client.GetAsync(new Uri($"/wall?token={other}", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden, "what may do more has no place in an address");
        (await screen.Client.GetAsync(new Uri("/wall?token=wrong", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await screen.Client.GetAsync(new Uri($"/wall?token={token}", UriKind.Relative))).Headers.Location!.OriginalString.Should().Be("/");

        WebUtility.HtmlDecode(await screen.Client.GetStringAsync(new Uri("/", UriKind.Relative))).Should().Contain(PreparedFleet.Near.Name).And.NotContain(PreparedFleet.Out.Name);
        (await screen.Client.GetAsync(new Uri($"/units/{PreparedFleet.Near.Id}", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await screen.Client.GetAsync(new Uri("/api/v1/units", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        await server.App.Tokens.RevokeAsync("hall", By, CancellationToken.None);
        (await screen.Client.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location!.OriginalString.Should().Be("/sign-in?return=%2F");
    }

    private static async Task<FormSession> SignInAsync(PreparedServer server, params Grant[] grants)
    {
        var accounts = server.App.Accounts;
        var oneTime = (await accounts.AddAsync("amina", "Amina", "fr", By, CancellationToken.None)).Secret!;
        foreach (var grant in grants)
        {
            await accounts.GrantAsync("amina", grant, By, CancellationToken.None);
        }

        return await FormSession.SignInFirstAsync(server.App.Address, "amina", oneTime);
    }

    private static async Task<JsonArray> ListAsync(FormSession session, string path) =>
        JsonNode.Parse(await session.Client.GetStringAsync(new Uri(path, UriKind.Relative)))!.AsArray();
}
