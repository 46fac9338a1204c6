using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Outbox;

/// <summary>
/// Every reading of the device, durable before it is sent, kept until long after the server has acknowledged it.
/// <code>
///   Append ─→ rows (seq 1, 2, 3 …) ─→ Unacknowledged ─→ the lanes
///                     ↑                     ↑
///                   Prune            Apply(Ack): the server's whole statement, which may go down
/// </code>
/// One connection, one lock: safe for several threads. Whatever was appended survives a power cut (write-ahead log, synchronous FULL).
/// What was acknowledged may be forgotten by one: the statement is written with the next append, and repeating a delivery is harmless.
/// </summary>
internal sealed partial class SqliteOutbox : IDisposable
{
    /// <summary>So many rows are removed in one transaction: on a full card there is no room to write a larger one.</summary>
    private const int PruneBatch = 500;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly IOutboxPlace _place;
    private readonly DeviceId _device;
    private readonly DeviceClock _clock;
    private readonly ILogger _logger;
    private readonly string? _setAside;
    private PreviousOutbox? _previous;
    private Delivery _delivery;
    private SeqRanges _refused;
    private bool _deliveryIsWritten = true;
    private string? _store;
    private string? _foreignStore;
    private long _lastSeq;
    private IReadOnlyList<ClockAnchor> _anchors;

    private SqliteOutbox(IOutboxPlace place, DeviceId device, DeviceClock clock, ILogger logger)
    {
        (_place, _device, _clock, _logger) = (place, device, clock, logger);
        (_connection, var migratedFrom, _setAside) = place.Open(Instant.Now(clock.Time));
        Epoch = ReadMeta("epoch") ?? throw new OutboxException($"{place.Name} has no epoch; give the agent another outbox path");
        _store = ReadMeta("store");
        _previous = ReadPrevious();
        _delivery = new Delivery(ReadRanges("acknowledged"), ReadRanges("absent"), ReadContents());
        _refused = SeqRanges.From(_connection.Query("SELECT seq FROM refused", row => row.GetInt64(0)));
        _lastSeq = ReadLastSeq();
        _anchors = AnchorsOfThisBoot();
        if (migratedFrom is not null)
        {
            _logger.LogWarning(
                "The outbox {Path} was brought from version {Old} to {New}: an agent before this one opens it no longer",
                _place.Name, migratedFrom, OutboxSchema.Current.Version);
        }

        if (_setAside is not null)
        {
            _logger.LogCritical(
                "The outbox {Path} was damaged and has been set aside as {Aside}; a new one begins with epoch {Epoch}. Readings in it "
                + "that the server had not acknowledged are not sent, and the server is told that they are lost; keep the file for recovery.", _place.Name, _setAside, Epoch);
        }
    }

    /// <summary>The file's random id, 32 hexadecimal digits. It changes when the file turns out to be a copy.</summary>
    public string Epoch { get; private set; }

    /// <summary>The newest number given; 0 for none.</summary>
    public long LastSeq => Volatile.Read(ref _lastSeq);

    /// <summary>Opens an outbox, or makes it when there is none.</summary>
    /// <exception cref="OutboxException">
    /// The file belongs to something else, to a newer agent or to a running one, or cannot be written.
    /// </exception>
    public static SqliteOutbox Open(string path, DeviceId device, DeviceClock clock, ILogger logger) => Open(new OutboxDisk(path), device, clock, logger);

    /// <inheritdoc cref="Open(string, DeviceId, DeviceClock, ILogger)"/>
    public static SqliteOutbox Open(IOutboxPlace place, DeviceId device, DeviceClock clock, ILogger logger) => new(place, device, clock, logger);

    /// <summary>Stores measurements in one transaction and gives each its number. When this returns they survive a power cut.</summary>
    /// <exception cref="SqliteException">The disk is full or broken; nothing of the batch was stored.</exception>
    public void Append(IReadOnlyList<Measurement> measurements)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            using var insert = _connection.CreateCommand();
            insert.CommandText = """
                INSERT INTO reading (probe, measured_at, celsius, fault, raw_frame, boot, mono, written_at)
                VALUES ($probe, $measured, $celsius, $fault, $frame, $boot, $mono, $written) RETURNING seq
                """;
            var last = _lastSeq;
            foreach (var measurement in measurements)
            {
                last = Insert(insert, measurement);
            }

