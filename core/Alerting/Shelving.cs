using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>
/// That nobody is told of an incident for some time, because somebody said so and why. It ends by itself. What is critical needs a second person.
/// </summary>
/// <param name="By">Who said so.</param>
/// <param name="Second">Who confirmed it; null for nobody yet.</param>
/// <param name="Severity">How severe the incident was then: one that is more severe is told.</param>
/// <param name="From">From when, included.</param>
/// <param name="Until">Until when, not included.</param>
public sealed record Shelving(string By, string? Second, Severity Severity, Instant From, Instant Until)
{
    /// <summary>The longest. Chosen by engineers: a working day.</summary>
    public static readonly TimeSpan LengthMax = TimeSpan.FromHours(8);

    /// <summary>True when it needs a second person and has none.</summary>
    public bool AwaitsSecond => Severity == Severity.Critical && (Second is null || Second == By);

    /// <summary>Whether it keeps an incident from being told.</summary>
    /// <param name="severity">How severe the incident is.</param>
    /// <param name="at">When.</param>
    public bool Covers(Severity severity, Instant at) => !AwaitsSecond && severity <= Severity && From <= at && at < Until;
}
