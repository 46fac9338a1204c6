using System.Text.Json;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Excursions;

/// <summary>A device that owes readings and is delivering them.</summary>
/// <param name="Device">The device.</param>
/// <param name="Since">Since when it has been delivering without a pause.</param>
/// <param name="PostponedFrom">The start of the earliest unknown time that is no finding only because of that; null for none.</param>
internal sealed record Delivery(DeviceId Device, Instant Since, Instant? PostponedFrom);

/// <summary>What the evaluator keeps of a storage unit between two evaluations.</summary>
/// <param name="Head">The tracks after every sample folded so far.</param>
/// <param name="HeadAt">The newest instant folded; <see cref="Instant.Beginning"/> before the first.</param>
/// <param name="LastCheckpointAt">The newest checkpoint; <see cref="Instant.Beginning"/> for none.</param>
/// <param name="Silent">The probes that have been reported as silent.</param>
/// <param name="Deliveries">The devices that were delivering what they owe.</param>
internal sealed record EvaluatorState(
    UnitTracks? Head, Instant HeadAt, Instant LastCheckpointAt, IReadOnlyList<ProbeId> Silent, IReadOnlyList<Delivery> Deliveries)
{
    public static readonly EvaluatorState Initial = new(null, Instant.Beginning, Instant.Beginning, [], []);

    /// <summary>True when an earlier version of the program left it: the storage unit is to be judged again from its beginning.</summary>
    public bool IsOfEarlierForm { get; private init; }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Stored(
        Head?.ToBytes(), HeadAt, LastCheckpointAt, Silent, [.. Deliveries.Select(delivery => new StoredDelivery(delivery.Device.Value, delivery.Since, delivery.PostponedFrom))], Form: UnitTracks.Form));

    public static EvaluatorState FromBytes(ReadOnlySpan<byte> bytes)
    {
        var stored = JsonSerializer.Deserialize<Stored>(bytes) ?? throw new JsonException("The evaluator's state is an object.");
        if (stored.Form != UnitTracks.Form)
        {
            return Initial with { Silent = stored.Silent, Deliveries = OfEarlierVersion(stored), IsOfEarlierForm = true };
        }

        return new EvaluatorState(
            stored.Head is null ? null : UnitTracks.FromBytes(stored.Head),
            stored.HeadAt,
            stored.LastCheckpointAt,
            stored.Silent,
            DeliveriesOf(stored));
    }

    private static Delivery[] DeliveriesOf(Stored stored) =>
        [.. (stored.Deliveries ?? []).Select(delivery => new Delivery(new DeviceId(delivery.Device), delivery.Since, delivery.PostponedFrom))];

    // The first version kept what was postponed for all devices together. It is as if the device it was for had gone: it is judged at once.
    private static Delivery[] OfEarlierVersion(Stored stored) =>
        [.. DeliveriesOf(stored), .. stored.ReviewFrom is { } from ? [new Delivery(default, Instant.Beginning, from)] : Array.Empty<Delivery>()];

    private sealed record Stored(
        byte[]? Head, Instant HeadAt, Instant LastCheckpointAt, IReadOnlyList<ProbeId> Silent, IReadOnlyList<StoredDelivery>? Deliveries, Instant? ReviewFrom = null, int Form = 1);

    private sealed record StoredDelivery(string Device, Instant Since, Instant? PostponedFrom);
}
