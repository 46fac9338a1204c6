using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Outbox;

public sealed class PruneTests : IDisposable
{
    private const int All = 1000;

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Some.Noon);

    private string File => _folder.File("outbox.db");

    [Fact]
    public void Prune_OldRows_RemovesOnlyTheAcknowledgedOnes()
    {
        using var outbox = Some.Outbox(File, _time);
        outbox.Append(Some.Measurements(6));
        outbox.Apply(Some.Ack(outbox, "1-2,5-6"));
        _time.Advance(TimeSpan.FromDays(40));
        outbox.Append([Some.Measurement()]);

        outbox.Prune(_time.Now() - TimeSpan.FromDays(30)).Should().Be(4);

        outbox.Unacknowledged(SeqRanges.Empty, All).Select(reading => reading.Key.Seq).Should().Equal(3, 4);
        outbox.Snapshot().Unacked.Should().Be(3);
    }

    [Fact]
    public void Prune_OldSamplesWrittenToday_StayForTheRetention()
    {
        using var outbox = Some.Outbox(File, _time);
        outbox.Append([Some.Measurement(at: Some.Noon - TimeSpan.FromDays(1000))]);
        outbox.Apply(Some.Ack(outbox, "1"));

        outbox.Prune(_time.Now() - TimeSpan.FromDays(30)).Should().Be(0);
    }

    [Fact]
    public void Append_AfterEverythingWasPruned_NeverGivesANumberAgain()
    {
        using (var outbox = Some.Outbox(File, _time))
        {
            outbox.Append(Some.Measurements(3));
            outbox.Apply(Some.Ack(outbox, "1-3"));
            outbox.Prune(_time.Now() + TimeSpan.FromDays(1)).Should().Be(3);
        }

        using var reopened = Some.Outbox(File, _time);
        reopened.Append([Some.Measurement()]);

        reopened.LastSeq.Should().Be(4);
    }

    [Fact]
    public void Apply_ServerRestoredToBeforeThePrunedRows_DeclaresThemGone()
    {
        using var outbox = Some.Outbox(File, _time);
        outbox.Append(Some.Measurements(5));
        outbox.Apply(Some.Ack(outbox, "1-4"));
        outbox.Prune(_time.Now() + TimeSpan.FromDays(1)).Should().Be(4);

        outbox.Apply(Some.Ack(outbox, "1-2"));

        outbox.Snapshot().Gone.Should().ContainSingle().Which.Should().BeEquivalentTo(new { From = 3, To = 4 });
        outbox.Unacknowledged(SeqRanges.Empty, All).Select(reading => reading.Key.Seq).Should().Equal(5);
    }

    [Fact]
    public void Prune_RefusedRows_StayBecauseTheyAreNowhereElse()
    {
        using var outbox = Some.Outbox(File, _time);
        outbox.Append(Some.Measurements(4));
        outbox.Apply(Some.Ack(outbox, "1,3-4", refused: new RefusedReading(2, "measured in the future")));

        outbox.Prune(_time.Now() + TimeSpan.FromDays(1)).Should().Be(3);

        outbox.Everything().Select(reading => reading.Key.Seq).Should().Equal(2);
    }

    [Fact]
    public void Prune_MoreRowsThanOneTransactionTakes_RemovesThemAll()
    {
        using var outbox = Some.Outbox(File, _time);
        outbox.Append(Some.Measurements(1234));
        outbox.Apply(Some.Ack(outbox, "1-1234"));

        outbox.Prune(_time.Now() + TimeSpan.FromDays(1)).Should().Be(1234);

        outbox.Everything().Should().BeEmpty();
    }

    [Fact]
    public void Prune_ThatTheDiskRefuses_LeavesTheRowsInTheOutbox()
    {
        using (var outbox = Some.Outbox(File, _time))
        {
            outbox.Append(Some.Measurements(3));
            outbox.Apply(Some.Ack(outbox, "1-3"));
        }

        Sabotage.Run(File, Sabotage.RefuseToDelete);
        using var full = Some.Outbox(File, _time);
        var prune = () => full.Prune(_time.Now() + TimeSpan.FromDays(1));

        prune.Should().Throw<Microsoft.Data.Sqlite.SqliteException>();
        full.Everything().Should().HaveCount(3);
    }

    public void Dispose() => _folder.Dispose();
}
