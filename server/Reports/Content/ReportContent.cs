using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;

namespace ColdChain.Server.Reports.Content;

/// <summary>
/// What a report says: all of it, and nothing that depends on when or in which language it is read. Its JSON (<see cref="ReportJson"/>) is what is
/// hashed and signed. Public, like all of the content, because the classes of Razor components are.
/// </summary>
public sealed record ReportContent
{
    /// <summary>The form that this version writes and reads. What another version wrote in another one is given out byte by byte, and not shown, signed or compared.</summary>
    public const int CurrentForm = 1;

    public int Form { get; init; } = CurrentForm;

    public required string Number { get; init; }

    public required ReportKind Kind { get; init; }

    /// <summary>Where it is about; for the alarms of all sites, a place without a name.</summary>
    public required PlaceContent Place { get; init; }

    /// <summary>The first instant that it looks at.</summary>
    public required Instant From { get; init; }

    /// <summary>The instant after the last that it looks at.</summary>
    public required Instant To { get; init; }

    /// <summary>
    /// True while it can still change by itself: the excursion or the period goes on, or has not settled. Such a report is a draft and cannot be signed.
    /// </summary>
    public required bool IsUnfinished { get; init; }

    /// <summary>From when on it is finished; null when nobody can tell yet.</summary>
    public Instant? FinishedAt { get; init; }

    /// <summary>Of a report about an excursion; otherwise null.</summary>
    public ExcursionContent? Excursion { get; init; }

    /// <summary>Of a report about a period: its storage units that were in use, none where nothing of a site was; otherwise empty.</summary>
    public IReadOnlyList<UnitPeriodContent> Units { get; init; } = [];

    /// <summary>Of a report about alarms; otherwise null.</summary>
    public AlarmsContent? Alarms { get; init; }

    /// <summary>What all this is worth.</summary>
    public string Statement { get; init; } = "decision support, not validated";
}

/// <summary>Where something is. Names are those of the day on which the content was made: to rename a place later changes no report.</summary>
public sealed record PlaceContent
{
    /// <summary>The id of the site; empty for all sites.</summary>
    public required string Site { get; init; }

    public required string SiteName { get; init; }

    /// <summary>The IANA name of the zone in which times are shown beside UTC.</summary>
    public required string Zone { get; init; }

    /// <summary>The id of the storage unit; null for a whole site.</summary>
    public string? Unit { get; init; }

    public string? UnitName { get; init; }

    /// <summary>The GIAI of the storage unit; null when it is not recorded.</summary>
    public string? Giai { get; init; }
}

/// <summary>A span of time, half-open.</summary>
public sealed record SpanContent(Instant From, Instant To);
