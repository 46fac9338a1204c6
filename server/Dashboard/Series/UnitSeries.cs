using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>What the chart of a storage unit draws.</summary>
internal sealed record UnitSeries
{
    public required Instant From { get; init; }

    public required Instant To { get; init; }

    /// <summary>Where the lines come from.</summary>
    public required LineSource Source { get; init; }

    public required IReadOnlyList<ProbeSeries> Probes { get; init; }

    /// <summary>The limits as they were in force, one after the other.</summary>
    public required IReadOnlyList<LimitsInForce> Limits { get; init; }

    /// <summary>When the temperature of a deciding probe is not known.</summary>
    public required IReadOnlyList<(Instant From, Instant To)> Unknown { get; init; }

    /// <summary>What probes told and nobody judges: no line is drawn through it, and it is in no minimum and maximum.</summary>
    public IReadOnlyList<UnjudgedTime> Unjudged { get; init; } = [];

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What the door, the mains and the agitator were in, and explains the lines.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];
}

/// <summary>The line of one probe.</summary>
internal sealed record ProbeSeries(ProbeId Probe, ProbeRole Role, IReadOnlyList<LinePoint> Line);

/// <summary>Limits during a period; both are included in the range.</summary>
internal sealed record LimitsInForce(Instant From, Instant To, Celsius? Low, Celsius? High);
