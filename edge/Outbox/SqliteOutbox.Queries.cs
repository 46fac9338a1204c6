using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Sensors;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Outbox;

/// <summary>What can be asked of the outbox, and how its few remembered values are written.</summary>
internal sealed partial class SqliteOutbox
{
    private const int GoneMax = 100;

    /// <summary>
    /// The oldest readings that the server's statement does not cover and <paramref name="exclude"/> does not contain: consecutive numbers,
    /// at most <paramref name="max"/>; empty when there are none.
    /// </summary>
    public IReadOnlyList<Reading> Unacknowledged(SeqRanges exclude, int max)
    {
        lock (_gate)
        {
            var outstanding = _delivery.Outstanding(_lastSeq).Except(exclude);
            if (outstanding.IsEmpty)
            {
                return [];
            }

            var (first, last) = outstanding.Ranges[0];
            return _connection.Query(
                """
                SELECT seq, probe, measured_at, celsius, fault, raw_frame, boot, mono FROM reading
                WHERE seq BETWEEN $first AND $last ORDER BY seq
                """,
                ToReading, ("$first", first), ("$last", Math.Min(last, first + max - 1)));
        }
    }

    /// <summary>The newest sample of a probe that has an instant; null when there is none.</summary>
    public StoredSample? Newest(ProbeId probe)
    {
        lock (_gate)
        {
            return _connection.Query(
                "SELECT measured_at, celsius FROM reading WHERE probe = $probe AND measured_at IS NOT NULL ORDER BY seq DESC LIMIT 1",
                row => new StoredSample(new Instant(row.GetInt64(0)), ToCelsius(row, 1)), ("$probe", probe.Name)).FirstOrDefault();
        }
    }

    /// <summary>Readings that the server refused, each with its reason, oldest first.</summary>
    public IReadOnlyList<RefusedReading> Refused(int max)
    {
        lock (_gate)
        {
            return _connection.Query(
                "SELECT seq, reason FROM refused ORDER BY seq LIMIT $max",
                row => new RefusedReading(row.GetInt64(0), row.GetString(1)), ("$max", max));
        }
    }

    public OutboxSnapshot Snapshot()
    {
        lock (_gate)
        {
            var outstanding = _delivery.Outstanding(_lastSeq);
            return new OutboxSnapshot(
                Epoch, _store, _lastSeq,
                outstanding.IsEmpty ? 0 : outstanding.Ranges[0].First,
                outstanding.Count,
                new DriveInfo(Path.GetDirectoryName(_path)!).AvailableFreeSpace, // A full path of a file has a folder.
                [.. _delivery.Gone.Ranges.Take(GoneMax).Select(range => new Gone(range.First, range.Last, "no longer in the outbox"))],
                _foreignStore, _setAside);
        }
    }

    private Reading ToReading(SqliteDataReader row) => new()
    {
        Key = new ReadingKey(_device, Epoch, row.GetInt64(0)),
        Probe = new ProbeId(_device, row.GetString(1)),
        MeasuredAt = row.IsDBNull(2) ? null : new Instant(row.GetInt64(2)),
        Value = ToCelsius(row, 3),
        Fault = Text(row, 4),
        RawFrame = Text(row, 5),
        Boot = Text(row, 6),
        Mono = row.IsDBNull(7) ? null : row.GetInt64(7),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Celsius? ToCelsius(SqliteDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            return null;
        }

        return Celsius.TryParse(row.GetString(column), out var value)
            ? value
            : throw new SqliteException($"'{row.GetString(column)}' is stored as a temperature", SQLitePCL.raw.SQLITE_CORRUPT);
    }

    private string? ReadMeta(string name) => (string?)_connection.Scalar("SELECT value FROM meta WHERE name = $name", ("$name", name));

    private SeqRanges ReadRanges(string name) => SeqRanges.TryParse(ReadMeta(name) ?? "", out var ranges)
        ? ranges
        : throw new OutboxException($"{_path} holds no readable set '{name}'; give the agent another outbox path and keep this file");

    private void WriteMeta(string name, string value) =>
        _connection.Execute(
            "INSERT INTO meta VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = $value", ("$name", name), ("$value", value));

    private void WriteDelivery()
    {
        if (!_deliveryIsWritten)
        {
            WriteMeta("acknowledged", _delivery.Acknowledged.ToString());
            WriteMeta("absent", _delivery.Absent.ToString());
        }
    }

    private void WriteStatement(Ack ack)
    {
        using var transaction = _connection.BeginTransaction();
        SkipNumbersOfALostCopy();
        WriteMeta("store", ack.Store);
        foreach (var refused in ack.Refused)
        {
            _connection.Execute(
                "INSERT INTO refused VALUES ($seq, $reason) ON CONFLICT DO NOTHING", ("$seq", refused.Seq), ("$reason", refused.Reason));
        }

        WriteDelivery();
        transaction.Commit();
        (_store, _deliveryIsWritten, _lastSeq) = (ack.Store, true, Math.Max(_lastSeq, _delivery.Acknowledged.Last));
    }

    // The server holds numbers that this file has never given: the file is an older copy. They must not be given to other readings.
    private void SkipNumbersOfALostCopy()
    {
        var last = _delivery.Acknowledged.Last;
        if (last <= _lastSeq)
        {
            return;
        }

        _delivery = _delivery with { Absent = _delivery.Absent.Add(_lastSeq + 1, last) };
        _deliveryIsWritten = false;
        _connection.Execute("DELETE FROM sqlite_sequence WHERE name = 'reading'");
        _connection.Execute("INSERT INTO sqlite_sequence VALUES ('reading', $last)", ("$last", last));
        _logger.LogWarning(
            "The server holds numbers up to {Last} of outbox {Path}, which has given only {Given}: the file is an older copy. "
            + "The numbers between are skipped.",
            last, _path, _lastSeq);
    }
}
