using ColdChain.Core.Excursions;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>A time in which a deciding probe was outside its limits for longer than the alarm delay.</summary>
internal sealed record ExcursionResponse
{
    /// <summary>Given at the first discovery, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>Counts what late data changed; the mere growth of an open excursion does not count.</summary>
    public required int Version { get; init; }

    public required string Unit { get; init; }

    public required string Probe { get; init; }

    /// <summary>high or low.</summary>
    public required string Side { get; init; }

    public required string Start { get; init; }

    /// <summary>When the alarm delay had passed, in the time of the readings.</summary>
    public required string AlarmedAt { get; init; }

    /// <summary>Null when the end was not seen.</summary>
    public required string? End { get; init; }

    /// <summary>open, in-range, unknown (nothing is known of what followed) or rule-change.</summary>
    public required string EndReason { get; init; }

    /// <summary>The temperature furthest out.</summary>
    public required decimal PeakCelsius { get; init; }

    /// <summary>How long it is known to have lasted.</summary>
    public required decimal DurationSeconds { get; init; }

    /// <summary>The area between the temperature and the limit.</summary>
    public required decimal DegreeMinutes { get; init; }

    /// <summary>True when readings that came late brought it to light.</summary>
    public required bool FoundLate { get; init; }

    /// <summary>When the server found it.</summary>
    public required string DiscoveredAt { get; init; }

    /// <summary>
    /// How long after the readings that show it this version was known: a new excursion after its alarm, a changed one after what settled it. Null
    /// in what an earlier program stored.
    /// </summary>
    public required decimal? FoundAfterSeconds { get; init; }

    public required string RulePack { get; init; }

    public required string RuleVersion { get; init; }

    /// <summary>SHA-256 of the rule pack's file.</summary>
    public required string RuleHash { get; init; }

    /// <summary>current, superseded (late data joined it with an older one) or retracted (late data removed it).</summary>
    public required string Status { get; init; }

    /// <summary>The excursion that goes on in its place.</summary>
    public required long? SupersededBy { get; init; }

    public static ExcursionResponse Of(FindingRow row)
    {
        var stretch = row.Finding.Stretch;
        return new ExcursionResponse
        {
            Id = row.Finding.Id,
            Version = row.Finding.Version,
            Unit = row.Unit.Value,
            Probe = row.Finding.Probe.ToString(),
            Side = FindingWords.Of(stretch.Side),
            Start = stretch.Start.ToString(),
            AlarmedAt = row.Finding.AlarmedAt.ToString(),
            End = stretch.End?.ToString(),
            EndReason = EndWords.Of(stretch.EndReason),
            PeakCelsius = stretch.PeakMilli / 1000m,
            DurationSeconds = (decimal)stretch.Duration.TotalSeconds,
            DegreeMinutes = Math.Round((decimal)stretch.DegreeMinutes, 3),
            FoundLate = row.FoundLate,
            DiscoveredAt = row.DiscoveredAt.ToString(),
            FoundAfterSeconds = (decimal?)row.FoundAfter?.TotalSeconds,
            RulePack = stretch.Rule.Citation.Pack,
            RuleVersion = stretch.Rule.Citation.Version,
            RuleHash = stretch.Rule.Citation.Hash,
            Status = row.Status,
            SupersededBy = row.SupersededBy,
        };
    }
}

/// <summary>A time in which nobody can tell how warm a deciding probe was, longer than its rule allows.</summary>
/// <param name="Id">Given at the first discovery, never reused; from the same sequence as those of excursions.</param>
/// <param name="Version">Counts what late data changed.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="Probe">The probe.</param>
/// <param name="Start">The last known temperature before it.</param>
/// <param name="AlarmedAt">When the limit for unknown time had passed.</param>
/// <param name="End">The first known temperature after it; null when none has come yet.</param>
/// <param name="DurationSeconds">How long it is known to have lasted.</param>
/// <param name="FoundLate">True when readings that came late brought it to light.</param>
/// <param name="DiscoveredAt">When the server found it.</param>
/// <param name="FoundAfterSeconds">How long after the time that shows it this version was known; null in what an earlier program stored.</param>
internal sealed record UnknownTimeResponse(
    long Id,
    int Version,
    string Unit,
    string Probe,
    string Start,
    string AlarmedAt,
    string? End,
    decimal DurationSeconds,
    bool FoundLate,
    string DiscoveredAt,
    decimal? FoundAfterSeconds)
{
    public static UnknownTimeResponse Of(FindingRow row)
    {
        var stretch = row.Finding.Stretch;
        return new UnknownTimeResponse(
            row.Finding.Id,
            row.Finding.Version,
            row.Unit.Value,
            row.Finding.Probe.ToString(),
            stretch.Start.ToString(),
            row.Finding.AlarmedAt.ToString(),
            stretch.End?.ToString(),
            (decimal)stretch.Duration.TotalSeconds,
            row.FoundLate,
            row.DiscoveredAt.ToString(),
            (decimal?)row.FoundAfter?.TotalSeconds);
    }
}

/// <summary>The words of the reasons for which a stretch ends.</summary>
internal static class EndWords
{
    public static string Of(EndReason reason) => reason switch
    {
        EndReason.Open => "open",
        EndReason.InRange => "in-range",
        EndReason.Unknown => "unknown",
        EndReason.RuleChange => "rule-change",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
