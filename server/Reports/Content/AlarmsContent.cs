using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Content;

/// <summary>How the alarms of a place did over a period: the incidents that were opened in it, told to people or not, as they stood at its end.</summary>
public sealed record AlarmsContent
{
    /// <summary>By storage unit, site or device, those with most alarms first.</summary>
    public required IReadOnlyList<SourceAlarmsContent> Sources { get; init; }

    /// <summary>When the server recorded anything for the first time, where that was within the period: rates are of the time since then. Otherwise null.</summary>
    public Instant? RecordedFrom { get; init; }

    /// <summary>All of them together.</summary>
    public required AlarmFiguresContent Total { get; init; }

    /// <summary>How many storage units the place has at the end of the period.</summary>
    public required int StorageUnits { get; init; }

    /// <summary>The figures that EEMUA 191 is remembered to name, beside which the total stands.</summary>
    public required IReadOnlyList<YardstickContent> Yardsticks { get; init; }

    /// <summary>The five sources that gave most alarms, or fewer.</summary>
    public required IReadOnlyList<AlarmSourceContent> TopSources { get; init; }
}

/// <summary>What gave alarms. A storage unit may have the id of a site.</summary>
/// <param name="Kind">One of <see cref="AlarmSourceKinds"/>.</param>
/// <param name="Source">The id of the storage unit or site, or the cause.</param>
public sealed record AlarmSourceContent(string Kind, string Source);

/// <summary>What can give alarms. The words are signed: they are never changed.</summary>
public static class AlarmSourceKinds
{
    public const string StorageUnit = "storage-unit";
    public const string Site = "site";

    /// <summary>What is of no storage unit and no site, by its cause.</summary>
    public const string Cause = "cause";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [StorageUnit, Site, Cause];
}

/// <summary>The alarms of one source.</summary>
/// <param name="Kind">One of <see cref="AlarmSourceKinds"/>.</param>
/// <param name="Source">The id of the storage unit or site, or the cause.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Figures">Its figures.</param>
public sealed record SourceAlarmsContent(string Kind, string Source, string Name, AlarmFiguresContent Figures);

/// <summary>Figures of alarms.</summary>
public sealed record AlarmFiguresContent
{
    public required int Count { get; init; }

    /// <summary>For a week of seven days; null where less than a day was recorded: what a minute had says nothing of a week.</summary>
    public required double? PerWeek { get; init; }

    /// <summary>How often one came within 15 minutes after it, or the one before of the same source and cause, had been over.</summary>
    public required int Chattering { get; init; }

    public required int Acknowledged { get; init; }

    /// <summary>The median time from opening to the first "I have it"; null when nobody said so.</summary>
    public TimeSpan? MedianToAcknowledge { get; init; }

    /// <summary>The 95th percentile (nearest rank) of the same.</summary>
    public TimeSpan? P95ToAcknowledge { get; init; }

    /// <summary>How many went on for longer than 24 hours at a stretch.</summary>
    public required int Stale { get; init; }
}

/// <summary>A figure to compare with.</summary>
/// <param name="Name">One of its words in the resources.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Found">So many were found; null where less than a day was recorded.</param>
/// <param name="Source">Where the limit comes from, and that it is from memory where it is.</param>
public sealed record YardstickContent(string Name, double Limit, double? Found, string Source);

