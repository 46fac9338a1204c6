using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>Over which time an allowance is counted.</summary>
public enum ExposureWindow
{
    /// <summary>The whole life of the blood unit, over all storage units and sites.</summary>
    Lifetime,

    /// <summary>One transport, from departure to arrival.</summary>
    Leg,

    /// <summary>Any 24 hours in a row.</summary>
    Day,
}

/// <summary>A stretch of temperatures; both ends belong to it. Bounds that a text excludes are a thousandth of a degree inside here.</summary>
/// <param name="From">The lowest temperature; null when open below.</param>
/// <param name="To">The highest temperature; null when open above.</param>
public sealed record CelsiusRange(Celsius? From, Celsius? To)
{
    /// <summary>True when the temperature belongs to the stretch.</summary>
    public bool Contains(Celsius value) => (From is not { } from || value >= from) && (To is not { } to || value <= to);
}

/// <summary>
/// An allowance for the time that one blood unit spends in some temperatures, or in the rule's context whatever the temperature. Each maximum
/// is inclusive; null means none.
/// </summary>
public sealed record ExposureBand
{
    /// <summary>Where it stands in its rule, for example <c>bands[0]</c>; the names of its figures begin with it.</summary>
    public required string Key { get; init; }

    /// <summary>The temperatures that count; empty when every moment in the context counts, its temperature known or not.</summary>
    public required IReadOnlyList<CelsiusRange> Ranges { get; init; }

    /// <summary>True when every moment in the context counts. On the bench that is the time out of controlled storage.</summary>
    public bool AnyTemperature => Ranges.Count == 0;

    /// <summary>The longest single stay.</summary>
    public TimeSpan? MaxSingle { get; init; }

    /// <summary>From this length of a single stay on (inclusive) a warning is given; never above <see cref="MaxSingle"/>.</summary>
    public TimeSpan? WarnSingle { get; init; }

    /// <summary>The longest total of all stays in the window.</summary>
    public TimeSpan? MaxCumulative { get; init; }

    /// <summary>The most stays in the window.</summary>
    public int? MaxCount { get; init; }

    /// <summary>Only stays longer than this (exclusive) are counted towards <see cref="MaxCount"/>; zero for all.</summary>
    public TimeSpan CountsOver { get; init; }

    /// <summary>What the total and the count run over.</summary>
    public required ExposureWindow Window { get; init; }

    /// <summary>What is proposed when a maximum is exceeded: the band's own action, or that of its rule.</summary>
    public required RuleAction OnExceeding { get; init; }

    /// <summary>How long a quarantine that follows lasts at least before a person may decide to return the blood unit; null when the text states none.</summary>
    public TimeSpan? QuarantineAtLeast { get; init; }
}
