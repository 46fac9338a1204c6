using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>A device, when it was last heard, and what its outbox holds.</summary>
/// <param name="Device">The device.</param>
/// <param name="LastHeardAt">When anything last came from it; null for never.</param>
/// <param name="Outbox">By its last heartbeat; null when there was none.</param>
internal sealed record DeviceResponse(string Device, string? LastHeardAt, OutboxNumbers? Outbox)
{
    public static DeviceResponse Of(StoreSession session, DeviceId device)
    {
        var streams = StreamStore.OfDevice(session, device);
        return new DeviceResponse(device.Value, LastHeard(streams)?.ToString(), OutboxNumbers.Newest(streams));
    }

    /// <summary>When anything last came in one of the streams of a device.</summary>
    public static Instant? LastHeard(IReadOnlyList<StreamRow> streams) =>
        streams.Count == 0 ? null : streams.Max(stream => Instant.Max(stream.LastReceived, stream.StatusAt ?? stream.LastReceived));
}

/// <summary>What a device's outbox holds.</summary>
/// <param name="Unacked">Rows that wait for an acknowledgement.</param>
/// <param name="OldestUnacked">The seq of the oldest of them; 0 when there is none.</param>
/// <param name="FreeBytes">Free bytes on its file system.</param>
/// <param name="ReportedAt">When the heartbeat that says so came.</param>
internal sealed record OutboxNumbers(long Unacked, long OldestUnacked, long FreeBytes, string ReportedAt)
{
    /// <summary>By the newest heartbeat of a device's streams: a new outbox replaces the one before.</summary>
    public static OutboxNumbers? Newest(IEnumerable<StreamRow> streams) =>
        streams.Where(stream => stream.StatusAt is not null).MaxBy(stream => stream.StatusAt) is { Status: { } text, StatusAt: { } at }
        && ControlCodec.TryDecodeStatus(Encoding.UTF8.GetBytes(text), out var status, out _)
            ? new OutboxNumbers(status.Unacked, status.OldestUnacked, status.OutboxFreeBytes, at.ToString())
            : null;
}
