using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Outbox;

/// <summary>
/// What happens when this file turns out to be a copy: a memory card was cloned and its twin has delivered, or an older image was restored.
/// The server then holds other readings under this file's numbers, and would confirm rows that it has never seen. So a statement is obeyed
/// only when the contents that it covers are this file's; otherwise the file is set aside and what was not acknowledged goes on in a new
/// epoch, under new numbers. A reading that the server has after all is the same sample in two epochs, and counts once.
/// </summary>
internal sealed partial class SqliteOutbox
{
    /// <summary>More new epochs in one run come from a disagreement about the sum itself, not from copies: then nothing is obeyed, only told.</summary>
    public const int LeavesMax = 3;

    /// <summary>A copy that could not be made, because the card is full, is tried again after this.</summary>
    public static readonly TimeSpan LeaveAgainAfter = TimeSpan.FromMinutes(10);

    private const int RowsAtOnce = 1000;

    private int _leaves;
    private long? _leaveTriedAt;

    /// <summary>How a statement contradicts this file; null when it does not, or cannot be compared.</summary>
    private string? Contradiction(Ack ack, SeqRanges covered)
    {
        if (covered.Last > _lastSeq)
        {
            return $"the server holds numbers up to {covered.Last}, and this file has given only {_lastSeq}";
        }

        return ack.Contents is { } theirs && OwnContents(covered, theirs.From) is { } own && own != theirs
            ? "the server holds other readings under this file's numbers"
            : null;
    }

    /// <summary>
    /// The sum of this file's contents that a statement covers, out of that of the statement before; null when a row that it needs is not
    /// here any more, or not readable. The statement before was compared, so that what was pruned since is not needed.
    /// </summary>
    private ContentSum? OwnContents(SeqRanges covered, long from)
    {
        var known = _delivery.Contents is { } last && last.From == from ? last : (ContentSum?)null;
        var before = known is null ? SeqRanges.Empty : _delivery.Acknowledged;
        return Changed(known ?? new ContentSum(from, 0), covered.Except(before), (sum, reading) => sum.With(reading)) is { } grown
            ? Changed(grown, before.Except(covered), (sum, reading) => sum.Without(reading))
            : null;
    }

    private ContentSum? Changed(ContentSum sum, SeqRanges seqs, Func<ContentSum, Reading, ContentSum> change)
    {
        var wanted = sum.From > 1 ? seqs.Except(SeqRanges.Of(1, sum.From - 1)) : seqs;
        while (!wanted.IsEmpty)
        {
            var (first, last) = wanted.Ranges[0];
            var end = Math.Min(last, first + RowsAtOnce - 1);
            var rows = Rows(first, end);
            if (rows.Count != end - first + 1 || rows.Exists(row => row.Reading is null))
            {
                return null;
            }

            sum = rows.Aggregate(sum, (all, row) => change(all, row.Reading!)); // None is missing.
            wanted = wanted.Except(SeqRanges.Of(first, end));
        }

        return sum;
    }

    private AckOutcome LeaveEpoch(string contradiction)
    {
        if (_leaves >= LeavesMax || (_leaveTriedAt is { } triedAt && _clock.Time.GetElapsedTime(triedAt) < LeaveAgainAfter))
        {
            return AckOutcome.ClonedAndKept;
        }

        var left = Epoch;
        string? aside = null;
        try
        {
            aside = _place.CopyAside(_connection, Instant.Now(_clock.Time));
            var carried = MoveToNewEpoch();
            _leaves++;
            _logger.LogCritical(
                "The outbox {Path} is a copy: {Contradiction}. It was set aside as {Aside}, and {Carried} rows go on under a new epoch {Epoch} "
                + "(before: {Left}). Look for a second device with this one's memory card, or a card restored from an older image.",
                _place.Name, contradiction, aside, carried, Epoch, left);
            return AckOutcome.Cloned;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException && !OutboxFile.IsDamage(e))
        {
            _leaveTriedAt = _clock.Time.GetTimestamp();
            _logger.LogCritical(
                e, "The outbox {Path} is a copy: {Contradiction}. It could not be set aside; nothing of it counts as acknowledged until it can. "
                + "Make room on the card; it is tried again after {Pause}.", _place.Name, contradiction, LeaveAgainAfter);
            if (aside is not null && e is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL })
            {
                _place.Remove(aside); // Nothing has changed in this file, and a copy at each try would fill the card for good.
            }

            return AckOutcome.ClonedAndKept;
        }
    }

    // One transaction: a power cut leaves the old epoch with all its rows, or the new one with those that go on.
    private long MoveToNewEpoch()
    {
        var epoch = _place.NewEpoch();

        // Of what goes on, only rows that lie among acknowledged ones are known to be those that the server has heard of: the others may be
        // this copy's own, under numbers that mean its twin's readings.
        var outstanding = _delivery.Outstanding(_lastSeq);
        var common = _delivery.Acknowledged.Last is > 0 and var last ? outstanding.Except(Above(last)) : SeqRanges.Empty;
        var previous = new PreviousOutbox(Epoch, common, Unread: false);
        using var transaction = _connection.BeginTransaction();
        _connection.Execute("CREATE TEMP TABLE carried AS SELECT * FROM reading WHERE 0");
        foreach (var (first, end) in outstanding.Ranges)
        {
            _connection.Execute("INSERT INTO carried SELECT * FROM reading WHERE seq BETWEEN $first AND $last", ("$first", first), ("$last", end));
        }

        // The newest sample of each probe comes along, though it be acknowledged: by it a source knows where it was.
        _connection.Execute("""
            INSERT INTO carried SELECT * FROM reading WHERE seq NOT IN (SELECT seq FROM carried)
                AND seq IN (SELECT max(seq) FROM reading WHERE measured_at IS NOT NULL GROUP BY probe);
            DELETE FROM reading;
            DELETE FROM refused;
            DELETE FROM sqlite_sequence WHERE name = 'reading';
            DELETE FROM meta WHERE name IN ('acknowledged', 'absent', 'contents');
            INSERT INTO reading (probe, measured_at, celsius, fault, raw_frame, boot, mono, written_at, state)
                SELECT probe, measured_at, celsius, fault, raw_frame, boot, mono, written_at, state FROM carried ORDER BY seq;
            DROP TABLE carried;
            """);
        WritePrevious(previous);
        WriteMeta("epoch", epoch);
        transaction.Commit();
        (_previous, Epoch, _delivery, _refused, _deliveryIsWritten) = (previous, epoch, Delivery.None, SeqRanges.Empty, true);
        return _lastSeq = ReadLastSeq();
    }

    private static SeqRanges Above(long seq) => SeqRanges.Of(seq + 1, long.MaxValue - 1);

    // 'unread' for an outbox that could not be read; otherwise its epoch and the numbers that were carried over.
    private PreviousOutbox? ReadPrevious() => ReadMeta("previous")?.Split(':') switch
    {
        null => null,
        [var epoch, var carried] when SeqRanges.TryParse(carried, out var ranges) => new PreviousOutbox(epoch, ranges, Unread: false),
        _ => new PreviousOutbox(null, SeqRanges.Empty, Unread: true),
    };

    private void WritePrevious(PreviousOutbox previous) => WriteMeta("previous", $"{previous.Epoch}:{previous.Carried}");
}
