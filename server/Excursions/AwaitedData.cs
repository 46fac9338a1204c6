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
    /// How long the server waits for a device at most: after its own absence, for devices to connect again; after the last word of a device
    /// that owes readings, for the next. Chosen by engineers: well above a reconnection's pauses, well below the usual limit for unknown
    /// time. Where a rule's limit is shorter, it is the patience: nobody waits longer for an excuse than silence may last.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The longest that one excuse after another counts: neither a hole that is never filled nor a machine that is stopped again and again
    /// postpones a judgement for ever.
    /// </summary>
    public static readonly TimeSpan ExcusedAtMost = TimeSpan.FromHours(1);

    /// <param name="session">The snapshot.</param>
    /// <param name="plan">The unit's plan.</param>
    /// <param name="presence">The present, and the server's own absence before it.</param>
    /// <param name="deliveringSince">Since when the unit's devices have been delivering without a pause; null when they were not.</param>
    public static AwaitedData Of(StoreSession session, UnitPlan plan, Presence presence, Instant? deliveringSince)
    {
        var now = presence.Now;
        var patience = PatienceOf(plan, now);
        var delivering = plan.Probes.Select(probe => probe.Probe.Device).Distinct()
            .Select(device => StreamStore.OfDevice(session, device).LastOrDefault())
            .OfType<StreamRow>()
            .Where(stream => !stream.Owed().IsEmpty)
            .Select(stream => stream.LastReceived + patience)
            .DefaultIfEmpty(Instant.Beginning)
            .Max();
        var since = delivering > now ? deliveringSince ?? now : (Instant?)null;
        if (since is { } began && began + ExcusedAtMost > now)
        {
            return new AwaitedData(Awaited.Everything, Instant.Min(delivering, began + ExcusedAtMost), since);
        }

        var backUntil = presence.Since + Shorter(presence.Allowance, patience);
        return backUntil > now
            ? new AwaitedData(Awaited.Tail, backUntil, since)
            : new AwaitedData(Awaited.Nothing, null, since);
    }

    private static TimeSpan PatienceOf(UnitPlan plan, Instant now) => plan.Probes
        .Where(probe => probe.Role == ProbeRole.Load)
        .Aggregate(Patience, (shortest, probe) => Shorter(shortest, probe.Judge.RuleAt(now).UnknownLimit));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
