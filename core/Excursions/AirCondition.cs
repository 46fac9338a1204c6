using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// What the stretches of air probes tell: an air probe never decides, so that one that was out for longer than its delay is a condition.
/// </summary>
internal static class AirCondition
{
    /// <summary>The condition of a stretch; null when it is none.</summary>
    /// <param name="found">The stretch.</param>
    /// <param name="until">Up to when an open stretch is taken to have lasted.</param>
    internal static Condition? Of(ProbeStretch found, Instant until)
    {
        var stretch = found.Stretch;
        return found.Role == ProbeRole.Air && stretch.Side != Side.Unknown && stretch.AlarmedAt(until) is { } alarmedAt
            ? new Condition(ConditionKind.AirOut, found.Probe, stretch.Start, stretch.End, stretch.SettledAt) { RaisedAt = alarmedAt }
            : null;
    }
}
