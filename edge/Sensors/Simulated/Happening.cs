using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>Something out of the ordinary during the half-open interval [From, To).</summary>
internal abstract record Happening(Instant From, Instant To)
{
    public bool Covers(Instant at) => From <= at && at < To;

    /// <summary>The door stands open.</summary>
    public sealed record DoorOpen(Instant From, Instant To) : Happening(From, To);

    /// <summary>Compressor and heater do not run.</summary>
    public sealed record DriveFailure(Instant From, Instant To) : Happening(From, To);

    /// <summary>There is no mains power: compressor, heater and agitator do not run either.</summary>
    public sealed record MainsFailure(Instant From, Instant To) : Happening(From, To);

    /// <summary>The agitator stands still.</summary>
    public sealed record AgitationStop(Instant From, Instant To) : Happening(From, To);

    /// <summary>One probe answers with a fault.</summary>
    public sealed record ProbeFault(ProbeRole Role, Instant From, Instant To, string Reason, string? RawFrame) : Happening(From, To);
}
