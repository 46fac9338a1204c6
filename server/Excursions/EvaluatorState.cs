using System.Text.Json;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Excursions;

/// <summary>What the evaluator keeps of a storage unit between two evaluations.</summary>
/// <param name="Head">The tracks after every sample folded so far.</param>
/// <param name="HeadAt">The newest instant folded; <see cref="Instant.Beginning"/> before the first.</param>
/// <param name="LastCheckpointAt">The newest checkpoint; <see cref="Instant.Beginning"/> for none.</param>
/// <param name="Silent">The probes that have been reported as silent.</param>
/// <param name="ReviewFrom">From where to fold again once nothing is awaited any more; null for nowhere.</param>
/// <param name="DeliveringSince">Since when devices that owe readings have been delivering; null when none was.</param>
internal sealed record EvaluatorState(
    UnitTracks? Head, Instant HeadAt, Instant LastCheckpointAt, IReadOnlyList<ProbeId> Silent, Instant? ReviewFrom, Instant? DeliveringSince)
{
    public static readonly EvaluatorState Initial = new(null, Instant.Beginning, Instant.Beginning, [], null, null);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Stored(Head?.ToBytes(), HeadAt, LastCheckpointAt, Silent, ReviewFrom, DeliveringSince));

    public static EvaluatorState FromBytes(ReadOnlySpan<byte> bytes)
    {
        var stored = JsonSerializer.Deserialize<Stored>(bytes) ?? throw new JsonException("The evaluator's state is an object.");
        return new EvaluatorState(
            stored.Head is null ? null : UnitTracks.FromBytes(stored.Head), stored.HeadAt, stored.LastCheckpointAt, stored.Silent, stored.ReviewFrom, stored.DeliveringSince);
    }

    private sealed record Stored(byte[]? Head, Instant HeadAt, Instant LastCheckpointAt, IReadOnlyList<ProbeId> Silent, Instant? ReviewFrom, Instant? DeliveringSince);
}
