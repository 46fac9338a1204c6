using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>One blood unit as its own page shows it.</summary>
public sealed record BloodUnitView
{
    public required string Donation { get; init; }

    public required string Product { get; init; }

    /// <summary>The product's name by the latest rule; null when no pack says anything of it.</summary>
    public required LocalName? Name { get; init; }

    /// <summary>What its rules say of all that it went through.</summary>
    public required BloodUnitExposure Exposure { get; init; }

    /// <summary>Where it was, the latest first.</summary>
    public required IReadOnlyList<PlaceView> Places { get; init; }

    public required IReadOnlyList<HoldView> Holds { get; init; }

    /// <summary>What was signed about it and stands, the newest first.</summary>
    public required IReadOnlyList<DecisionView> Decisions { get; init; }

    /// <summary>The zone of the site where it was last.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The allowances of which something was used, or may have been.</summary>
    public IReadOnlyList<AllowanceExposure> Used => [.. Exposure.Allowances.Where(one => one.Times.Count > 0)];

    /// <summary>The allowances of which nothing was used.</summary>
    public int Unused => Exposure.Allowances.Count - Used.Count;
}

/// <summary>A time in one storage unit, or between two.</summary>
/// <param name="Unit">The storage unit's id; null between two.</param>
/// <param name="Name">Its name; null between two.</param>
/// <param name="Site">Its site.</param>
/// <param name="IsTransport">True when it was under way.</param>
/// <param name="From">From when.</param>
/// <param name="To">Until when; null while it is there.</param>
public sealed record PlaceView(string? Unit, string? Name, string? Site, bool IsTransport, Instant From, Instant? To);
