using ColdChain.Server.Commands;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Projections;

/// <summary>The whole server beside a real influxd.</summary>
[Trait("Needs", "influxdb")]
public sealed class ServedInfluxTests
{
    private const string Count = "SELECT count(celsius) FROM temperature";

    [Fact]
    public async Task Server_WithoutItsInflux_JudgesAllTheSame_AndCatchesUpOnceItIsThere()
    {
        await using var influx = new InfluxServer();
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "08:00", "4");
        await scene.MeasureAsync("pi-001/load", "08:05", "09:00", "12.5");
        scene.Clock.Now = Scene.At("09:05");
        await using var server = await scene.ServeAsync(influx.Options);

        await InfluxServer.UntilAsync(async () => (await server.GetAsync("/api/v1/excursions")).AsArray().Count > 0);
        (await server.GetAsync("/api/v1/holds")).AsArray().Should().NotBeEmpty();
        await InfluxServer.UntilAsync(async () => (await InfluxHealthAsync(server))["lastError"] is not null);
        (await InfluxHealthAsync(server))["packsBehind"]!.GetValue<long>().Should().Be(2);

        await influx.StartAsync();
        await CaughtUpAsync(server);
        (await influx.NumberAsync(Count)).Should().Be(37);
    }

    [Fact]
    public async Task Server_WithAWrongPassword_JudgesAllTheSame_AndCatchesUpOnceItIsRight()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("password"), "secret");
        await using var influx = await InfluxServer.StartedAsync("auth-enabled = true");
        await influx.SignInAsync("boss", "boss");
        await influx.QueryAsync("CREATE USER writer WITH PASSWORD 'other' WITH ALL PRIVILEGES");
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "08:05", "09:00", "12.5");
        scene.Clock.Now = Scene.At("09:05");
        await using var server = await scene.ServeAsync(influx.Options with { User = "writer", PasswordFile = folder.File("password") });

        await InfluxServer.UntilAsync(async () => (await server.GetAsync("/api/v1/holds")).AsArray().Count > 0);
        await InfluxServer.UntilAsync(async () => (await InfluxHealthAsync(server))["lastError"]?.GetValue<string>().Contains("401", StringComparison.Ordinal) == true);
        (await InfluxHealthAsync(server))["refused"]!.GetValue<long>().Should().Be(0, "the readings are not to blame");

        await influx.QueryAsync("SET PASSWORD FOR writer = 'secret'");
        await CaughtUpAsync(server);
        (await influx.NumberAsync(Count)).Should().Be(12);
    }

    [Fact]
    public async Task Database_ThatIsDroppedWhileTheServerRuns_IsMadeAndFilledAgain_AndJudgingGoesOn()
    {
        await using var influx = await InfluxServer.StartedAsync();
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "08:00", "4");
        scene.Clock.Now = Scene.At("08:05");
        await using var server = await scene.ServeAsync(influx.Options);
        await InfluxServer.UntilAsync(async () => (await InfluxHealthAsync(server))["differences"]?.GetValue<int>() == 0);

        await influx.QueryAsync("DROP DATABASE coldchain");
        await server.App.Store.WriteAsync(WritePriority.Reading, transaction => PackStore.Insert(transaction, Some.PackRow(Some.Pack(1, 5))), CancellationToken.None);

        await InfluxServer.UntilAsync(async () => await influx.NumberAsync(Count) == 30);
        await CaughtUpAsync(server);
        (await server.GetAsync("/api/v1/units")).AsArray().Should().Contain(unit => unit!["id"]!.GetValue<string>() == "fridge-1" && unit["state"]!.GetValue<string>() == "warning", "its air probe has never sent anything");
    }

    [Fact]
    public async Task Commands_AskTheRunningServer_OrDoTheWorkWhileItIsStopped()
    {
        await using var influx = await InfluxServer.StartedAsync();
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "08:00", "4");
        await using (var server = await scene.ServeAsync(influx.Options))
        {
            await CaughtUpAsync(server);
            var (locked, why) = await RunAsync("rebuild", "influx", "--data", scene.DataFolder);
            (locked, why).Should().Match<(int Code, string Text)>(end => end.Code == 1 && end.Text.Contains("--server http", StringComparison.Ordinal));

            (await RunAsync("rebuild", "influx", "--data", scene.DataFolder + "x", "--server", "http://127.0.0.1:1")).Text.Should().Contain("There is no ").And.Contain("--data");
            (await RunAsync("rebuild", "influx", "--data", scene.DataFolder, "--server", "http://127.0.0.1:1")).Text.Should().Contain("No server answers");

            await influx.QueryAsync("DROP MEASUREMENT temperature");
            string[] where = ["--data", scene.DataFolder, "--server", server.App.Address.ToString()];
            (await RunAsync(["compare", "influx", .. where])).Should().Match<(int Code, string Text)>(
                end => end.Code == 2 && end.Text.Contains($"{Scene.Day} pi-001: 25 stored, 0 in InfluxDB", StringComparison.Ordinal));
            (await RunAsync(["rebuild", "influx", .. where])).Code.Should().Be(0);
            await InfluxServer.UntilAsync(async () => await influx.NumberAsync(Count) == 25);
            (await RunAsync(["compare", "influx", .. where])).Code.Should().Be(0);
        }

        await influx.QueryAsync("DROP MEASUREMENT temperature");
        (await RunAsync("rebuild", "influx", "--data", scene.DataFolder)).Code.Should().Be(0);
        await using var again = await scene.ServeAsync(influx.Options);
        await CaughtUpAsync(again);
        (await influx.NumberAsync(Count)).Should().Be(25);
    }

    [Fact]
    public async Task Difference_IsFoundByTheServerItself_AndSoIsItsRepair()
    {
        await using var influx = await InfluxServer.StartedAsync();
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "08:00", "4");
        scene.Clock.Now = Scene.At("08:05");
        await using var server = await scene.ServeAsync(influx.Options);
        await InfluxServer.UntilAsync(async () => (await InfluxHealthAsync(server))["differences"]?.GetValue<int>() == 0);
        (await server.GetAsync("/health"))["reasons"]!.AsArray().Should().BeEmpty();

        await influx.QueryAsync("DELETE FROM temperature WHERE device = 'pi-001'");
        scene.Clock.Now = Scene.At("09:10");
        await InfluxServer.UntilAsync(async () => (await InfluxHealthAsync(server))["differences"]?.GetValue<int>() == 1);
        (await server.GetAsync("/health"))["reasons"]!.ToJsonString().Should().Contain("does not hold what the record store holds");
        await InfluxServer.UntilAsync(() => HappenedAsync(server, "projection-differs"));

        (await RunAsync("rebuild", "influx", "--data", scene.DataFolder, "--server", server.App.Address.ToString())).Code.Should().Be(0);
        await InfluxServer.UntilAsync(() => HappenedAsync(server, "projection-equal-again"));
        (await server.GetAsync("/health"))["reasons"]!.ToJsonString().Should().NotContain("InfluxDB does not hold");
        (await influx.NumberAsync(Count)).Should().Be(25);
    }

    private static async Task<bool> HappenedAsync(ServedScene server, string kind) =>
        (await server.GetAsync("/api/v1/events")).AsArray().Any(happened => happened!["kind"]!.GetValue<string>() == kind);

    private static Task CaughtUpAsync(ServedScene server) =>
        InfluxServer.UntilAsync(async () => (await InfluxHealthAsync(server))["packsBehind"]!.GetValue<long>() == 0);

    private static async Task<System.Text.Json.Nodes.JsonNode> InfluxHealthAsync(ServedScene server) =>
        (await server.GetAsync("/health"))["numbers"]!["influx"]!;

    private static async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        using var text = new StringWriter();
        var code = await ProjectionsCommand.Create().Parse(arguments).InvokeAsync(new() { Output = text, Error = text });
        return (code, text.ToString());
    }
}
