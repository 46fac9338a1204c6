using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>An excursion, or unknown time beyond its limit, as its own page shows it.</summary>
public sealed record ExcursionView
{
    public required FindingView Finding { get; init; }

    public required string UnitId { get; init; }

    public required string UnitName { get; init; }

    public required string SiteName { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>When it alarmed, in the time of the readings.</summary>
    public required Instant AlarmedAt { get; init; }

    /// <summary>The area between the temperature and the limit; null for unknown time.</summary>
    public required double? DegreeMinutes { get; init; }

    /// <summary>By which rule it was judged.</summary>
    public required RuleCitation Rule { get; init; }

    /// <summary>True when late data removed it.</summary>
    public required bool IsRetracted { get; init; }

    /// <summary>The one that goes on in its place, when late data joined the two; otherwise null.</summary>
    public required long? SupersededBy { get; init; }

    /// <summary>As it was known, the newest first.</summary>
    public required IReadOnlyList<VersionView> Versions { get; init; }

    /// <summary>The blood units that had left before it was known.</summary>
    public required IReadOnlyList<LeftView> Left { get; init; }

    public required IReadOnlyList<HoldView> Holds { get; init; }
}

/// <summary>What was known of an excursion at a time.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Finding">The excursion as it was known.</param>
/// <param name="KnownAt">From when on.</param>
/// <param name="KnownAfter">How long after the readings that show it; null when an earlier program stored it.</param>
public sealed record VersionView(int Number, FindingView Finding, Instant KnownAt, TimeSpan? KnownAfter);

/// <summary>A blood unit that had left before it was known what it had been exposed to.</summary>
/// <param name="Donation">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="LeftAt">When it left.</param>
/// <param name="WentTo">The id of the storage unit that it was entered into next; null when that is not known.</param>
/// <param name="WentToName">Its name.</param>
/// <param name="ToldAt">When it was named for the look-back.</param>
public sealed record LeftView(string Donation, string Product, Instant LeftAt, string? WentTo, string? WentToName, Instant ToldAt);
