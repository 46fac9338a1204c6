using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;
using ColdChain.Tests.Shared;
using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Tests.Outbox;

/// <summary>A file that is a copy must not take rows as acknowledged that its twin has delivered under the same numbers.</summary>
public sealed class CopiedOutboxTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Some.Noon);
    private readonly HeldReadings _server = new();

    private string Original => _folder.File("original.db");

    private string Copy => _folder.File("copy.db");

    [Fact]
    public void OlderImage_ThatMeasuredNothingSince_LearnsItFromTheNumbers()
    {
        CopyAfter(appended: 5, acknowledged: 3, goesOnTo: 9);
        using var copy = Open(Copy);
        var epoch = copy.Epoch;

        copy.Apply(_server.Statement(epoch)).Should().Be(AckOutcome.Cloned);

        copy.Epoch.Should().NotBe(epoch).And.MatchRegex("^[0-9a-f]{32}$");
        copy.Snapshot().Previous!.Epoch.Should().Be(epoch);
        Contents(copy.Outstanding()).Should().Equal(Contents(Measured(0, 5)), "all rows go on, though three were acknowledged");
        copy.LastSeq.Should().Be(5, "under new numbers");
    }

    [Fact]
    public void OlderImage_ThatMeasuredOnUnderTheSameNumbers_LearnsItFromTheContents()
    {
        CopyAfter(appended: 5, acknowledged: 5, goesOnTo: 9);
        using var copy = Open(Copy);
        copy.Append(Measured(100, count: 20));
        _server.Take(copy.Outstanding().Skip(10)); // What goes out before the first statement comes: the newest rows, under numbers of their own.

        copy.Apply(_server.Statement(copy.Epoch)).Should().Be(AckOutcome.Cloned);

        Contents(copy.Outstanding()).Should().Equal(Contents([.. Measured(0, 5), .. Measured(100, 20)]), "not one counts as delivered");
        copy.LastSeq.Should().Be(25);
    }

    [Fact]
    public void Original_WhileItsCopyIsSilent_IsObeyedAsEver()
    {
        CopyAfter(appended: 5, acknowledged: 3, goesOnTo: 9);
        using var original = Open(Original);
        original.Append(Measured(50, count: 3));
        _server.Take(original.Outstanding());

        original.Apply(_server.Statement(original.Epoch)).Should().Be(AckOutcome.Obeyed);

        original.Snapshot().Unacked.Should().Be(0);
        original.Snapshot().Previous.Should().BeNull();
    }

    [Fact]
    public void SetAside_IsTheWholeOldOutbox()
    {
        CopyAfter(appended: 5, acknowledged: 3, goesOnTo: 9);
        string epoch;
        using (var copy = Open(Copy))
        {
            epoch = copy.Epoch;
            copy.Apply(_server.Statement(epoch));
        }

        using var aside = Open(_folder.File(_folder.Names().Single(name => name.StartsWith("copy.db.cloned-", StringComparison.Ordinal))));
        aside.Epoch.Should().Be(epoch);
        aside.LastSeq.Should().Be(5);
        aside.Outstanding().Should().HaveCount(2);
        Rows(aside).Should().Be(5, "acknowledged rows are in it as well");
    }

    [Fact]
    public void NewEpoch_SurvivesAStart_AndIsDeliveredLikeAnyOther()
    {
        CopyAfter(appended: 5, acknowledged: 3, goesOnTo: 9);
        string epoch;
        using (var copy = Open(Copy))
        {
            copy.Apply(_server.Statement(copy.Epoch));
            epoch = copy.Epoch;
        }

        using var again = Open(Copy);
        again.Epoch.Should().Be(epoch);
        again.Append(Measured(200, count: 1));
        _server.Take(again.Outstanding());
        again.Apply(_server.Statement(epoch)).Should().Be(AckOutcome.Obeyed);
        again.Snapshot().Unacked.Should().Be(0);
        _server.Conflicts.Should().Be(0);
    }

    [Fact]
    public void Previous_NamesTheRowsThatAreSurelyThoseOfTheLeftEpoch()
    {
        using (var original = Open(Original))
        {
            original.Append(Measured(0, count: 10));
            var rows = original.Outstanding();
            _server.Take([.. rows.Take(3), .. rows.Skip(5).Take(3)]);
            original.Apply(_server.Statement(original.Epoch)).Should().Be(AckOutcome.Obeyed);
        }

        DatabaseCopy.Make(Original, Copy);
        using (var original = Open(Original))
        {
            Deliver(original, Measured(50, count: 5));
        }

        var epoch = "";
        using (var copy = Open(Copy))
        {
            epoch = copy.Epoch;
            copy.Apply(_server.Statement(epoch)).Should().Be(AckOutcome.Cloned);
        }

        using var again = Open(Copy);
        again.Snapshot().Previous.Should().Be(new PreviousOutbox(epoch, Some.Ranges("1-8"), Unread: false), "9 and 10 go on too, and might be the copy's own");
        again.Outstanding().Should().HaveCount(10);
    }

    [Fact]
    public void Source_KnowsWhereItWas_ThoughItsLastSampleWasAcknowledged()
    {
        CopyAfter(appended: 5, acknowledged: 5, goesOnTo: 9);
        using var copy = Open(Copy);
        var newest = copy.Newest(Some.Load);

        copy.Apply(_server.Statement(copy.Epoch)).Should().Be(AckOutcome.Cloned);

        copy.Newest(Some.Load).Should().Be(newest).And.NotBeNull();
    }

    [Fact]
    public void Store_ThatWasPinned_StaysPinned()
    {
        CopyAfter(appended: 5, acknowledged: 3, goesOnTo: 9);
        using var copy = Open(Copy);
        copy.Apply(_server.Statement(copy.Epoch));

        copy.Apply(_server.Statement(copy.Epoch) with { Store = "store-2" }).Should().Be(AckOutcome.ForeignStore);
    }

    [Fact]
    public void Contents_OfRowsThatWerePrunedSince_NeedNoRow()
    {
        using var outbox = Open(Original);
        Deliver(outbox, Measured(0, count: 10));
        _time.Advance(TimeSpan.FromDays(31));
        outbox.Prune(_time.Now()).Should().Be(10);

        Deliver(outbox, Measured(20, count: 5)).Should().Be(AckOutcome.Obeyed);

        outbox.Append(Measured(40, count: 1));
        _server.Take([outbox.Outstanding()[0] with { Value = Celsius.FromMilli(1) }]);
        outbox.Apply(_server.Statement(outbox.Epoch)).Should().Be(AckOutcome.Cloned, "the sum goes on behind what was pruned");
    }

    [Fact]
    public void Server_RestoredFromABackup_IsObeyed()
    {
        using var outbox = Open(Original);
        var before = Measured(0, count: 10);
        Deliver(outbox, before);
        var backup = _server.Statement(outbox.Epoch);
        Deliver(outbox, Measured(20, count: 10));

        outbox.Apply(backup).Should().Be(AckOutcome.Obeyed, "a statement may shrink");

        outbox.Outstanding().Should().HaveCount(10);
        outbox.Apply(_server.Statement(outbox.Epoch)).Should().Be(AckOutcome.Obeyed);
    }

    [Fact]
    public void Server_RestoredToBeforeWhatWasPruned_CannotBeCompared_AndIsSentEverything()
    {
        using var outbox = Open(Original);
        Deliver(outbox, Measured(0, count: 10));
        var backup = _server.Statement(outbox.Epoch);
        Deliver(outbox, Measured(20, count: 10));
        _time.Advance(TimeSpan.FromDays(31));
        outbox.Prune(_time.Now()).Should().Be(20);
        Deliver(outbox, Measured(40, count: 3));

        outbox.Apply(backup).Should().Be(AckOutcome.Cloned, "whose readings it will hold under 11 to 20 cannot be told from here on");

        Contents(outbox.Outstanding()).Should().Equal(Contents(Measured(40, 3)), "what is still here goes out again");
        outbox.Snapshot().Previous!.Carried.Should().Be(Some.Ranges("21-23"));
    }

    [Fact]
    public void RowThatRotted_IsNotInTheSum_AndHindersNobody()
    {
        using (var before = Open(Original))
        {
            before.Append(Measured(0, count: 5));
        }

        using (var connection = new SqliteConnection($"Data Source={Original};Pooling=False"))
        {
            connection.Open();
            connection.Execute("UPDATE reading SET probe = 'not a probe' WHERE seq = 3");
        }

        using var outbox = Open(Original);
        _server.Take(outbox.Outstanding());
        outbox.Snapshot().Gone.Should().ContainSingle().Which.From.Should().Be(3);

        var answer = _server.Statement(outbox.Epoch);
        outbox.Apply(answer with { Ranges = answer.Ranges.Add(3, 3) }).Should().Be(AckOutcome.Obeyed, "what is declared lost is covered, and not in the sum");

        outbox.Snapshot().Unacked.Should().Be(0);
    }

    [Fact]
    public void Server_OfAnEarlierVersion_SaysNoSum_AndIsObeyed()
    {
        using var outbox = Open(Original);
        Deliver(outbox, Measured(0, count: 10));
        outbox.Append(Measured(20, count: 2));
        _server.Take(outbox.Outstanding());

        outbox.Apply(_server.Statement(outbox.Epoch) with { Contents = null }).Should().Be(AckOutcome.Obeyed);
        outbox.Append(Measured(30, count: 2));
        _server.Take(outbox.Outstanding());
        outbox.Apply(_server.Statement(outbox.Epoch)).Should().Be(AckOutcome.Obeyed, "all rows are still here to be added up");
    }

    [Fact]
    public void Sum_ThatBeginsLater_ComparesWhatItCovers()
    {
        using var outbox = Open(Original);
        Deliver(outbox, Measured(0, count: 10));
        outbox.Append(Measured(20, count: 2));
        var rows = outbox.Outstanding();
        _server.Take(rows);
        var from11 = rows.Aggregate(new ContentSum(11, 0), (sum, reading) => sum.With(reading));

        outbox.Apply(_server.Statement(outbox.Epoch) with { Contents = from11 with { Value = from11.Value + 1 } }).Should().Be(AckOutcome.Cloned);
    }

    [Fact]
    public void Copy_ThatCannotBeMade_LeavesTheFileAsItIs_AndIsMadeLater()
    {
        CopyAfter(appended: 5, acknowledged: 3, goesOnTo: 9);
        using var copy = Open(Copy);
        var (epoch, rows) = (copy.Epoch, copy.Outstanding());
        var obstacle = Directory.CreateDirectory($"{Copy}.cloned-{_time.Now().ToDateTimeOffset():yyyyMMdd'T'HHmmss.fff'Z'}.part");

        copy.Apply(_server.Statement(epoch)).Should().Be(AckOutcome.ClonedAndKept);
        copy.Apply(_server.Statement(epoch)).Should().Be(AckOutcome.ClonedAndKept);

        copy.Epoch.Should().Be(epoch);
        copy.Outstanding().Should().Equal(rows, "nothing counts as delivered");
        obstacle.Delete();
        _time.Advance(SqliteOutbox.LeaveAgainAfter);
        copy.Apply(_server.Statement(epoch)).Should().Be(AckOutcome.Cloned);
        Contents(copy.Outstanding()).Should().Equal(Contents(Measured(0, 5)));
    }

    [Fact]
    public void WhatAPowerCutLeftOfACopy_IsRemovedByTheNext()
    {
        CopyAfter(appended: 5, acknowledged: 3, goesOnTo: 9);
        _folder.Write("copy.db.cloned-20260101T000000.000Z.part", "half of it");
        using var copy = Open(Copy);

        copy.Apply(_server.Statement(copy.Epoch)).Should().Be(AckOutcome.Cloned);

        _folder.Names().Should().NotContain(name => name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void Disagreement_AboutTheSumItself_EndsAfterSomeEpochs()
    {
        using var outbox = Open(Original);
        for (var times = 0; times < 10; times++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            outbox.Append(Measured(times, count: 1));
            _server.Take(outbox.Outstanding());
            var outcome = outbox.Apply(_server.Statement(outbox.Epoch) with { Contents = new ContentSum(1, 7) });
            outcome.Should().Be(times < SqliteOutbox.LeavesMax ? AckOutcome.Cloned : AckOutcome.ClonedAndKept);
        }

        outbox.Outstanding().Should().HaveCount(10, "nothing was ever confirmed");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>An outbox of which a copy was made after so many rows, and which has delivered more since.</summary>
    private void CopyAfter(int appended, int acknowledged, int goesOnTo)
    {
        using var original = Open(Original);
        original.Append(Measured(0, appended));
        _server.Take(original.Outstanding().Take(acknowledged));
        original.Apply(_server.Statement(original.Epoch)).Should().Be(AckOutcome.Obeyed);
        original.Append([]); // Writes the statement as well.
        DatabaseCopy.Make(Original, Copy);
        Deliver(original, Measured(10, goesOnTo - appended)).Should().Be(AckOutcome.Obeyed);
    }

    private AckOutcome Deliver(SqliteOutbox outbox, IReadOnlyList<Measurement> measurements)
    {
        outbox.Append(measurements);
        _server.Take(outbox.Outstanding());
        return outbox.Apply(_server.Statement(outbox.Epoch));
    }

    private SqliteOutbox Open(string path) => Some.Outbox(path, _time);

    private static IReadOnlyList<Measurement> Measured(int fromSecond, int count) =>
        [.. Enumerable.Range(fromSecond, count).Select(second => Of(Some.Noon + TimeSpan.FromSeconds(second), second))];

    // One in three is the state of a signal: it goes along like a temperature.
    private static Measurement Of(Instant at, int second) => second % 3 == 0
        ? new Measurement(Some.Load, at, null, null, null, null, null, state: second % 2 == 0)
        : Some.Measurement(4000 + second, at);

    private static IEnumerable<(ProbeId, Instant?, Celsius?, bool?)> Contents(IEnumerable<Reading> rows) =>
        rows.Select(row => (row.Probe, row.MeasuredAt, row.Value, row.State));

    private static IEnumerable<(ProbeId, Instant?, Celsius?, bool?)> Contents(IEnumerable<Measurement> measurements) =>
        measurements.Select(one => (one.Probe, one.MeasuredAt, one.Value, one.State));

    private static int Rows(SqliteOutbox outbox)
    {
        outbox.ForgetStore();
        return outbox.Outstanding().Count;
    }
}
