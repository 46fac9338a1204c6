using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What devices declared of their clocks. Rows are never changed and never deleted.</summary>
internal static class AnchorStore
{
    /// <summary>
    /// So many anchors of one boot are kept. A device declares a few; more of them would only repeat that its clock cannot be believed.
    /// </summary>
    public const int OfBootMax = 32;

    /// <summary>Stores an anchor; false when this very one is stored already, or there are enough of its boot.</summary>
    public static bool TryInsert(StoreTransaction transaction, DeviceId device, ClockAnchor anchor, Instant received) => transaction.Execute(
        """
        INSERT INTO anchors (device, boot, mono, utc, error_ms, received)
        SELECT $device, $boot, $mono, $utc, $error, $received
        WHERE (SELECT count(*) FROM anchors WHERE device = $device AND boot = $boot) < $max ON CONFLICT DO NOTHING
        """,
        ("$device", device),
        ("$boot", anchor.Boot),
        ("$mono", anchor.Mono),
        ("$utc", anchor.Utc),
        ("$error", anchor.ErrorMs),
        ("$received", received),
        ("$max", OfBootMax)) == 1;

    public static List<ClockAnchor> OfDevice(StoreSession session, DeviceId device) => session.Query(
        "SELECT boot, mono, utc, error_ms FROM anchors WHERE device = $device ORDER BY id", row => Anchor(row, 0), ("$device", device));

    /// <summary>The id of the newest anchor; 0 when there is none.</summary>
    public static long LastId(StoreSession session) => session.QueryFirst("SELECT ifnull(max(id), 0) FROM anchors", row => row.GetInt64(0));

    /// <summary>The anchors above an id in the order of their commits, each with its device.</summary>
    public static List<(long Id, DeviceId Device, ClockAnchor Anchor)> After(StoreSession session, long id, int max) => session.Query(
        "SELECT id, device, boot, mono, utc, error_ms FROM anchors WHERE id > $id ORDER BY id LIMIT $max",
        row => (row.GetInt64(0), row.Device(1), Anchor(row, 2)),
        ("$id", id),
        ("$max", max));

    private static ClockAnchor Anchor(SqliteDataReader row, int first) =>
        new(row.GetString(first), row.GetInt64(first + 1), row.Instant(first + 2), row.GetInt64(first + 3));
}
