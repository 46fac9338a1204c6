using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>A fridge that was warm from 9:00 to 10:00, which is heard of only at 18:00; a blood unit left it for a van at 12:00.</summary>
public sealed class LateDataTests : IAsyncLifetime
{
    private const string Donation = "W000024123456";
    private static readonly StorageUnitId Fridge = new("fridge-1");
    private static readonly Instant Morning = Some.At("2026-01-05T08:00:00Z");

    private readonly ManualTimeProvider _clock = new(Some.At("2026-01-05T18:00:00Z").ToDateTimeOffset());
    private IngestBench _bench = null!;
    private JudgingServer _server = null!;

    public async Task InitializeAsync()
    {
        _bench = await IngestBench.StartAsync(_clock);
        _server = new JudgingServer(_bench, _clock, JudgingServer.Plan(Fridge, (Some.Probe, Morning, Instant.End)));
        await WriteAsync(transaction =>
        {
            ContentsStore.TryEnter(transaction, new ContentsRow(0, Fridge, Donation, "RBC", Morning, At("12:00"), Morning, At("12:00")));
            ContentsStore.TryEnter(transaction, new ContentsRow(0, new StorageUnitId("van-1"), Donation, "RBC", At("12:05"), null, At("12:05"), null));
        });
    }

    public async Task DisposeAsync()
    {
        _server.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Excursion_FoundAfterABloodUnitLeft_NamesItOnce_AndSaysHowLate()
    {
        await WarmAsync();

        var finding = Rows().Should().ContainSingle().Subject;
        finding.FoundLate.Should().BeTrue();
        finding.FoundAfter.Should().Be(finding.DiscoveredAt - finding.Finding.AlarmedAt).And.BeGreaterThan(TimeSpan.FromHours(7));
        var told = _bench.Events(EventKinds.LookbackRequired).Should().ContainSingle().Subject;
        told.Payload.Should().Contain(Donation).And.Contain("2026-01-05T12:00:00.000Z").And.Contain("van-1");

        await _bench.SendAsync(Some.PackOf(Reading(13, "10:05", "7"))); // A second version.
        await _server.JudgeAsync();
        _bench.Events(EventKinds.LookbackRequired).Should().ContainSingle();
    }

    [Fact]
    public async Task Decision_OnAFindingThatChanges_IsReopened_AndTheUnitIsHeldAgain()
    {
        await WarmAsync();
        var hold = _server.Holds(Fridge).Single(row => row.Kind == HoldWords.BloodUnit);
        await SignAsync(hold, Rows()[0].Finding.Version);
        _server.Holds(Fridge).Single(row => row.Id == hold.Id).State.Should().Be(HoldWords.Decided);

        await _server.JudgeAsync();
        _bench.Events(EventKinds.DecisionReopened).Should().BeEmpty("nothing is new");
        await _bench.SendAsync(Some.PackOf(Reading(13, "10:05", "9")));
        await _server.JudgeAsync();

        _bench.Events(EventKinds.DecisionReopened).Should().ContainSingle().Which.Payload.Should().Contain($"\"hold\":{hold.Id}");
        _server.Holds(Fridge).Single(row => row.Id == hold.Id).State.Should().Be(HoldWords.Held);
        _bench.Store.Read(session => DecisionStore.Standing(session, hold.FindingId)).Should().BeEmpty();
    }

    [Fact]
    public async Task Decision_OnAVersionThatIsNotTheNewest_IsRefused()
    {
        await WarmAsync();
        var hold = _server.Holds(Fridge).Single(row => row.Kind == HoldWords.BloodUnit);

        var sign = () => SignAsync(hold, Rows()[0].Finding.Version + 1);

        await sign.Should().ThrowAsync<Exception>();
        _server.Holds(Fridge).Should().OnlyContain(row => row.Stands);
    }

    private async Task WarmAsync()
    {
        var times = Enumerable.Range(0, 12).Select(i => (Seq: i + 1, At: Morning + TimeSpan.FromMinutes(i * 10)));
        await _bench.SendAsync(Some.PackOf([.. times.Select(sample => Some.Reading(sample.Seq, sample.At >= At("09:00") ? "8" : "4", at: sample.At))]));
        await _bench.SendAsync(Some.PackOf(Reading(14, "10:10", "4"), Reading(15, "10:20", "4")));
        await _server.JudgeAsync();
    }

    private Task SignAsync(HoldRow hold, int version) => WriteAsync(transaction => DecisionStore.Sign(
        transaction, hold, new DecisionRow(0, hold.Id, DecisionKind.Release, "Dr. A", Instant.Now(_clock), "short", hold.FindingId, version, At("18:00"))));

    private Task WriteAsync(Action<StoreTransaction> write) => _bench.Store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            write(transaction);
            return true;
        },
        CancellationToken.None);

    private List<FindingRow> Rows() => _bench.Store.Read(session => FindingStore.Current(session, Fridge));

    private static Reading Reading(int seq, string time, string celsius) => Some.Reading(seq, celsius, at: At(time));

    private static Instant At(string time) => Some.At($"2026-01-05T{time}:00Z");
}
