using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Server.Store;

/// <summary>A message or reading that was not stored as readings.</summary>
/// <param name="Device">The device on whose topic it came.</param>
/// <param name="Epoch">The epoch; empty when the message could not be read so far.</param>
/// <param name="Seq">The reading's seq; null for a whole message.</param>
/// <param name="Reason">Why, in words for a person.</param>
/// <param name="Bytes">The message, or the reading as a pack of one.</param>
/// <param name="Received">When it came.</param>
internal sealed record Refusal(DeviceId Device, string Epoch, long? Seq, string Reason, ReadOnlyMemory<byte> Bytes, Instant Received);

/// <summary>The dead letters. Rows are never changed; a repetition is stored once.</summary>
internal static class RefusedStore
{
    /// <summary>More bytes of one message are not kept.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>More rows of one device are not kept: a device gone mad must not fill the disk. They are still counted.</summary>
    public const int RowsPerDeviceMax = 10_000;

    /// <summary>Keeps a refusal; false when it is known already or the device has used up its share.</summary>
    public static bool TryInsert(StoreTransaction transaction, Refusal refusal) => transaction.Execute(
        """
        INSERT INTO refused (device, epoch, seq, reason, bytes, sha256, size, received)
        SELECT $device, $epoch, $seq, $reason, $bytes, $sha256, $size, $received
        WHERE (SELECT count(*) FROM refused WHERE device = $device) < $max ON CONFLICT DO NOTHING
        """,
        ("$device", refusal.Device),
        ("$epoch", refusal.Epoch),
        ("$seq", refusal.Seq),
        ("$reason", refusal.Reason),
        ("$bytes", refusal.Bytes[..Math.Min(refusal.Bytes.Length, BytesMax)]),
        ("$sha256", SHA256.HashData(refusal.Bytes.Span)),
        ("$size", refusal.Bytes.Length),
        ("$received", refusal.Received),
        ("$max", RowsPerDeviceMax)) == 1;

    /// <summary>The readings of a stream refused last, newest first.</summary>
    public static List<RefusedReading> Newest(StoreSession session, DeviceId device, string epoch, int max) => session.Query(
        "SELECT seq, reason FROM refused WHERE device = $device AND epoch = $epoch AND seq IS NOT NULL ORDER BY seq DESC LIMIT $max",
        row => new RefusedReading(row.GetInt64(0), row.GetString(1)),
        ("$device", device),
        ("$epoch", epoch),
        ("$max", max));

    /// <summary>A device's refusals, oldest first.</summary>
    public static List<Refusal> OfDevice(StoreSession session, DeviceId device, int max) => session.Query(
        "SELECT device, epoch, seq, reason, bytes, received FROM refused WHERE device = $device ORDER BY id LIMIT $max",
        row => new Refusal(row.Device(0), row.GetString(1), row.LongOrNull(2), row.GetString(3), row.Bytes(4), row.Instant(5)),
        ("$device", device),
        ("$max", max));
}
