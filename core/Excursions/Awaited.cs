using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// What is still expected to arrive. Silence is no finding while its explanation is on the way; a finding that was made stays until data
/// removes its ground.
/// </summary>
/// <param name="Tail">True when what came after the last sample is: whoever listens has only just begun to.</param>
/// <param name="Backlogs">The devices that are delivering what they owe. Each explains the silence of its own probes, whenever that was.</param>
public sealed record Awaited(bool Tail, IReadOnlySet<DeviceId> Backlogs)
{
    /// <summary>Nothing: unknown time longer than its limit is a finding.</summary>
    public static readonly Awaited Nothing = new(false, new HashSet<DeviceId>());

    /// <summary>True when it may explain a stretch: one device that held what is missing is enough.</summary>
    public bool MayExplain(ProbeStretch found) =>
        found.Stretch is { Side: Side.Unknown, IsDeclaredLost: false }
        && (found.MayStillTell.Any(Backlogs.Contains) || (Tail && found.Stretch.SettledAt is null));
}
