using ColdChain.Core.Readings;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Recording;
using ColdChain.Torture.Tests.Sites;
using Xunit.Abstractions;

namespace ColdChain.Torture.Tests.Kills;

/// <summary>The recording with InfluxDB beside it, which dies for a while as well: it lacks nothing afterwards, and nobody judged otherwise.</summary>
[Trait("Needs", "recording")]
public sealed class InfluxKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 42;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Needs", "mosquitto")]
    [Trait("Needs", "influxdb")]
    public async Task Recording_WithAnInfluxThatWasAwayForAWhile_HasAsManyPointsThereAsReadings()
    {
        // The product compares the last days, today included: the recording is told as if it had ended yesterday.
        var log = EndingYesterday(FridgeTag.Read());
        await File.WriteAllTextAsync(_folder.File("recording.csv"), $"time,celsius\n{string.Concat(log.Samples.Select(sample => $"{sample.At},{sample.Value}\n"))}");
        await using var influx = await InfluxServer.StartedAsync();
        await using var site = await RecordingSite.StartAsync(log, _folder.File("recording.csv"), influx);
        KillStep[] away = [new(TimeSpan.FromSeconds(3), Part.Influx, IsDeath: true), new(TimeSpan.FromSeconds(8), Part.Influx, IsDeath: false)];
        var run = new KillRun(site, log.Samples.Count, output)
        {
            Delivered = () => InfluxServer.UntilAsync(async () => (await PerDayAsync(influx)).Sum(day => day.Count) == log.Samples.Count),
        };

        await run.RunAsync([.. KillPlan.Of(Seed).Concat(away).OrderBy(step => step.After)]);

        run.UnderWay.Should().Contain(Part.Influx, "it was away while readings were on their way");
        (await PerDayAsync(influx)).Should().Equal(
            log.Samples.GroupBy(sample => DeviceDay.StartOf(sample.At)).Select(day => (day.Key, (long)day.Count())));
        await CompareAsync(site, influx);
        new StoredPacks(site.Record, RecordingFleet.Probe.Device).MustHoldEachOnce(log.Samples.Count);
        await using var record = RecordStore.Open(site.Record, TimeProvider.System);
        record.Read(Judgement.Of).MustBe(await CleanRun.RunAsync(log));
    }

    /// <summary>The product's own comparison, as an operator runs it on a stopped server.</summary>
    private static async Task CompareAsync(RecordingSite site, InfluxServer influx)
    {
        await using var compare = ProgramProcess.Start(
            "ColdChain.Server.dll",
            ["projections", "compare", "influx", "--data", site.Data, "--days", "60", "--influx", $"{influx.Options.Address}", "--influx-database", influx.Options.Database]);
        (await compare.EndAsync()).Should().Be(0, compare.Output);
    }

    /// <summary>How many points there are on each day, asked past the product.</summary>
    private static async Task<List<(Instant Day, long Count)>> PerDayAsync(InfluxServer influx)
    {
        var answer = await influx.QueryAsync($"SELECT count(celsius) FROM temperature WHERE device = '{RecordingFleet.Probe.Device}' GROUP BY time(1d) fill(none)");
        var rows = answer["series"]?[0]!["values"]!.AsArray() ?? [];
        return [.. rows.Select(row => (new Instant(row![0]!.GetValue<long>()), row[1]!.GetValue<long>()))];
    }

    private static FridgeTag EndingYesterday(FridgeTag log)
    {
        var days = Math.Floor((Instant.Now(TimeProvider.System) - log.Samples[^1].At).TotalDays) - 1;
        return log with { Samples = [.. log.Samples.Select(sample => sample with { At = sample.At + TimeSpan.FromDays(days) })] };
    }
}
