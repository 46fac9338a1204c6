using System.Net;
using System.Text.Json.Nodes;
using ColdChain.Server.Api;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Api;

/// <summary>The started server, asked over HTTP.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task Excursion_IsListedHeldAndAnswersNo()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        var excursion = (await server.GetAsync("/api/v1/excursions?unit=fridge-1&open=true")).AsArray().Should().ContainSingle().Which!;
        Text(excursion, "side", "start", "alarmedAt", "end", "endReason").Should().Be("high 2026-11-22T09:02:00.000Z 2026-11-22T09:02:00.000Z null open");
        ((decimal)excursion["peakCelsius"]!).Should().Be(9);

        var holds = (await server.GetAsync("/api/v1/holds?unit=fridge-1")).AsArray();
        holds.Select(hold => Text(hold!, "kind", "donationNumber", "product", "state")).Should().BeEquivalentTo(
            "storage-unit null null held", "blood-unit W000026123456 RBC held");
        holds.Should().OnlyContain(hold => (long)hold!["excursionId"]! == (long)excursion["id"]!);
        Text(await server.GetAsync("/api/v1/issue-check?donation=W000026123456*&product=RBC"), "answer").Should().Be("no");
    }

    [Fact]
    public async Task UnknownTime_IsNoExcursionYetHolds()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        (await server.GetAsync("/api/v1/excursions?unit=freezer-1")).AsArray().Should().BeEmpty();
        var unknown = (await server.GetAsync("/api/v1/unknown-times?unit=freezer-1")).AsArray().Should().ContainSingle().Which!;
        var hold = (await server.GetAsync("/api/v1/holds?unit=freezer-1")).AsArray().Should().ContainSingle().Which!;
        Text(hold, "ground", "excursionId", "findingId").Should().Be($"unknown-time null {unknown["id"]}");
    }

    [Fact]
    public async Task Contents_EnteredLateIntoAnExcursion_AreHeldAtOnce()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        var entered = await server.PostAsync(
            "/api/v1/units/fridge-1/contents", new { donation = "=W00002610000300", product = "RBC", @in = "2026-11-22T09:04:00Z" }, 201);

        Text(entered["holds"]!.AsArray().Should().ContainSingle().Which!, "kind", "donationNumber", "state").Should().Be("blood-unit W000026100003 held");
        Text(await server.GetAsync("/api/v1/issue-check?donation=W000026100003&product=RBC"), "answer").Should().Be("no");
        Kinds(server).TakeLast(2).Should().Equal(EventKinds.ContentsEntered, EventKinds.HoldPlaced);
    }

    [Fact]
    public async Task Contents_EnteredByTheBarcodesOfTheLabel_KeepWhatItSays()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        string[] scans = ["=<E0398V00", "]C0=W00002610000300", "=%5100", "&>0263202359"];

        var entered = await server.PostAsync("/api/v1/units/fridge-2/contents", new { scans, product = "RBC", @in = "2026-11-22T10:00:00Z" }, 201);

        Text(entered["stay"]!, "donationNumber", "product").Should().Be("W000026100003 RBC");
        var payload = server.App.Store.Read(session => EventLog.Read(session, 0, 1000)).Last(told => told.Kind == EventKinds.ContentsEntered).Payload;
        payload.Should().Contain("""label":{"productCode":"E0398V00","bloodGroup":"5100","expiry":"2026-11-16 23:59","collected":null}""");
        Text(await server.PostAsync("/api/v1/units/fridge-2/contents/leave", new { scans, product = "RBC" }, 200), "stay").Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(null, "=W00002610000395", "scans", "has flag 95", "scan it again")]
    [InlineData(null, "=+02000=%5100", "scans", "states 2", "scan the single barcodes")]
    [InlineData(null, "=%5100", "donation", "has 0 characters", "scan or type")]
    [InlineData("W000026123456", "=W00002610000300", "donation", "is not 'W000026100003', which was scanned", "scan the label of that blood unit")]
    public async Task Contents_EnteredByWrongBarcodes_AreRefused(string? donation, string scan, string thing, string reason, string cure)
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        var problem = await server.PostAsync("/api/v1/units/fridge-2/contents", new { donation, product = "RBC", scans = new[] { scan } }, 400);

        Text(problem, "thing").Should().Be(thing);
        Text(problem, "reason").Should().Contain(reason);
        Text(problem, "cure").Should().Contain(cure);
    }

    [Fact]
    public async Task Contents_FoundToHaveLeftBefore_KeepTheirHoldWithoutItsGround()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        var left = await server.PostAsync(
            "/api/v1/units/fridge-1/contents/leave", new { donation = "W0000 26 123456 *", product = "RBC", @out = "2026-11-22T08:00:00Z" }, 200);

        Text(left["holds"]!.AsArray().Should().ContainSingle().Which!, "state").Should().Be("ground-removed");
        (await server.GetAsync("/api/v1/units/fridge-1/contents")).AsArray().Should().BeEmpty();
        (await server.GetAsync("/api/v1/units/fridge-1/contents?at=2026-11-22T07:59:59.999Z")).AsArray().Should().ContainSingle();
        Text(await server.GetAsync("/api/v1/issue-check?donation=W000026123456&product=RBC"), "answer").Should().Be("no");
        Kinds(server).TakeLast(2).Should().Equal(EventKinds.ContentsLeft, EventKinds.HoldGroundRemoved);
    }

    [Theory]
    [InlineData("/api/v1/units")]
    [InlineData("/api/v1/issue-check?donation=W000026100001P&product=RBC")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/nowhere")]
    public async Task Token_MissingOrWrong_IsRefusedWithTheCure(string path)
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        using var stranger = new HttpClient { BaseAddress = server.App.Address };

        var missing = await stranger.GetAsync(path);
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", server.App.Token.Value + "x");
        var wrong = await stranger.GetAsync(path);

        foreach (var response in new[] { missing, wrong })
        {
            var problem = await ServedScene.BodyAsync(response, 401);
            response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
            response.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
            Text(problem, "cure").Should().Contain("Authorization: Bearer");
        }
    }

    [Fact]
    public async Task Health_TellsNumbersToTheTokenOnly()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        using var stranger = new HttpClient { BaseAddress = server.App.Address };

        var open = await ServedScene.BodyAsync(await stranger.GetAsync("/health"), 200);
        var known = await server.GetAsync("/health");

        open.ToJsonString().Should().Be("""{"status":"ok","reasons":[],"numbers":null}""");
        Text(known["numbers"]!, "storeId", "sqliteVersion").Should().Be($"{server.App.Store.Id} {server.App.Store.SqliteVersion}");
        known["numbers"]!["devices"]!.AsArray().Select(device => Text(device!, "device", "lastHeardAt")).Should().Contain("pi-003 null");
    }

    [Fact]
    public async Task Health_TellsHowOldThingsAreAndWhatOutboxesHold()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(server.App.Store.Read(session => EventLog.Read(session, 0, 10_000)).Exists(row => row.Kind == EventKinds.AlertAccepted))); // Then alerts have nothing left to commit.
        await server.App.Store.WriteAsync(WritePriority.Reading, _ => { }, CancellationToken.None);
        await server.App.Evaluator.StopAsync(CancellationToken.None);
        await server.App.Exposures.StopAsync(CancellationToken.None);
        scene.Clock.Now = Scene.At("12:00:07");

        var numbers = (await server.GetAsync("/health"))["numbers"]!;

        Text(numbers["evaluator"]!, "lagSeconds").Should().Be("7");
        Text(numbers["writer"]!, "lastCommitAgeSeconds").Should().Be("7");
        ((long)numbers["disk"]!["freeBytes"]!).Should().BePositive().And.BeLessThan((long)numbers["disk"]!["totalBytes"]!);
        Text(numbers["devices"]![0]!["outbox"]!, "unacked", "oldestUnacked", "freeBytes", "reportedAt").Should().Be("2 143 5000000000 2026-11-22T11:55:00.000Z");
    }

    [Fact]
    public void Health_DiskAlmostFull_IsDegraded()
    {
        HealthChecks.OfDisk(new DiskSpace(499_999_999, 8_000_000_000)).Reason.Should().Contain("499 MB left of 8000 MB. Make room");
        HealthChecks.OfDisk(new DiskSpace(500_000_000, 8_000_000_000)).Reason.Should().BeNull();
    }

    [Fact]
    public async Task Health_EvaluatorStuck_IsDegraded()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        await server.App.Evaluator.StopAsync(CancellationToken.None);

        scene.Clock.Now = Scene.At("12:10");
        var health = await server.GetAsync("/health");

        Text(health, "status").Should().Be("degraded");
        health["reasons"]!.AsArray().Should().Contain(reason => ((string)reason!).StartsWith("The evaluator is behind"));
    }

    [Fact]
    public async Task Health_ClockSetBackBehindTheReadings_IsDegraded()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        scene.Clock.Now = Scene.At("11:30");
        var health = await server.GetAsync("/health");

        Text(health, "status").Should().Be("degraded");
        health["reasons"]!.AsArray().Select(reason => (string)reason!).Should().Equal(
            "The server's clock says 2026-11-22T11:30:00.000Z, and it holds readings of later than that: set it right.");
    }

    [Fact]
    public async Task Readings_AreCalibratedAndPaged()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        var seqs = new List<long>();
        var next = "/api/v1/readings?unit=fridge-2&from=2026-11-22T00:00:00Z&to=2026-11-22T12:00:00Z&max=50";
        while (next is not null)
        {
            var response = await server.AskAsync(next);
            var page = (await ServedScene.BodyAsync(response, 200)).AsArray();
            page.Should().OnlyContain(reading => (decimal)reading!["celsius"]! == 4.25m && (decimal)reading["measuredCelsius"]! == 4.375m);
            seqs.AddRange(page.Select(reading => (long)reading!["seq"]!));
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        seqs.Should().Equal(Enumerable.Range(1, 72).Select(seq => (long)seq));
    }

    [Fact]
    public async Task Readings_PageNeverEndsWithinAnInstant()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        var page = (await server.GetAsync("/api/v1/readings?unit=fridge-1&from=2026-11-22T06:00:00Z&to=2026-11-22T12:00:00Z&max=1")).AsArray();

        page.Select(reading => Text(reading!, "probe", "at")).Should().BeEquivalentTo(
            "pi-001/load 2026-11-22T06:00:00.000Z", "pi-001/air 2026-11-22T06:00:00.000Z");
    }

    [Fact]
    public async Task OpenApi_SaysWhatEveryAddressDoesAndAnswers()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();

        var paths = (await server.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();

        var operations = paths.SelectMany(path => path.Value!.AsObject()).ToList();
        operations.Should().HaveCount(43);
        operations.Should().OnlyContain(operation => operation.Value!["summary"]!.ToString().Length > 0);
        operations.Should().OnlyContain(operation => operation.Value!["responses"]!.AsObject()
            .Any(response => response.Key == "204" || (response.Key.StartsWith('2') && response.Value!["content"]!["application/json"]!["schema"] != null)));
    }

    [Fact]
    public async Task Host_OfAnotherName_IsRefused()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        using var client = new HttpClient { BaseAddress = server.App.Address };
        client.DefaultRequestHeaders.Host = "attacker.example";

        (await client.GetAsync("/health")).StatusCode.Should().Be(HttpStatusCode.BadRequest, "a page of another site must not reach the server by a name that leads here");
    }

    private static string Text(JsonNode node, params string[] names) => string.Join(' ', names.Select(name => node[name]?.ToString() ?? "null"));

    // Without what alerts append by themselves meanwhile.
    private static List<string> Kinds(ServedScene server) =>
        server.App.Store.Read(session => EventLog.Read(session, 0, 1000)).ConvertAll(row => row.Kind).FindAll(kind => kind.StartsWith("contents-", StringComparison.Ordinal) || kind.StartsWith("hold-", StringComparison.Ordinal));
}
