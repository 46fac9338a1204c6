using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>Something that a device reads, time and again: a probe, or a signal.</summary>
internal interface ISampled
{
    ProbeId Id { get; }

    TimeSpan Interval { get; }

    /// <summary>True when the run is at its end: it is not read any more.</summary>
    bool HasEnded { get; set; }

    /// <summary>How long it is to the next reading.</summary>
    /// <param name="now">The true time.</param>
    /// <param name="elapsed">The true time since the start.</param>
    TimeSpan UntilNext(Instant now, TimeSpan elapsed);

    /// <summary>What it tells at an instant.</summary>
    ProbeSample Read(Instant now);
}

/// <summary>Multiples of an interval, and how far what happens lies from them.</summary>
internal readonly record struct Pace(TimeSpan Interval, TimeSpan Phase)
{
    public TimeSpan UntilNext(TimeSpan elapsed) => Interval - TimeSpan.FromTicks((((elapsed - Phase).Ticks % Interval.Ticks) + Interval.Ticks) % Interval.Ticks);
}
