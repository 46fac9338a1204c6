using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Api;

/// <summary>Whatever is wrong is named, with the reason and the cure, and changes nothing.</summary>
public sealed class BadInputTests
{
    private const string Good = "W0000 26 100003 L";

    [Theory]
    [InlineData("/api/v1/units/fridge-9", 404, "unit", "not in the fleet file", "GET /api/v1/units")]
    [InlineData("/api/v1/units/fridge%209", 400, "unit", "no id of a storage unit", "GET /api/v1/units")]
    [InlineData("/api/v1/units?site=rabat", 400, "site", "no parameter 'site'", "leave it out")]
    [InlineData("/api/v1/units/fridge-9/contents", 404, "unit", "not in the fleet file", "GET /api/v1/units")]
    [InlineData("/api/v1/units/fridge-1/contents?at=noon", 400, "at", "no date and time", "2026-11-22T08:00:00Z")]
    [InlineData("/api/v1/excursions?unit=fridge-9", 404, "unit", "not in the fleet file", "GET /api/v1/units")]
    [InlineData("/api/v1/excursions?open=yes", 400, "open", "neither true nor false", "one of the two")]
    [InlineData("/api/v1/excursions?opne=true", 400, "opne", "no parameter 'opne'", "use one of: unit, open")]
    [InlineData("/api/v1/excursions?max=0", 400, "max", "no whole number", "from 1 to")]
    [InlineData("/api/v1/excursions/999", 404, "id", "no excursion '999'", "GET /api/v1/excursions")]
    [InlineData("/api/v1/excursions/first", 404, "id", "no excursion 'first'", "GET /api/v1/excursions")]
    [InlineData("/api/v1/holds?donation=W000026123456A", 400, "donation", "does not fit its check character", "read the label again")]
    [InlineData("/api/v1/issue-check?product=RBC", 400, "donation", "0 characters", "scan or type")]
    [InlineData("/api/v1/issue-check?donation=W000026123456", 400, "product", "0 characters", "scan or type")]
    [InlineData("/api/v1/issue-check?donation=W00002612345&product=RBC", 400, "donation", "12 characters", "type the 13 of the label")]
    [InlineData("/api/v1/issue-check?donation=W000026123456A&product=RBC", 400, "donation", "does not fit its check character", "read the label again")]
    [InlineData("/api/v1/issue-check?donation=%3D%3CE0398V00&product=RBC", 400, "donation", "is a product code", "upper left barcode")]
    [InlineData("/api/v1/issue-check?donation=W000026123456&product=r%20b", 400, "product", "neither an ISBT 128 code", "as on the label")]
    [InlineData("/api/v1/readings?from=2026-11-22T00:00:00Z&to=2026-11-22T01:00:00Z", 400, "unit", "'unit' is missing", "GET /api/v1/units")]
    [InlineData("/api/v1/readings?unit=fridge-1&to=2026-11-22T01:00:00Z", 400, "from", "'from' is missing", "2026-11-22T08:00:00Z")]
    [InlineData("/api/v1/readings?unit=fridge-1&from=2026-11-22T00:00:00&to=2026-11-22T01:00:00Z", 400, "from", "no date and time with its zone", "2026-11-22T08:00:00Z")]
    [InlineData("/api/v1/readings?unit=fridge-1&from=2026-11-22T01:00:00Z&to=2026-11-22T01:00:00Z", 400, "to", "not within 92 days", "at most 92 days")]
    [InlineData("/api/v1/readings?unit=fridge-1&from=2025-11-22T01:00:00Z&to=2026-11-22T01:00:00Z", 400, "to", "not within 92 days", "at most 92 days")]
    [InlineData("/api/v1/events?after=-1", 400, "after", "no whole number", "from 0 to")]
    [InlineData("/api/v1/nothing", 404, "address", "nothing at /api/v1/nothing", "/openapi/v1.json")]
    public async Task Question_Wrong_IsRefusedWithReasonAndCure(string path, int status, string thing, string reason, string cure)
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();

