using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>A signal: it turns at each of its changes, and is read then too.</summary>
internal sealed class SignalTruth(ProbeId id, bool isOnAtFirst, IReadOnlyList<Instant> changes, Pace pace) : ISampled
{
    public ProbeId Id => id;

    public TimeSpan Interval => pace.Interval;

    /// <summary>True while it does not answer.</summary>
    public bool IsBroken { get; set; }

    public bool HasEnded { get; set; }

    public TimeSpan UntilNext(Instant now, TimeSpan elapsed)
    {
        var toChange = changes.Where(change => change > now).Select(change => change - now).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        return toChange < pace.UntilNext(elapsed) ? toChange : pace.UntilNext(elapsed);
    }

    public ProbeSample Read(Instant now) => IsBroken
        ? ProbeSample.Faulty(id, null, "no-answer")
        : ProbeSample.OfState(id, null, changes.Count(change => change <= now) % 2 == 0 == isOnAtFirst);
}
