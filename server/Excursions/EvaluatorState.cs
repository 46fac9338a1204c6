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

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Stored(
        Head?.ToBytes(), HeadAt, LastCheckpointAt, Silent, [.. Deliveries.Select(delivery => new StoredDelivery(delivery.Device.Value, delivery.Since, delivery.PostponedFrom))]));

    public static EvaluatorState FromBytes(ReadOnlySpan<byte> bytes)
    {
        var stored = JsonSerializer.Deserialize<Stored>(bytes) ?? throw new JsonException("The evaluator's state is an object.");
        return new EvaluatorState(
            stored.Head is null ? null : UnitTracks.FromBytes(stored.Head),
            stored.HeadAt,
            stored.LastCheckpointAt,
            stored.Silent,
            [.. (stored.Deliveries ?? []).Select(delivery => new Delivery(new DeviceId(delivery.Device), delivery.Since, delivery.PostponedFrom)), .. OfEarlierVersion(stored)]);
    }

    // Versions before kept what was postponed for all devices together. It is as if the device it was for had gone: it is judged at once.
    private static Delivery[] OfEarlierVersion(Stored stored) =>
        stored.ReviewFrom is { } from ? [new Delivery(default, Instant.Beginning, from)] : [];

    private sealed record Stored(
        byte[]? Head, Instant HeadAt, Instant LastCheckpointAt, IReadOnlyList<ProbeId> Silent, IReadOnlyList<StoredDelivery>? Deliveries, Instant? ReviewFrom = null);

    private sealed record StoredDelivery(string Device, Instant Since, Instant? PostponedFrom);
}
