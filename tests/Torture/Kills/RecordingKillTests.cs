using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Recording;
using ColdChain.Torture.Tests.Sites;
using Xunit.Abstractions;

namespace ColdChain.Torture.Tests.Kills;

/// <summary>
/// Invariants 2, 3 and 8: whoever dies without warning, and whenever, every reading is stored once in the end, and judged as if nobody had.
/// </summary>
[Trait("Needs", "recording")]
public sealed class RecordingKillTests(CleanRun clean, ITestOutputHelper output) : IClassFixture<CleanRun>
{
    private const int SeedOfTheDeletedDatabase = 10;
    private static readonly Part[] Everybody = [Part.Edge, Part.Server, Part.Broker];

    /// <summary>Ten seeds; or those that the environment names as <c>TORTURE_SEEDS=first-last</c>, for a longer run.</summary>
    public static TheoryData<int> Seeds => Environment.GetEnvironmentVariable("TORTURE_SEEDS")?.Split('-') is [var first, var last]
        ? [.. FromTo(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture))]
        : [.. FromTo(1, SeedOfTheDeletedDatabase)];

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait("Needs", "mosquitto")]
    public async Task Recording_WhileBrokerServerAndEdgeAreKilled_IsStoredOnceAndJudgedTheSame(int seed)
    {
        var log = FridgeTag.Read();
        await using var site = await RecordingSite.StartAsync(log, FridgeTag.Path);
        var databases = 0;
        if (seed == SeedOfTheDeletedDatabase)
        {
            await site.Broker.KillAsync();
            site.Broker.KeepsDatabase = true;
            await site.Broker.StartAsync();
        }

        var run = new KillRun(site, log.Samples.Count, output)
        {
            Killed = part => databases += part == Part.Broker && site.Broker.KeepsDatabase && site.Broker.DeleteDatabase() ? 1 : 0,
        };
        await run.RunAsync(KillPlan.Of(seed));

        new StoredPacks(site.Record, RecordingFleet.Probe.Device).MustHoldEachOnce(log.Samples.Count);
        run.UnderWay.Should().Contain(Everybody, "each died while readings were on their way");
        run.Acknowledged.Should().Contain(count => count > 0);
        (databases > 0).Should().Be(site.Broker.KeepsDatabase);
        await using var record = RecordStore.Open(site.Record, TimeProvider.System);
        record.Read(Judgement.Of).MustBe(await clean.JudgementAsync());
        HeldForSilence(record).Should().Equal(TimeSpan.FromMinutes(352));
    }

    /// <summary>The unknown times for which anything was ever held: the recording has one, and what was merely late is none.</summary>
    private static IEnumerable<TimeSpan> HeldForSilence(RecordStore record) => record.Read(session =>
        HoldStore.OfUnit(session, RecordingFleet.Unit)
            .Select(hold => hold.FindingId).Distinct()
            .Select(id => FindingStore.Find(session, id)!.Finding.Stretch) // A hold has its finding.
            .Where(stretch => stretch.Side == Side.Unknown)
            .Select(stretch => stretch.Duration)
            .ToList());

    private static IEnumerable<int> FromTo(int first, int last) => Enumerable.Range(first, last - first + 1);
}
