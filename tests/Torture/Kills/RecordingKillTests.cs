using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Recording;
using Xunit.Abstractions;

namespace ColdChain.Torture.Tests.Kills;

/// <summary>
/// Invariants 2, 3 and 8: whoever dies without warning, and whenever, every reading is stored once in the end, and judged as if nobody had.
/// </summary>
[Trait("Needs", "recording")]
[UnsupportedOSPlatform("windows")]
public sealed class RecordingKillTests(CleanRun clean, ITestOutputHelper output) : IClassFixture<CleanRun>
{
    private const int SeedOfTheDeletedDatabase = 10;

    /// <summary>Ten seeds; or those from the first to the last that the environment names, for a longer run.</summary>
    public static TheoryData<int> Seeds => Environment.GetEnvironmentVariable("TORTURE_SEEDS")?.Split('-') is [var first, var last]
        ? [.. Range(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture))]
        : [.. Range(1, SeedOfTheDeletedDatabase)];

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait("Needs", "mosquitto")]
    public async Task Recording_WhileBrokerServerAndEdgeAreKilled_IsStoredOnceAndJudgedTheSame(int seed)
    {
        var log = FridgeTag.Read();
        await using var site = await RecordingSite.StartAsync(log, FridgeTag.Path);
        var databases = 0;
        var run = new KillRun(site, log.Samples.Count)
        {
            Killed = part => databases += part == Part.Broker && site.Broker.KeepsDatabase && site.Broker.DeleteDatabase() ? 1 : 0,
        };
        if (seed == SeedOfTheDeletedDatabase)
        {
            await site.Broker.KillAsync();
            site.Broker.KeepsDatabase = true;
            await site.Broker.StartAsync();
        }

        try
        {
            await run.RunAsync(KillPlan.Of(seed));
            await site.StopAsync();
        }
        catch
        {
            output.WriteLine(site.Output);
            throw;
        }

        output.WriteLine($"deaths: {string.Join(", ", run.Deaths.Select(death => $"{death.Part} {death.At}"))}; acknowledged at deaths of the server: {string.Join(", ", run.Acknowledged)}");
        await using var record = RecordStore.Open(site.Record, TimeProvider.System);
        record.Read(Judgement.Of).MustBe(await clean.JudgementAsync());
    }

    private static IEnumerable<int> Range(int first, int last) => Enumerable.Range(first, last - first + 1);
}
