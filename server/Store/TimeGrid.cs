using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>Time cut into steps of one length, counted from 1970 on. InfluxDB groups by the same ones.</summary>
/// <param name="Step">The length of a step.</param>
internal readonly record struct TimeGrid(TimeSpan Step)
{
    /// <summary>The start of the step that an instant lies in.</summary>
    public Instant StartOf(Instant at)
    {
        var length = (long)Step.TotalMilliseconds;
        var rest = at.Milliseconds % length;
        return new Instant(at.Milliseconds - (rest < 0 ? rest + length : rest));
    }

    /// <summary>The first start of a step at or after an instant.</summary>
    public Instant EndOf(Instant at) => StartOf(at) == at ? at : StartOf(at) + Step;
}
