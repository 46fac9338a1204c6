using System.Text.Json;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>The track of one probe in one role.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Role">Its role.</param>
/// <param name="Track">What the fold remembers of it.</param>
/// <param name="Level">What the fold of its levels remembers; null when it has none.</param>
public readonly record struct NamedTrack(ProbeId Probe, ProbeRole Role, ProbeTrack Track, LevelTrack? Level = null);

/// <summary>What the fold of a storage unit remembers: the checkpoint. Two are equal when they fold equal futures equally.</summary>
public sealed class UnitTracks : IEquatable<UnitTracks>
{
    private readonly NamedTrack[] _tracks;

    /// <summary>The given tracks, one for each probe and role.</summary>
    public UnitTracks(IReadOnlyList<NamedTrack> tracks) => _tracks = [.. tracks];

    /// <summary>The tracks.</summary>
    public IReadOnlyList<NamedTrack> All => _tracks;

    /// <summary>The track of a probe, or null when it is not among them.</summary>
    public ProbeTrack? Find(ProbeId probe, ProbeRole role) => FindNamed(probe, role)?.Track;

    /// <summary>The track of a probe's levels, or null when it is not among them.</summary>
    public LevelTrack? FindLevel(ProbeId probe, ProbeRole role) => FindNamed(probe, role)?.Level;

    /// <summary>Written as JSON for the store.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(_tracks, ExcursionsJson.Default.NamedTrackArray);

    /// <summary>Read back from the store.</summary>
    /// <exception cref="JsonException">The bytes are not what <see cref="ToBytes"/> wrote.</exception>
    public static UnitTracks FromBytes(ReadOnlySpan<byte> bytes) =>
        new(JsonSerializer.Deserialize(bytes, ExcursionsJson.Default.NamedTrackArray) ?? throw new JsonException("A checkpoint is an array."));

    /// <inheritdoc/>
    public bool Equals(UnitTracks? other) => other is not null && _tracks.AsSpan().SequenceEqual(other._tracks);

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
