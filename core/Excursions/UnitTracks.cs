using System.Text.Json;
using ColdChain.Core.Excursions.Health;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;

namespace ColdChain.Core.Excursions;

/// <summary>The track of one probe in one role.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Role">Its role.</param>
/// <param name="Track">What the fold remembers of it.</param>
/// <param name="Level">What the fold of its levels remembers; null when it has none.</param>
public readonly record struct NamedTrack(ProbeId Probe, ProbeRole Role, ProbeTrack Track, LevelTrack? Level = null)
{
    /// <summary>What is remembered of the probe's health.</summary>
    public HealthTrack Health { get; init; }
}

/// <summary>The track of one signal in one meaning.</summary>
/// <param name="Signal">The channel.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Track">What the fold remembers of it.</param>
public readonly record struct NamedSignal(ProbeId Signal, SignalKind Kind, SignalTrack Track);

/// <summary>What the fold of a storage unit remembers: the checkpoint. Two are equal when they fold equal futures equally.</summary>
public sealed class UnitTracks : IEquatable<UnitTracks>
{
    /// <summary>
    /// Counts what a checkpoint remembers, and by what reckoning: one of another form is of no use to this fold, and what it was made from is folded
    /// again.
    /// </summary>
    public const int Form = 3;

    private readonly NamedTrack[] _tracks;
    private readonly NamedSignal[] _signals;

    /// <summary>The given tracks, one for each probe and role, and one for each signal and kind.</summary>
    public UnitTracks(IReadOnlyList<NamedTrack> tracks, IReadOnlyList<NamedSignal>? signals = null) => (_tracks, _signals) = ([.. tracks], [.. signals ?? []]);

    /// <summary>The tracks.</summary>
    public IReadOnlyList<NamedTrack> All => _tracks;

    /// <summary>The track of a probe, or null when it is not among them.</summary>
    public ProbeTrack? Find(ProbeId probe, ProbeRole role) => FindNamed(probe, role)?.Track;

    /// <summary>The track of a probe's levels, or null when it is not among them.</summary>
    public LevelTrack? FindLevel(ProbeId probe, ProbeRole role) => FindNamed(probe, role)?.Level;

    /// <summary>What is remembered of a probe's health, or null when it is not among them.</summary>
    public HealthTrack? FindHealth(ProbeId probe, ProbeRole role) => FindNamed(probe, role)?.Health;

    /// <summary>The track of a signal, or null when it is not among them.</summary>
    public SignalTrack? Find(ProbeId signal, SignalKind kind)
    {
        foreach (var named in _signals)
        {
            if (named.Signal == signal && named.Kind == kind)
            {
                return named.Track;
            }
        }

        return null;
    }

    /// <summary>Written as JSON for the store.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new StoredTracks(_tracks, _signals), ExcursionsJson.Default.StoredTracks);

    /// <summary>Read back from the store.</summary>
    /// <exception cref="JsonException">The bytes are not what <see cref="ToBytes"/> wrote.</exception>
    public static UnitTracks FromBytes(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, ExcursionsJson.Default.StoredTracks) is { } stored
        ? new(stored.Probes, stored.Signals)
        : throw new JsonException("A checkpoint is an object.");

    /// <inheritdoc/>
    public bool Equals(UnitTracks? other) =>
        other is not null && _tracks.AsSpan().SequenceEqual(other._tracks) && _signals.AsSpan().SequenceEqual(other._signals);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UnitTracks);

    /// <inheritdoc/>
    public override int GetHashCode() => _tracks.Length == 0 ? 0 : HashCode.Combine(_tracks.Length, _tracks[0]);

    private NamedTrack? FindNamed(ProbeId probe, ProbeRole role)
    {
        foreach (var named in _tracks)
        {
            if (named.Probe == probe && named.Role == role)
            {
                return named;
            }
        }

        return null;
    }
}

/// <summary>The stored form of a checkpoint.</summary>
internal sealed record StoredTracks(NamedTrack[] Probes, NamedSignal[] Signals);
