using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Outbox;

public sealed class SqliteOutboxTests : IDisposable
{
    private const int All = 1000;

    private readonly TempFolder _folder = new();

    private string File => _folder.File("outbox.db");

    [Fact]
    public void Append_SeveralMeasurements_GivesConsecutiveNumbersAndKeepsContent()
    {
        using var outbox = Some.Outbox(File);
        var at = Some.Noon;
        outbox.Append([
            new Measurement(Some.Load, at, Celsius.FromMilli(-30_125), null, null, null, null),
            new Measurement(Some.Air, null, null, "power-on", "UAVLRn__DBAc", "boot-1", 1234),
            new Measurement(Some.Air, at, null, null, null, null, null, state: true),
            new Measurement(Some.Air, at, null, null, null, null, null, state: false),
        ]);

        outbox.Unacknowledged(SeqRanges.Empty, All).Should().Equal(
            new Reading
            {
                Key = new ReadingKey(Some.Device, outbox.Epoch, 1),
                Probe = Some.Load,
                MeasuredAt = at,
                Value = Celsius.FromMilli(-30_125),
            },
            new Reading
            {
                Key = new ReadingKey(Some.Device, outbox.Epoch, 2),
                Probe = Some.Air,
                Fault = "power-on",
                RawFrame = "UAVLRn__DBAc",
                Boot = "boot-1",
                Mono = 1234,
            },
            new Reading { Key = new ReadingKey(Some.Device, outbox.Epoch, 3), Probe = Some.Air, MeasuredAt = at, State = true },
            new Reading { Key = new ReadingKey(Some.Device, outbox.Epoch, 4), Probe = Some.Air, MeasuredAt = at, State = false });
    }

    [Fact]
    public void Open_AgainAfterAKill_HasEveryAppendedRowAndItsEpoch()
    {
        using var running = Some.Outbox(File);
        running.Append(Some.Measurements(3));
        // What a killed process leaves is what is on the disk now: the file and its write-ahead log.
        foreach (var part in (string[])["", "-wal"])
        {
            System.IO.File.Copy(File + part, _folder.File("left.db") + part);
        }

        using var reopened = Some.Outbox(_folder.File("left.db"));

        reopened.Epoch.Should().Be(running.Epoch).And.MatchRegex("^[0-9a-f]{32}$");
        reopened.Unacknowledged(SeqRanges.Empty, All).Should().Equal(running.Unacknowledged(SeqRanges.Empty, All));
    }

    [Fact]
    public void Unacknowledged_WithHoles_IsTheOldestRunWithoutThem()
    {
        using var outbox = Some.Outbox(File);
        outbox.Append(Some.Measurements(10));
        outbox.Apply(Some.Ack(outbox, "1-2,6"));

        Seqs(outbox.Unacknowledged(SeqRanges.Empty, All)).Should().Equal(3, 4, 5);
        Seqs(outbox.Unacknowledged(Some.Ranges("3-5"), All)).Should().Equal(7, 8, 9, 10);
        Seqs(outbox.Unacknowledged(Some.Ranges("3-5"), 2)).Should().Equal(7, 8);
        outbox.Unacknowledged(Some.Ranges("3-10"), All).Should().BeEmpty();
    }

    [Fact]
    public void Apply_LaterStatementThatCoversLess_MakesRowsOutstandingAgain_AlsoAfterReopening()
    {
        using (var outbox = Some.Outbox(File))
        {
            outbox.Append(Some.Measurements(5));
            outbox.Apply(Some.Ack(outbox, "1-5"));
            outbox.Apply(Some.Ack(outbox, "1-2"));
            Seqs(outbox.Unacknowledged(SeqRanges.Empty, All)).Should().Equal(3, 4, 5);
        }

        using var reopened = Some.Outbox(File);
        Seqs(reopened.Unacknowledged(SeqRanges.Empty, All)).Should().Equal(3, 4, 5);
    }

    [Fact]
    public void Apply_StatementOfAnotherStore_IsReportedAndNotObeyed()
    {
        using var outbox = Some.Outbox(File);
        outbox.Append(Some.Measurements(3));
        outbox.Apply(Some.Ack(outbox, "1")).Should().Be(AckOutcome.Obeyed);

        outbox.Apply(Some.Ack(outbox, "1-3", store: "store-2")).Should().Be(AckOutcome.ForeignStore);

        outbox.Snapshot().Should().BeEquivalentTo(new { Store = "store-1", ForeignStore = "store-2", Unacked = 2L, OldestUnacked = 2L });
    }

