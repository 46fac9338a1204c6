using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>A storage unit as its own page shows it.</summary>
public sealed record UnitView
{
    public required TileView Tile { get; init; }

    /// <summary>What it is, such as <c>Refrigerator</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Why it is in its state, in the engine's English.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public required IReadOnlyList<FindingView> Findings { get; init; }

    /// <summary>What explains and holds nothing: what goes on, and what was within the last day.</summary>
    public required IReadOnlyList<ConditionView> Conditions { get; init; }

    /// <summary>Maintenance and alarm tests that run or are to come.</summary>
    public required IReadOnlyList<WindowView> Windows { get; init; }

    public required IReadOnlyList<ContentsView> Contents { get; init; }

    public required IReadOnlyList<HoldView> Holds { get; init; }

    public required IReadOnlyList<EventView> Events { get; init; }

    /// <summary>The rule in force; null when the unit is out of use.</summary>
    public required RuleView? Rule { get; init; }

    /// <summary>How many blood units are inside now.</summary>
    public int Inside => Contents.Count(stay => stay.OutAt is null);
}

/// <summary>An excursion or an unknown interval.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Probe">The probe.</param>
/// <param name="Side">Too warm, too cold or unknown.</param>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last; null while it goes on or when the end was not seen.</param>
/// <param name="IsOpen">True while it goes on.</param>
/// <param name="Peak">The temperature furthest out; null when unknown.</param>
/// <param name="Duration">How long it is known to have lasted.</param>
/// <param name="FoundAfter">How long after its alarm it was found, when late data brought it to light; otherwise null.</param>
/// <param name="DiscoveredAt">When it was found.</param>
/// <param name="Left">How many blood units had left before it was known.</param>
public sealed record FindingView(
    long Id,
    string Probe,
    Side Side,
    Instant Start,
    Instant? End,
    bool IsOpen,
    Celsius? Peak,
    TimeSpan Duration,
    TimeSpan? FoundAfter,
    Instant DiscoveredAt,
    int Left);

/// <summary>An open door, lost mains, stopped agitation, a probe that failed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Probe">The probe or signal that showed it.</param>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last; null while it goes on or when the end was not seen.</param>
/// <param name="GoesOn">True while it has not ended as far as is known.</param>
/// <param name="FoundAfter">How long after it was worth telling it was found, when late data brought it to light; otherwise null.</param>
/// <param name="DiscoveredAt">When it was found.</param>
public sealed record ConditionView(
    ConditionKind Kind, string Probe, Instant Start, Instant? End, bool GoesOn, TimeSpan? FoundAfter, Instant DiscoveredAt);

/// <summary>A time that a person announced of the storage unit.</summary>
/// <param name="Probe">The probe whose alarm is tested; null for maintenance.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Reason">Why, in the words of whoever entered it.</param>
/// <param name="By">Who entered it.</param>
/// <param name="IsRunning">False while it is to come.</param>
public sealed record WindowView(string? Probe, Instant From, Instant Until, string Reason, string By, bool IsRunning);

/// <summary>A blood unit's stay.</summary>
/// <param name="Donation">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="InAt">From when it was inside.</param>
/// <param name="OutAt">Until when; null while it is inside.</param>
/// <param name="IsHeld">True when a hold stands on it.</param>
/// <param name="Mismatch">Why the judgement of the storage unit may miss what hurts it, in the engine's English; empty when it does not.</param>
public sealed record ContentsView(string Donation, string Product, Instant InAt, Instant? OutAt, bool IsHeld, IReadOnlyList<string> Mismatch);

/// <summary>What is held, the unit itself (no donation) or a blood unit, and because of which findings.</summary>
/// <param name="Donation">The donation identification number; empty for the storage unit.</param>
/// <param name="Product">The product; empty for the storage unit.</param>
/// <param name="Findings">The findings that are its grounds, the newest first.</param>
/// <param name="Exposures">The exposures that are its grounds, the newest first.</param>
/// <param name="Since">The earliest instant of a ground.</param>
/// <param name="PlacedAt">When the first of its holds was placed.</param>
/// <param name="IsGroundRemoved">True when no ground stands any more; a person still has to lift it.</param>
public sealed record HoldView(string Donation, string Product, IReadOnlyList<long> Findings, IReadOnlyList<long> Exposures, Instant Since, Instant PlacedAt, bool IsGroundRemoved)
{
    public bool IsOfStorageUnit => Donation.Length == 0;
}

/// <summary>An entry of the event log, or several that happened together: one excursion holds many blood units.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Subjects">What it is about.</param>
/// <param name="Reason">Why, in the engine's English; null when the kind says it all.</param>
public sealed record EventView(Instant At, string Kind, IReadOnlyList<string> Subjects, string? Reason);

/// <summary>The rule in force and the pack that it comes from.</summary>
public sealed record RuleView(RulePack Pack, StorageRule Rule)
{
    /// <summary>The figures that no text stands behind: remembered, or chosen by engineers.</summary>
    public IReadOnlyList<Figure> Unverified => [.. Rule.Figures.Where(figure => figure.Status != FigureStatus.Verified)];
}

/// <summary>A site to choose.</summary>
public sealed record SiteView(string Id, string Name);
