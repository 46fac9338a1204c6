using System.Globalization;
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
            var rows = Rows(first, Math.Min(last, first + max - 1));
            return rows.TrueForAll(row => row.Reading is not null)
                ? rows.ConvertAll(row => row.Reading!)
                : Sound(rows, exclude, max);
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
                _place.FreeBytes,
                [.. _delivery.Gone.Ranges.Take(GoneMax).Select(range => new Gone(range.First, range.Last, "no longer in the outbox"))],
                _foreignStore, _setAside, _previous, ToldAnchors());
        }
    }

    private List<(long Seq, Reading? Reading)> Rows(long first, long last) => _connection.Query(
        """
        SELECT seq, probe, measured_at, celsius, fault, raw_frame, boot, mono FROM reading
        WHERE seq BETWEEN $first AND $last ORDER BY seq
        """,
        ToReading, ("$first", first), ("$last", last));

    // A row that rotted is told as lost, and stays in the file; otherwise it would stand in the way of every row behind it for ever.
    private IReadOnlyList<Reading> Sound(List<(long Seq, Reading? Reading)> rows, SeqRanges exclude, int max)
    {
        var bad = SeqRanges.From(rows.Where(row => row.Reading is null).Select(row => row.Seq));
        var left = _delivery with { Absent = _delivery.Absent.Union(bad) };
        using (var transaction = _connection.BeginTransaction())
        {
            Write(left);
            transaction.Commit();
        }

        (_delivery, _deliveryIsWritten) = (left, true);
        _logger.LogCritical("The outbox {Path} can no longer read its rows {Seqs}; they are told to the server as lost.", _place.Name, bad);
        return Unacknowledged(exclude, max);
    }

    private (long Seq, Reading? Reading) ToReading(SqliteDataReader row)
    {
        var seq = row.GetInt64(0);
        try
        {
            var measurement = new Measurement(
                new ProbeId(_device, row.GetString(1)), row.IsDBNull(2) ? null : new Instant(row.GetInt64(2)), ToCelsius(row, 3),
                Text(row, 4), Text(row, 5), Text(row, 6), row.IsDBNull(7) ? null : row.GetInt64(7));
            return (seq, measurement.Numbered(new ReadingKey(_device, Epoch, seq)));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return (seq, null);
        }
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Celsius? ToCelsius(SqliteDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            return null;
        }

        return Celsius.TryParse(row.GetString(column), out var value)
            ? value
            : throw new FormatException($"'{row.GetString(column)}' is stored as a temperature.");
    }

    private string? ReadMeta(string name) => (string?)_connection.Scalar("SELECT value FROM meta WHERE name = $name", ("$name", name));

    private SeqRanges ReadRanges(string name) => SeqRanges.TryParse(ReadMeta(name) ?? "", out var ranges)
        ? ranges
        : throw new OutboxException($"{_place.Name} holds no readable set '{name}'; give the agent another outbox path and keep this file");

    private ContentSum? ReadContents() =>
        ReadMeta("contents")?.Split(':') is [var from, var hex] && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && ContentSum.TryParseHex(hex, out var value)
            ? new ContentSum(seq, value)
            : null;

    private long ReadLastSeq() =>
        Convert.ToInt64(_connection.Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'reading'") ?? 0L, CultureInfo.InvariantCulture);

    private void WriteMeta(string name, string value) =>
        _connection.Execute(
            "INSERT INTO meta VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = $value", ("$name", name), ("$value", value));

    private void WriteDelivery()
    {
        if (!_deliveryIsWritten)
        {
            Write(_delivery);
        }
    }

    private void Write(Delivery delivery)
    {
        WriteMeta("acknowledged", delivery.Acknowledged.ToString());
        WriteMeta("absent", delivery.Absent.ToString());
        WriteMeta("contents", delivery.Contents is { } contents ? string.Create(CultureInfo.InvariantCulture, $"{contents.From}:{contents.ToHex()}") : "");
    }

    private void WriteStatement(string store, List<RefusedReading> refused)
    {
        using var transaction = _connection.BeginTransaction();
        WriteMeta("store", store);
        foreach (var reading in refused)
        {
            _connection.Execute(
                "INSERT INTO refused VALUES ($seq, $reason) ON CONFLICT DO NOTHING", ("$seq", reading.Seq), ("$reason", reading.Reason));
        }

        WriteDelivery();
        transaction.Commit();
        (_store, _deliveryIsWritten) = (store, true);
        _refused = _refused.Union(SeqRanges.From(refused.Select(reading => reading.Seq)));
        foreach (var reading in refused)
        {
            _logger.LogWarning("The server refused reading {Seq}, which stays in the outbox: {Reason}", reading.Seq, ShownText.Of(reading.Reason, WireLimits.ReasonLengthMax));
        }
    }
}
