using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>A storage unit, as it may be spoken of now.</summary>
internal sealed record UnitResponse
{
    public required string Id { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The id of its site.</summary>
    public required string Site { get; init; }

    public required string SiteName { get; init; }

    /// <summary>refrigerator, incubator, freezer or transport.</summary>
    public required string Kind { get; init; }

    /// <summary>The product by whose rule it is judged, or several joined by +, by the strictest of theirs; null when it is out of use.</summary>
    public required string? Product { get; init; }

    /// <summary>in-range, warning, unverified, unknown or out-of-range. What is not judged up to now is never in-range.</summary>
    public required string State { get; init; }

    /// <summary>Why it is not in range, each as a sentence.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Since when the evaluator has it in the state that it last decided; null before its first judgement.</summary>
    public required string? Since { get; init; }

    /// <summary>The last calibrated temperature of the deciding probe that is worst off.</summary>
    public required decimal? Celsius { get; init; }

    public required string? MeasuredAt { get; init; }

    /// <summary>How old that temperature is.</summary>
    public required long? AgeSeconds { get; init; }

    /// <summary>Readings that its devices measured while their clock was not set, and that wait for a date: they are judged once they have one.</summary>
    public required long Undated { get; init; }

    /// <summary>The lowest temperature in range, included; null for none.</summary>
    public required decimal? Low { get; init; }

    /// <summary>The highest temperature in range, included; null for none.</summary>
    public required decimal? High { get; init; }

    /// <summary>How many holds stand, of the unit itself and of blood units that were in it.</summary>
    public required int Holds { get; init; }

    /// <summary>An alarm that is over and that nobody has dealt with yet; null when there is none.</summary>
    public required LatchedAlarmResponse? AlarmLatched { get; init; }

    public static UnitResponse Of(UnitOverview unit) => new()
    {
        Id = unit.Unit.Id.Value,
        Name = unit.Unit.Name,
        Site = unit.Unit.Site,
        SiteName = unit.SiteName,
        Kind = unit.Unit.Kind.ToString().ToLowerInvariant(),
        Product = unit.Period?.Product,
        State = StateWords.Of(unit.State),
        Reasons = unit.Reasons,
        Since = unit.Since?.ToString(),
        Celsius = unit.Celsius?.ToDegrees(),
        MeasuredAt = unit.MeasuredAt?.ToString(),
        AgeSeconds = unit.Age is { } age ? (long)age.TotalSeconds : null,
        Undated = unit.Undated,
        Low = unit.Low?.ToDegrees(),
        High = unit.High?.ToDegrees(),
        Holds = unit.Holds,
        AlarmLatched = unit.AlarmLatched is { } latched ? new LatchedAlarmResponse(latched.Since.ToString(), latched.Excursions) : null,
    };
}

/// <summary>An alarm that is over, and whose hold of the storage unit stands: nobody has dealt with it.</summary>
/// <param name="Since">When the earliest of its excursions alarmed.</param>
/// <param name="Excursions">The excursions, the earliest first.</param>
internal sealed record LatchedAlarmResponse(string Since, IReadOnlyList<long> Excursions);