        IsProblem(await server.GetAsync(path, status), thing, reason, cure);
    }

    [Theory]
    [InlineData("fridge-9", Good, "RBC", null, null, 404, "unit", "not in the fleet file", "GET /api/v1/units")]
    [InlineData("fridge-2", "W0000 26 100003 A", "RBC", null, null, 400, "donation", "does not fit its check character", "read the label again")]
    [InlineData("fridge-2", null, "RBC", null, null, 400, "donation", "0 characters", "scan or type")]
    [InlineData("fridge-2", Good, "BEER", null, null, 400, "product", "not known to canary, eu-edqm", "use one of: CANARY, WB, RBC")]
    [InlineData("fridge-2", Good, "RBC", "2026-11-22T12:00:00.001Z", null, 400, "in", "in the future", "check the clock")]
    [InlineData("fridge-2", Good, "RBC", "2026-11-22T11:00:00Z", "2026-11-22T12:30:00Z", 400, "out", "in the future", "check the clock")]
    [InlineData("fridge-2", Good, "RBC", "2026-11-22T11:00:00Z", "2026-11-22T10:00:00Z", 400, "out", "not after the start", "correct one of the two")]
    [InlineData("fridge-2", Good, "RBC", "yesterday", null, 400, "in", "no date and time", "2026-11-22T08:00:00Z")]
    [InlineData("fridge-2", "W0000 26 123456 *", "RBC", null, null, 409, "in", "was in storage unit fridge-1 from 2026-11-22T06:30:00.000Z and has not left", "when it left there")]
    [InlineData("fridge-1", "W0000 26 123456 *", "RBC", "2026-11-22T06:30:00Z", null, 409, "in", "was in storage unit fridge-1", "when it left there")]
    [InlineData("fridge-2", "W0000 26 123456 *", "RBC", "2026-11-22T06:00:00Z", "2026-11-22T06:30:00.001Z", 409, "in", "was in storage unit fridge-1", "when it left there")]
    public async Task Entry_Wrong_IsRefusedAndChangesNothing(
        string unit, string? donation, string product, string? from, string? to, int status, string thing, string reason, string cure)
    {
        await using var scene = await Scene.OpenAsync();
        scene.Clock.Now = Scene.At("12:00");
        await using var server = await scene.ServeAsync();
        var before = Entries(server);

        var problem = await server.PostAsync($"/api/v1/units/{unit}/contents", new { donation, product, @in = from, @out = to }, status);

        IsProblem(problem, thing, reason, cure);
        Entries(server).Should().Equal(before);
        await server.PostAsync("/api/v1/units/fridge-2/contents", new { donation = Good, product = "RBC" }, 201);
    }

    [Theory]
    [InlineData("fridge-9", "W0000 26 123456 *", null, 404, "unit", "not in the fleet file", "GET /api/v1/units")]
    [InlineData("fridge-2", "W0000 26 123456 *", null, 409, "donation", "is not inside storage unit fridge-2", "name the storage unit that it is in")]
    [InlineData("fridge-1", "W0000 26 123456 *", "2026-11-22T06:30:00Z", 400, "out", "not after the start of the stay", "correct one of the two")]
    [InlineData("fridge-1", "W0000 26 123456 *", "2026-11-22T13:00:00Z", 400, "out", "in the future", "check the clock")]
    public async Task Leaving_Wrong_IsRefusedAndChangesNothing(string unit, string donation, string? to, int status, string thing, string reason, string cure)
    {
        await using var scene = await Scene.OpenAsync();
        scene.Clock.Now = Scene.At("12:00");
        await using var server = await scene.ServeAsync();
        var before = Entries(server);

        var problem = await server.PostAsync($"/api/v1/units/{unit}/contents/leave", new { donation, product = "RBC", @out = to }, status);

        IsProblem(problem, thing, reason, cure);
        Entries(server).Should().Equal(before);
    }

    [Fact]
    public async Task Body_WithUnknownMember_IsRefused()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();

        var problem = await server.PostAsync("/api/v1/units/fridge-2/contents", new { donation = Good, product = "RBC", from = "2026-11-22T05:00:00Z" }, 400);

        IsProblem(problem, "request", "from", "docs/api.md");
    }

    [Fact]
    public async Task Method_NotForTheAddress_IsRefused()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();

        IsProblem(await server.PostAsync("/api/v1/units", new { }, 405), "method", "POST is not for /api/v1/units", "/openapi/v1.json");
    }

    private static void IsProblem(System.Text.Json.Nodes.JsonNode problem, string thing, string reason, string cure)
    {
        problem["thing"]!.ToString().Should().Be(thing);
        problem["reason"]!.ToString().Should().Contain(reason);
        problem["cure"]!.ToString().Should().Contain(cure);
    }

    private static List<string> Entries(ServedScene server) => server.App.Store.Read(session => EventLog.Read(session, 0, 1000))
        .Where(row => row.Kind is EventKinds.ContentsEntered or EventKinds.ContentsLeft)
        .Select(row => $"{row.Id} {row.Kind} {row.Subject}")
        .ToList();
}
