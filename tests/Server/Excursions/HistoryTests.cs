using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>A long history is judged again in slices, behind what has just come.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private const int Slice = 2 * Evaluation.CheckpointEvery;
    private const int Minutes = 9 * Slice;
    private static readonly StorageUnitId Long = new("fridge-1");
    private static readonly StorageUnitId Other = new("fridge-2");
    private static readonly ProbeId LongProbe = new(new DeviceId("pi-001"), "load");
    private static readonly ProbeId OtherProbe = new(new DeviceId("pi-001"), "deep");

    private readonly ManualTimeProvider _clock = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1)); // The fleet is of this year.
    private readonly Instant _from;
    private IngestBench? _bench;
    private double _high = 6;

    public HistoryTests() => _from = Instant.Now(_clock) - TimeSpan.FromMinutes(Minutes);

    private IngestBench Bench => _bench!; // Set before each test.

    public async Task InitializeAsync()
    {
        _bench = await IngestBench.StartAsync(_clock, IngestBench.FleetOf(TwoFridges.Fleet));
        for (var minute = 0; minute < Minutes; minute += 500)
        {
            await SendAsync(LongProbe, minute, Math.Min(500, Minutes - minute), at => at % 700 is > 300 and < 320 ? 7 : at % 1000 is > 600 and < 630 ? 5.5 : 4);
        }
    }

    public async Task DisposeAsync() => await Bench.DisposeAsync();

    [Fact]
    public async Task Rule_Changed_JudgesTheHistoryAgainInSlices_WithTheSameOutcome()
    {
        using var sliced = new JudgingServer(Bench, _clock, Plans, Slice);
        await sliced.JudgeAsync();
        var before = Version();

        _high = 5;
        await MarkAsync(_from, Instant.End);
        await sliced.JudgeAsync();

        (Version() - before).Should().BeGreaterThan(5);
        Bench.Store.Read(MarkStore.Pending).Should().BeEmpty();
        var found = sliced.Findings(Long);
        found.Select(finding => (finding.Stretch.Start, finding.Stretch.End, finding.Stretch.PeakMilli)).Should().Equal(Expected());
        found.Where(finding => finding.Stretch.PeakMilli == 7000).Should().OnlyContain(finding => finding.Version == 2, "it is the same one under another limit");
    }

    [Fact]
    public async Task Reading_ThatHasJustCome_IsJudgedBeforeTheHistoryOfAnotherUnit()
    {
        using var server = new JudgingServer(Bench, _clock, Plans, Slice);
        await server.JudgeAsync();

        _high = 5;
        await MarkAsync(_from, Instant.End);
        await SendAsync(OtherProbe, Minutes - 5, 5, _ => 9);
        await server.JudgeAsync();

        var first = server.Findings(Long).Where(finding => finding.Version == 1).Min(finding => finding.Id);
        server.Findings(Other).Should().Contain(finding => finding.Stretch.Side == Side.High && finding.Id < first);
    }

    [Fact]
    public async Task Reading_ThatHasJustCome_IsJudgedBeforeLateOnesOfItsUnit_AndTheseOnlyAsFarAsTheyReach()
    {
        using var server = new JudgingServer(Bench, _clock, Plans, Slice);
        await server.JudgeAsync();
        var known = server.Findings(Long).Select(finding => finding.Id).ToHashSet();
        var before = Version();

        await SendAsync(LongProbe, 101, 1, _ => 8, firstSeq: 100_000, offset: TimeSpan.FromSeconds(30));
        await SendAsync(LongProbe, Minutes, 1, _ => 8.5);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await server.JudgeAsync();

        var found = server.Findings(Long).Where(finding => !known.Contains(finding.Id)).OrderBy(finding => finding.Id).Select(finding => finding.Stretch.PeakMilli);
        found.Should().Equal(8500, 8000);
        (Version() - before).Should().Be(2, "one evaluation of what is new, one of what came late");
    }

    private List<(Instant, Instant?, int)> Expected()
    {
        var (id, samples) = (0L, Bench.Store.Read(session => SampleSequence.Of(ReadingReader.Claims(session, [LongProbe], Instant.Beginning, Instant.End)).ToList()));
        var result = Evaluation.Run(new EvaluationInput { Plan = Plans().First(), Samples = samples, Now = Instant.Now(_clock), NextId = () => ++id });
        return [.. result.Changes.Select(change => change.Finding.Stretch).Select(stretch => (stretch.Start, stretch.End, stretch.PeakMilli))];
    }

    private UnitPlan[] Plans()
    {
        var rule = new ProbeRule { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli((int)(_high * 1000)) };
        UnitPlan Of(StorageUnitId unit, ProbeId probe) => new(unit, [new PlannedProbe(probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(_from, Instant.End, rule)]))]);
        return [Of(Long, LongProbe), Of(Other, OtherProbe)];
    }

    private Task SendAsync(ProbeId probe, int firstMinute, int count, Func<int, double> celsius, long? firstSeq = null, TimeSpan offset = default) =>
        Bench.SendAsync(new Pack(probe.Device, Epoch(probe), [.. Enumerable.Range(firstMinute, count).Select((minute, i) => new Reading
        {
            Key = new ReadingKey(probe.Device, Epoch(probe), (firstSeq ?? firstMinute + 1) + i),
            Probe = probe,
            MeasuredAt = _from + TimeSpan.FromMinutes(minute) + offset,
            Value = Celsius.FromMilli((int)(celsius(minute) * 1000)),
        })]));

    private static string Epoch(ProbeId probe) => probe == LongProbe ? Some.Epoch : Some.OtherEpoch;

    private Task MarkAsync(Instant from, Instant to) =>
        Bench.Store.WriteAsync(WritePriority.Decision, transaction => MarkStore.Append(transaction, Long, from, to), CancellationToken.None);

    private long Version() => Bench.Store.Read(session => UnitStateStore.Find(session, Long))!.Version; // It was judged.
}
