using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>What a storage unit's devices may be about to deliver, and until when that excuses unknown time.</summary>
/// <param name="What">What is awaited.</param>
/// <param name="Until">When the waiting ends unless something more arrives; null when nothing is awaited.</param>
/// <param name="Deliveries">The devices that owe readings and are delivering, those included that no longer excuse anything.</param>
internal sealed record AwaitedData(Awaited What, Instant? Until, IReadOnlyList<Delivery> Deliveries)
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
    /// <param name="known">The devices that were delivering at the last evaluation.</param>
    public static AwaitedData Of(StoreSession session, UnitPlan plan, Presence presence, IReadOnlyList<Delivery> known)
    {
        var now = presence.Now;
        var patience = PatienceOf(plan, now);
        var backUntil = presence.Since + Shorter(presence.Allowance, patience);
        var delivering = plan.Probes.Select(probe => probe.Probe.Device).Distinct()
            .Select(device => (Device: device, Until: DeliversUntil(session, device, now, backUntil, patience)))
            .Where(entry => entry.Until > now)
            .Select(entry => (Delivery: Continued(known, entry.Device, now), entry.Until))
            .ToList();
        var excused = delivering.Where(entry => entry.Delivery.Since + ExcusedAtMost > now).ToList();
        Instant[] ends =
        [
            .. excused.Select(entry => Instant.Min(entry.Until, entry.Delivery.Since + ExcusedAtMost)),
            .. backUntil > now ? [backUntil] : Array.Empty<Instant>(),
        ];
        return new AwaitedData(
            new Awaited(backUntil > now, excused.Select(entry => entry.Delivery.Device).ToHashSet()),
            ends.Length == 0 ? null : ends.Min(),
            [.. delivering.Select(entry => entry.Delivery)]);
    }

    // A device that owes readings could not say a word while the server was away: it gets the patience anew, its hour goes on.
    private static Instant DeliversUntil(StoreSession session, DeviceId device, Instant now, Instant backUntil, TimeSpan patience) =>
        DeviceStreams.Of(session, device).Owing
            .Select(stream => Instant.Max(Instant.Min(stream.LastReceived, now) + patience, backUntil))
            .DefaultIfEmpty(Instant.Beginning)
            .Max();

    // What lies in the future was dated by a clock that has been set back since: it must not excuse until that future has come.
    private static Delivery Continued(IReadOnlyList<Delivery> known, DeviceId device, Instant now) =>
        known.FirstOrDefault(delivery => delivery.Device == device) is { } before
            ? before with { Since = Instant.Min(before.Since, now) }
            : new Delivery(device, now, null);

    private static TimeSpan PatienceOf(UnitPlan plan, Instant now) => plan.Probes
        .Where(probe => probe.Role == ProbeRole.Load)
        .Aggregate(Patience, (shortest, probe) => Shorter(shortest, probe.Judge.RuleAt(now).UnknownLimit));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
