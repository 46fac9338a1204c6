using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>Dates the rows that a unit's devices declared lost, by the readings around them.</summary>
internal static class DeclaredLoss
{
    /// <summary>A loss before the first reading of an outbox has no date: the limit for unknown time judges it.</summary>
    public static IReadOnlyList<LostRows> Of(StoreSession session, UnitPlan plan) =>
    [
        .. from device in plan.Probes.Select(probe => probe.Probe.Device).Distinct()
           from stream in StreamStore.OfDevice(session, device)
           from range in stream.Gone.Ranges
           let after = MeasuredAt(session, stream, range.First - 1)
           where after is not null
           select new LostRows(device, after.Value, MeasuredAt(session, stream, range.Last + 1) ?? Instant.End),
    ];

    private static Instant? MeasuredAt(StoreSession session, StreamRow stream, long seq) =>
        PackStore.Numbered(session, stream.Device, stream.Epoch, seq, seq, WireLimits.RecordsMax)
            .SelectMany(ReadingReader.Accepted)
            .FirstOrDefault(reading => reading.Key.Seq == seq)?.MeasuredAt;
}
