using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>
/// Readings of one device with consecutive sequence numbers, sent together. A pack of a foreign device has no epoch (the empty text)
/// and its readings carry seq 0: its identity is made by the server.
/// </summary>
/// <param name="Device">The device, the part before the slash of every record's name.</param>
/// <param name="Epoch">The outbox's random id; empty for a foreign pack.</param>
/// <param name="Readings">At least one reading, in ascending seq without a hole.</param>
public sealed record Pack(DeviceId Device, string Epoch, IReadOnlyList<Reading> Readings)
{
    /// <summary>True when the pack has no epoch and seq.</summary>
    public bool IsForeign => Epoch.Length == 0;

    /// <summary>The seq of the first reading.</summary>
    public long FirstSeq => Readings[0].Key.Seq;

    /// <summary>The seq of the last reading.</summary>
    public long LastSeq => Readings[^1].Key.Seq;

    /// <summary>Equal device, epoch and readings, one by one.</summary>
    public bool Equals(Pack? other) =>
        other is not null && Device == other.Device && Epoch == other.Epoch && Readings.SequenceEqual(other.Readings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Device, Epoch, Readings.Count);
}