    [Fact]
    public void ForgetStore_AfterAReplacedServer_LetsTheNextOneBePinnedAndSendsEverything()
    {
        using var outbox = Some.Outbox(File);
        outbox.Append(Some.Measurements(3));
        outbox.Apply(Some.Ack(outbox, "1-3"));

        outbox.ForgetStore();

        outbox.Snapshot().Unacked.Should().Be(3);
        outbox.Apply(Some.Ack(outbox, "1", store: "store-2")).Should().Be(AckOutcome.Obeyed);
    }

    [Fact]
    public void Apply_StatementOfAnotherEpoch_ChangesNothing()
    {
        using var outbox = Some.Outbox(File);
        outbox.Append(Some.Measurements(3));

        outbox.Apply(new Ack("store-1", new string('0', 32), 3, SeqRanges.Empty, [], "")).Should().Be(AckOutcome.OtherEpoch);

        outbox.Snapshot().Should().BeEquivalentTo(new { Store = (string?)null, Unacked = 3L });
    }

    [Fact]
    public void Apply_RefusedReadings_CountAsDeliveredAndAreKeptWithTheirReason()
    {
        using var outbox = Some.Outbox(File);
        outbox.Append(Some.Measurements(3));

        outbox.Apply(Some.Ack(outbox, "1,3", refused: new RefusedReading(2, "the probe is not known")));

        outbox.Snapshot().Unacked.Should().Be(0);
        outbox.Refused(All).Should().Equal(new RefusedReading(2, "the probe is not known"));
    }

    [Fact]
    public void Apply_RefusalThatIsRepeated_IsWrittenAndToldOnce()
    {
        var log = new ListLogger();
        using var outbox = SqliteOutbox.Open(File, Some.Device, Some.Clock(), log);
        outbox.Append(Some.Measurements(3));

        foreach (var covered in (string[])["1", "1-2", "1-3"])
        {
            outbox.Apply(Some.Ack(outbox, covered, refused: new RefusedReading(2, "the probe is not known")));
        }

        log.Lines.Where(line => line.Contains("refused reading 2", StringComparison.Ordinal)).Should().ContainSingle();
        outbox.Refused(All).Should().ContainSingle();
    }

    [Theory]
    [InlineData("celsius = '4.x'")]
    [InlineData("celsius = NULL")]
    [InlineData("probe = '/'")]
    [InlineData("fault = 'io-error'")]
    public void Unacknowledged_RowThatRotted_IsToldAsLostAndNoLongerInTheWay(string rot)
    {
        using (var outbox = Some.Outbox(File))
        {
            outbox.Append(Some.Measurements(4));
        }

        Sabotage.Run(File, $"UPDATE reading SET {rot} WHERE seq = 2");
        using var damaged = Some.Outbox(File);

        Seqs(damaged.Unacknowledged(SeqRanges.Empty, All)).Should().Equal(1);
        Seqs(damaged.Unacknowledged(Some.Ranges("1"), All)).Should().Equal(3, 4);
        damaged.Snapshot().Gone.Should().ContainSingle().Which.Should().BeEquivalentTo(new { From = 2, To = 2 });
    }

    [Fact]
    public void Newest_OfAProbe_IsItsLastSampleWithAnInstant()
    {
        using var outbox = Some.Outbox(File);
        outbox.Newest(Some.Load).Should().BeNull();
        outbox.Append([
            Some.Measurement(4100),
            new Measurement(Some.Load, null, Celsius.FromMilli(9000), null, null, "boot-1", 1),
            new Measurement(Some.Air, Some.Noon + TimeSpan.FromHours(1), Celsius.FromMilli(9000), null, null, null, null),
        ]);

        outbox.Newest(Some.Load).Should().Be(new StoredSample(Some.Noon, Celsius.FromMilli(4100)));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<long> Seqs(IEnumerable<Reading> readings) => readings.Select(reading => reading.Key.Seq);
}
