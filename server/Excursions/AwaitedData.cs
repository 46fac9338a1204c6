using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>What a storage unit's devices may be about to deliver, and until when that excuses unknown time.</summary>
/// <param name="What">What is awaited.</param>
/// <param name="Until">When the waiting ends unless something more arrives; null when nothing is awaited.</param>
internal readonly record struct AwaitedData(Awaited What, Instant? Until)
{
    /// <summary>
    /// How long the server waits for a device: after its own start, for devices to connect again; after the last word of a device that owes
    /// readings, for the next. Chosen by engineers: well above a reconnection's pauses, well below the limit for unknown time.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static AwaitedData Of(StoreSession session, UnitPlan plan, Instant listeningSince, Instant now)
    {
        var delivering = plan.Probes.Select(probe => probe.Probe.Device).Distinct()
            .Select(device => StreamStore.OfDevice(session, device).LastOrDefault())
            .OfType<StreamRow>()
            .Where(OwesReadings)
            .Select(stream => stream.LastReceived + Patience)
            .DefaultIfEmpty(Instant.Beginning)
            .Max();
        if (delivering > now)
        {
            return new AwaitedData(Awaited.Everything, delivering);
        }

        return listeningSince + Patience > now
            ? new AwaitedData(Awaited.Tail, listeningSince + Patience)
            : new AwaitedData(Awaited.Nothing, null);
    }

    /// <summary>True when the device has numbered a reading that it neither delivered nor declared lost.</summary>
    private static bool OwesReadings(StreamRow stream) =>
        !stream.Owed().IsEmpty
        || (stream.Status is { } text
            && ControlCodec.TryDecodeStatus(System.Text.Encoding.UTF8.GetBytes(text), out var status, out _)
            && status.LastSeq > Math.Max(stream.Held.Last, stream.Settled().Last));
}
