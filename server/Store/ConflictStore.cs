using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>Two contents under one key.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Key">The key that both claim.</param>
/// <param name="Probe">The probe of the reading held first.</param>
/// <param name="At">When that was measured; null without a trusted clock.</param>
/// <param name="Held">The reading held first, as a pack of one.</param>
/// <param name="Other">The reading that came later, as a pack of one.</param>
/// <param name="OtherAt">When that was measured; null without a trusted clock.</param>
/// <param name="Received">When the later one came.</param>
internal sealed record ConflictRow(
    long Id, ReadingKey Key, ProbeId Probe, Instant? At, ReadOnlyMemory<byte> Held, ReadOnlyMemory<byte> Other, Instant? OtherAt, Instant Received);

/// <summary>Conflicts: both contents are kept, and their instants are unknown to the evaluator.</summary>
internal static class ConflictStore
{
    private const string Columns = "id, device, epoch, seq, probe, at, held, other, other_at, received";

    /// <summary>Stores a conflict; false when this very one is stored already.</summary>
    public static bool TryInsert(StoreTransaction transaction, ConflictRow conflict) => transaction.Execute(
        """
        INSERT INTO conflicts (device, epoch, seq, probe, at, held, other, other_at, received)
        VALUES ($device, $epoch, $seq, $probe, $at, $held, $other, $otherAt, $received) ON CONFLICT DO NOTHING
        """,
        ("$device", conflict.Key.Device),
        ("$epoch", conflict.Key.Epoch),
        ("$seq", conflict.Key.Seq),
        ("$probe", conflict.Probe),
        ("$at", conflict.At),
        ("$held", conflict.Held),
        ("$other", conflict.Other),
        ("$otherAt", conflict.OtherAt),
        ("$received", conflict.Received)) == 1;

    /// <summary>
    /// The conflicts of a device of which either instant lies in [from, to], both included, and those of which one has no instant of its own.
    /// </summary>
    public static List<ConflictRow> Between(StoreSession session, DeviceId device, Instant from, Instant to) => session.Query(
        $"""
        SELECT {Columns} FROM conflicts
        WHERE device = $device AND (at BETWEEN $from AND $to OR other_at BETWEEN $from AND $to OR at IS NULL OR other_at IS NULL) ORDER BY at, id
        """,
        Row,
        ("$device", device),
        ("$from", from),
        ("$to", to));

    private static ConflictRow Row(SqliteDataReader row) => new(
        row.GetInt64(0),
        new ReadingKey(row.Device(1), row.GetString(2), row.GetInt64(3)),
        row.Probe(4),
        row.InstantOrNull(5),
        row.Bytes(6),
        row.Bytes(7),
        row.InstantOrNull(8),
        row.Instant(9));
}
