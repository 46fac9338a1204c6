using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Outbox;

/// <summary>
/// What happens when this file turns out to be a copy: a memory card was cloned and its twin has delivered, or an older image was restored.
/// The server then holds other readings under this file's numbers, and would confirm rows that it has never seen. So a statement is obeyed
/// only when the contents that it covers are shown to be this file's; otherwise the file is set aside and all its rows go on in a new epoch,
/// under new numbers. A reading that the server has after all is the same sample in two epochs, and counts once.
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

    /// <summary>How a statement contradicts this file; null when it does not, or says no contents, as a server of an earlier version.</summary>
    private string? Contradiction(Ack ack, SeqRanges covered)
    {
        if (covered.Last > _lastSeq)
        {
            return $"the server holds numbers up to {covered.Last}, and this file has given only {_lastSeq}";
        }

        if (ack.Contents is not { } theirs)
        {
            return null;
        }

        return OwnContents(covered, theirs.From) switch
        {
            null => "the server no longer holds numbers whose rows were removed here, so that nobody can tell whether it holds this file's readings",
            { } own when own != theirs => "the server holds other readings under this file's numbers",
            _ => null,
        };
    }

    /// <summary>
    /// The sum of this file's contents that a statement covers, out of that of the statement before, which was compared: rows that were pruned
    /// since are in it. Null when it has to be taken down by a row that is not here any more.
    /// </summary>
    private ContentSum? OwnContents(SeqRanges covered, long from)
    {
        var known = _delivery.Contents is { } last && last.From == from ? last : (ContentSum?)null;
        var before = known is null ? SeqRanges.Empty : _delivery.Acknowledged;
        var sum = known ?? new ContentSum(from, 0);
        var (toTake, taken) = (Since(from, before.Except(covered)), 0L);
        foreach (var reading in RowsOf(toTake))
        {
            (sum, taken) = (sum.Without(reading), taken + 1);
        }

        // Numbers newly covered whose rows are not here were told as lost, and the server does not add them up.
        return taken == toTake.Count ? RowsOf(Since(from, covered.Except(before))).Aggregate(sum, (all, reading) => all.With(reading)) : null;
    }

    private static SeqRanges Since(long first, SeqRanges seqs) => first > 1 ? seqs.Except(SeqRanges.Of(1, first - 1)) : seqs;

    // What is readable of some numbers, so many at once.
    private IEnumerable<Reading> RowsOf(SeqRanges seqs)
    {
        while (!seqs.IsEmpty)
        {
            var (first, last) = seqs.Ranges[0];
            var end = Math.Min(last, first + RowsAtOnce - 1);
            foreach (var (_, reading) in Rows(first, end))
            {
                if (reading is not null)
                {
                    yield return reading;
                }
            }

            seqs = seqs.Except(SeqRanges.Of(first, end));
        }
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
                "The outbox {Path} cannot be told from a copy: {Contradiction}. It was set aside as {Aside}, and {Carried} rows go on under a new epoch {Epoch} "
                + "(before: {Left}). Look for a second device with this one's memory card, or a card restored from an older image.",
                _place.Name, contradiction, aside, carried, Epoch, left);
            return AckOutcome.Cloned;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException && !OutboxFile.IsDamage(e))
        {
            _leaveTriedAt = _clock.Time.GetTimestamp();
            _logger.LogCritical(
                e, "The outbox {Path} cannot be told from a copy: {Contradiction}. It could not be set aside; nothing of it counts as acknowledged until it can. "
                + "Make room on the card; it is tried again after {Pause}.", _place.Name, contradiction, LeaveAgainAfter);
            if (aside is not null && e is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL })
            {
                _place.Remove(aside); // Nothing has changed in this file, and a copy at each try would fill the card for good.
            }

            return AckOutcome.ClonedAndKept;
        }
    }

    // One transaction: a power cut leaves the old epoch with all its rows, or the new one with all of them. Those that were acknowledged come
    // along: what a server said that has since been restored, and has heard the twin again under these numbers, is worth nothing.
    private long MoveToNewEpoch()
    {
        var epoch = _place.NewEpoch();

        // Only rows that lie among acknowledged ones are known to be those that the server has heard of: the others may be this copy's own,
        // under numbers that mean its twin's readings.
        var heardOf = _lastSeq == 0 ? SeqRanges.Empty : SeqRanges.Of(1, _lastSeq).Except(Above(_delivery.Acknowledged.Last));
        var previous = new PreviousOutbox(Epoch, heardOf.Except(_delivery.Absent), Unread: false);
        using var transaction = _connection.BeginTransaction();
        _connection.Execute("""
            CREATE TEMP TABLE carried AS SELECT * FROM reading;
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
