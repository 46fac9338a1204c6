using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>What is remembered of a probe to tell a spike from a change: the last sample believed, and up to two in doubt. The default value is "nothing".</summary>
/// <param name="HasLast">A sample was believed, and nothing contradicted itself since.</param>
/// <param name="LastAt">Its instant.</param>
/// <param name="Last">Its measured temperature, in thousandths of a degree.</param>
/// <param name="InDoubt">How many samples are in doubt: 0, 1 or 2.</param>
/// <param name="FirstAt">The instant of the first of them.</param>
/// <param name="First">Its temperature.</param>
/// <param name="SecondAt">The instant of the second.</param>
/// <param name="Second">Its temperature.</param>
/// <param name="FaultAt">The last fault since the first sample in doubt; the default value for none.</param>
public readonly record struct SpikeTrack(
    bool HasLast, Instant LastAt, int Last, int InDoubt, Instant FirstAt, int First, Instant SecondAt, int Second, Instant FaultAt)
{
    /// <summary>The instant of the last sample in doubt. Of no meaning when there is none.</summary>
    public Instant DoubtAt => InDoubt == 2 ? SecondAt : FirstAt;

    /// <summary>True when a sample is in doubt that may still turn out a spike at an instant.</summary>
    public bool IsInDoubt(Instant at, TimeSpan maxGap) => InDoubt > 0 && at - DoubtAt <= maxGap;

    internal static SpikeTrack Believing(in Sample sample) => new(true, sample.At, sample.Lowest, 0, default, 0, default, 0, default);
}
