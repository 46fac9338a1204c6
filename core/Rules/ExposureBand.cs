using ColdChain.Core.Readings;

namespace ColdChain.Core.Rules;

/// <summary>Over which time an allowance is counted.</summary>
public enum ExposureWindow
{
    /// <summary>The whole life of the blood unit, over all storage units and sites.</summary>
    Lifetime,

    /// <summary>One transport, from departure to arrival.</summary>
    Leg,
}

/// <summary>A stretch of temperatures; both ends belong to it. Bounds that a text excludes are a thousandth of a degree inside here.</summary>
/// <param name="From">The lowest temperature; null when open below.</param>
/// <param name="To">The highest temperature; null when open above.</param>
public sealed record CelsiusRange(Celsius? From, Celsius? To)
{
    /// <summary>True when the temperature belongs to the stretch.</summary>
    public bool Contains(Celsius value) => (From is not { } from || value >= from) && (To is not { } to || value <= to);
}

/// <summary>An allowance for the time that one blood unit spends in some temperatures. Each maximum is inclusive; null means none.</summary>
/// <param name="Ranges">The temperatures that count; at least one stretch.</param>
/// <param name="MaxSingle">The longest single stay.</param>
/// <param name="MaxCumulative">The longest total of all stays in the window.</param>
/// <param name="MaxCount">The most stays in the window.</param>
/// <param name="Window">What the total and the count run over.</param>
public sealed record ExposureBand(
    IReadOnlyList<CelsiusRange> Ranges, TimeSpan? MaxSingle, TimeSpan? MaxCumulative, int? MaxCount, ExposureWindow Window);
