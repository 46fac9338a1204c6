using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Edge.Tests.Outbox;

/// <summary>What an outbox promises wherever it is kept: on a disk, and in the memory of the simulator, which stands for one.</summary>
public abstract class OutboxContract : IDisposable
{
    private const int All = 1000;

    private SqliteConnection? _connection;

    [Fact]
    public void Append_Returned_SurvivesADeath()
    {
        var outbox = Open();
        outbox.Append(Some.Measurements(3));
        var (epoch, rows) = (outbox.Epoch, outbox.Outstanding());
        Die();

        var reopened = Open();

        reopened.Epoch.Should().Be(epoch).And.MatchRegex("^[0-9a-f]{32}$");
        reopened.LastSeq.Should().Be(3);
        reopened.Outstanding().Should().Equal(rows);
    }

    [Fact]
    public void Transaction_NotCommitted_IsGoneAfterADeath()
    {
        var outbox = Open();
        outbox.Append(Some.Measurements(1));
        var connection = _connection!; // Open has set it.
        connection.BeginTransaction();
        connection.Execute("INSERT INTO reading (probe, celsius) VALUES ('load', '4')");
        Die();

        Open().Outstanding().Should().HaveCount(1);
    }

    [Fact]
    public void Number_OfAPrunedRow_IsNeverGivenAgain()
    {
        var outbox = Open();
        outbox.Append(Some.Measurements(3));
        outbox.Apply(Some.Ack(outbox, "1-3")).Should().Be(AckOutcome.Obeyed);
        outbox.Prune(Instant.End).Should().Be(3);
        Die();

        var reopened = Open();
        reopened.Append(Some.Measurements(1));

        reopened.Outstanding().Select(reading => reading.Key.Seq).Should().Equal(4);
    }

    [Fact]
    public void Statement_ThatShrank_DoesNotComeBackAfterADeath()
    {
        var outbox = Open();
        outbox.Append(Some.Measurements(5));
        outbox.Apply(Some.Ack(outbox, "1-5"));
        outbox.Apply(Some.Ack(outbox, "1-2"));
        Die();

        Open().Outstanding().Select(reading => reading.Key.Seq).Should().Equal(3, 4, 5);
    }

    [Fact]
    public void Append_OnAFullDisk_StoresNothingOfTheBatchAndWorksAgainWithRoom()
    {
        var outbox = Open();
        outbox.Append(Some.Measurements(1));
        var connection = _connection!; // Open has set it.
        connection.Scalar("PRAGMA max_page_count = 1");

        var full = () => outbox.Append(Some.Measurements(500));

        full.Should().Throw<SqliteException>().Which.SqliteErrorCode.Should().Be(SQLitePCL.raw.SQLITE_FULL);
        outbox.Outstanding().Should().HaveCount(1);
        connection.Scalar("PRAGMA max_page_count = 1000000");
        outbox.Append(Some.Measurements(2));
        outbox.Unacknowledged(SeqRanges.Empty, All).Select(reading => reading.Key.Seq).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Statement_OfAnotherStore_IsNotObeyedAfterADeathEither()
    {
        var outbox = Open();
        outbox.Append(Some.Measurements(2));
        outbox.Apply(Some.Ack(outbox, "1", "store-1"));
        Die();

        Open().Apply(Some.Ack(outbox, "1-2", "store-2")).Should().Be(AckOutcome.ForeignStore);
    }

    public virtual void Dispose()
    {
        Die();
        GC.SuppressFinalize(this);
    }

    /// <summary>The place where the outbox is kept; the same one each time.</summary>
    private protected abstract IOutboxPlace Place();

    private SqliteOutbox Open() => SqliteOutbox.Open(new Seen(Place(), connection => _connection = connection), Some.Device, Some.Clock(), NullLogger.Instance);

    // Its connection goes, with an open transaction; nobody tidies up.
    private void Die() => _connection?.Dispose();

    private sealed class Seen(IOutboxPlace place, Action<SqliteConnection> opened) : IOutboxPlace
    {
        public string Name => place.Name;

        public long FreeBytes => place.FreeBytes;

        public OpenedOutbox Open(Instant now)
        {
            var outbox = place.Open(now);
            opened(outbox.Connection);
            return outbox;
        }

        public string CopyAside(SqliteConnection connection, Instant now) => place.CopyAside(connection, now);

        public void Remove(string copy) => place.Remove(copy);

        public string NewEpoch() => place.NewEpoch();
    }
}
