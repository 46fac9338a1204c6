using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>What a storage unit's devices may be about to deliver, and until when that excuses unknown time.</summary>
/// <param name="What">What is awaited.</param>
/// <param name="Until">When the waiting ends unless something more arrives; null when nothing is awaited.</param>
/// <param name="DeliveringSince">Since when a device that owes readings has been delivering; null when none is.</param>
internal readonly record struct AwaitedData(Awaited What, Instant? Until, Instant? DeliveringSince)
{
    /// <summary>
    /// How long the server waits for a device: after its own start, for devices to connect again; after the last word of a device that owes
    /// readings, for the next. Chosen by engineers: well above a reconnection's pauses, well below the limit for unknown time.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The longest that a delivery excuses: a hole that is never filled must not postpone a judgement for ever.</summary>
    public static readonly TimeSpan DeliveryAtMost = TimeSpan.FromHours(1);

    /// <param name="session">The snapshot.</param>
    /// <param name="plan">The unit's plan.</param>
    /// <param name="listeningSince">When the server began to listen.</param>
    /// <param name="deliveringSince">Since when the unit's devices have been delivering without a pause; null when they were not.</param>
    /// <param name="now">The present.</param>
    public static AwaitedData Of(StoreSession session, UnitPlan plan, Instant listeningSince, Instant? deliveringSince, Instant now)
    {
        var delivering = plan.Probes.Select(probe => probe.Probe.Device).Distinct()
            .Select(device => StreamStore.OfDevice(session, device).LastOrDefault())
            .OfType<StreamRow>()
            .Where(stream => !stream.Owed().IsEmpty)
            .Select(stream => stream.LastReceived + Patience)
            .DefaultIfEmpty(Instant.Beginning)
            .Max();
        var since = delivering > now ? deliveringSince ?? now : (Instant?)null;
        if (since is { } began && began + DeliveryAtMost > now)
        {
            return new AwaitedData(Awaited.Everything, Instant.Min(delivering, began + DeliveryAtMost), since);
        }

        return listeningSince + Patience > now
            ? new AwaitedData(Awaited.Tail, listeningSince + Patience, since)
            : new AwaitedData(Awaited.Nothing, null, since);
    }
}