            var anchors = WriteAnchors();
            WriteDelivery();
            transaction.Commit();
            (_lastSeq, _deliveryIsWritten, _anchors) = (last, true, anchors);
        }
    }

    /// <summary>Takes the server's statement for what it holds, unless it is not meant for this outbox or not from its store.</summary>
    public AckOutcome Apply(Ack ack)
    {
        lock (_gate)
        {
            if (ack.Epoch != Epoch)
            {
                return AckOutcome.OtherEpoch;
            }

            if (_store is not null && _store != ack.Store)
            {
                _foreignStore = ack.Store;
                return AckOutcome.ForeignStore;
            }

            var covered = ack.Covered();
            if (Contradiction(ack, covered) is { } contradiction)
            {
                return LeaveEpoch(contradiction);
            }

            var next = _delivery with { Acknowledged = covered, Contents = ack.Contents };
            // A statement that only grew can wait for the next append; one that shrank must not come back after a restart.
            var shrank = !_delivery.Acknowledged.Except(covered).IsEmpty;
            // Every statement repeats what was refused: once written and told, it is known.
            var refused = ack.Refused.Where(reading => !_refused.Contains(reading.Seq)).ToList();
            var mustWrite = shrank || _store is null || refused.Count > 0;
            _deliveryIsWritten &= next == _delivery;
            _delivery = next;
            if (mustWrite)
            {
                WriteStatement(ack.Store, refused);
            }

            return AckOutcome.Obeyed;
        }
    }

    /// <summary>
    /// Removes acknowledged rows that were written before an instant; returns how many. Rows not acknowledged always stay, and so do those
    /// that the server refused: they are nowhere else.
    /// </summary>
    /// <exception cref="SqliteException">The disk is full or broken; what was removed before stays removed.</exception>
    public long Prune(Instant writtenBefore)
    {
        var upTo = LastWrittenBefore(writtenBefore);
        var (removed, rows) = (0L, 0L);
        do
        {
            removed += rows = PruneOnce(upTo);
        }
        while (rows > 0);
        ForgetAnchors();
        return removed;
    }

    /// <summary>
    /// Forgets the pinned record store and what it acknowledged: everything still here is sent to the next one that answers.
    /// </summary>
    public void ForgetStore()
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            _connection.Execute("DELETE FROM meta WHERE name IN ('store', 'acknowledged', 'contents')");
            transaction.Commit();
            (_store, _foreignStore, _delivery) = (null, null, _delivery with { Acknowledged = SeqRanges.Empty, Contents = null });
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_deliveryIsWritten)
            {
                WriteDelivery();
            }

            _connection.Dispose();
        }
    }

    // 0 when there is none. It looks through every younger row: asked once, not for each batch.
    private long LastWrittenBefore(Instant at)
    {
        lock (_gate)
        {
            return (long)(_connection.Scalar("SELECT max(seq) FROM reading WHERE written_at < $before", ("$before", at.Milliseconds)) ?? 0L);
        }
    }

    // Takes the lock for one batch only, so that a sample never waits for the removal of a month.
    private long PruneOnce(long upTo)
    {
        lock (_gate)
        {
            var rows = upTo > 0 ? _delivery.Prunable(upTo).Except(_refused).Lowest(PruneBatch) : SeqRanges.Empty;
            if (rows.IsEmpty)
            {
                return 0;
            }

            using var transaction = _connection.BeginTransaction();
            foreach (var (first, last) in rows.Ranges)
            {
                _connection.Execute("DELETE FROM reading WHERE seq BETWEEN $first AND $last", ("$first", first), ("$last", last));
            }

            var left = _delivery with { Absent = _delivery.Absent.Union(rows) };
            Write(left);
            transaction.Commit();
            (_delivery, _deliveryIsWritten) = (left, true);
            return rows.Count;
        }
    }

    private long Insert(SqliteCommand insert, Measurement measurement)
    {
        insert.Parameters.Clear();
        insert.Parameters.AddWithValue("$probe", measurement.Probe.Name);
        insert.Parameters.AddWithValue("$measured", (object?)measurement.MeasuredAt?.Milliseconds ?? DBNull.Value);
        insert.Parameters.AddWithValue("$celsius", (object?)measurement.Value?.ToString() ?? DBNull.Value);
        insert.Parameters.AddWithValue("$fault", (object?)measurement.Fault ?? DBNull.Value);
        insert.Parameters.AddWithValue("$frame", (object?)measurement.RawFrame ?? DBNull.Value);
        insert.Parameters.AddWithValue("$boot", (object?)measurement.Boot ?? DBNull.Value);
        insert.Parameters.AddWithValue("$mono", (object?)measurement.Mono ?? DBNull.Value);
        insert.Parameters.AddWithValue("$written", (object?)_clock.Now?.Milliseconds ?? DBNull.Value);
        return Convert.ToInt64(insert.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
