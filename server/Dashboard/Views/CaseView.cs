using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>The work on one ground to hold: what was done, what it means, and what becomes of what is held.</summary>
public sealed record CaseView
{
    /// <summary>The page's own path, to which its forms are sent.</summary>
    public required string Path { get; init; }

    /// <summary>The excursion or unknown time; null when it is an exposure.</summary>
    public required FindingView? Finding { get; init; }

    /// <summary>The exposure's number; null when it is a finding.</summary>
    public required long? Exposure { get; init; }

    /// <summary>The version of the ground.</summary>
    public required int Version { get; init; }

    public required string UnitId { get; init; }

    public required string UnitName { get; init; }

    public required string SiteName { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>All that was entered, oldest first.</summary>
    public required IReadOnlyList<CaseEntryView> Entries { get; init; }

    public required DecisionsView Decisions { get; init; }

    /// <summary>Whether the person may stamp steps and name the cause.</summary>
    public required bool MayAcknowledge { get; init; }

    /// <summary>The last stamp of a step; null when it was not done.</summary>
    public CaseEntryView? Step(string word) => Entries.LastOrDefault(entry => entry.Kind == Store.CaseKinds.Step && entry.Word == word);

    /// <summary>The last one of a kind; null when there is none.</summary>
    public CaseEntryView? Last(string kind) => Entries.LastOrDefault(entry => entry.Kind == kind);
}

/// <summary>Something that a person entered about a ground to hold.</summary>
/// <param name="Kind">Step, cause or assessment.</param>
/// <param name="Word">Which step or cause.</param>
/// <param name="Note">In the person's words.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
/// <param name="IsOfBefore">True when the ground has changed since.</param>
public sealed record CaseEntryView(string Kind, string Word, string Note, string By, Instant At, bool IsOfBefore);

/// <summary>Some holds, and what the person before the screen may do with them.</summary>
public sealed record DecisionsView
{
    public required IReadOnlyList<HoldChoiceView> Holds { get; init; }

    /// <summary>The figures that they rest on and that nobody has read in their source.</summary>
    public required IReadOnlyList<string> UnverifiedFigures { get; init; }

    public required bool MayPropose { get; init; }

    public required bool MayDecide { get; init; }

    public IEnumerable<HoldChoiceView> Standing => Holds.Where(hold => hold.Decision is null);

    public IEnumerable<HoldChoiceView> Decided => Holds.Where(hold => hold.Decision is not null);
}

/// <summary>A hold that can be decided, or was.</summary>
public sealed record HoldChoiceView
{
    public required long Id { get; init; }

    /// <summary>The version of its ground.</summary>
    public required int Version { get; init; }

    /// <summary>The finding that is its ground; null when that is an exposure.</summary>
    public required long? Finding { get; init; }

    public required long? Exposure { get; init; }

    public required string UnitId { get; init; }

    public required string UnitName { get; init; }

    /// <summary>The donation identification number; empty for a storage unit.</summary>
    public required string Donation { get; init; }

    public required string Product { get; init; }

    public required Instant Since { get; init; }

    public required bool IsGroundRemoved { get; init; }

    /// <summary>What a first person proposed last; null for nothing.</summary>
    public required ProposalView? Proposal { get; init; }

    /// <summary>What was signed and stands; null while nothing is.</summary>
    public required DecisionView? Decision { get; init; }

    public bool IsOfStorageUnit => Donation.Length == 0;

    /// <summary>As a form names it.</summary>
    public string Choice => $"{Id}:{Version}";
}

/// <summary>What a first person proposed.</summary>
/// <param name="Kind">Release, discard or return.</param>
/// <param name="Reason">In the person's words.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
/// <param name="IsOfBefore">True when the ground has changed since, so that it counts no more.</param>
public sealed record ProposalView(string Kind, string Reason, string By, Instant At, bool IsOfBefore);

/// <summary>A signed decision, as every copy of it must show it (21 CFR 11.50).</summary>
/// <param name="Kind">Release, discard or return.</param>
/// <param name="Name">The person's name then.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
/// <param name="Zone">The zone in which the person read that time; empty when an earlier program stored it.</param>
/// <param name="Meaning">What was said by signing.</param>
/// <param name="Reason">In the person's words.</param>
/// <param name="Sha256">Of all that was signed.</param>
public sealed record DecisionView(string Kind, string Name, string By, Instant At, string Zone, string Meaning, string Reason, string Sha256);

/// <summary>The holds that stand, with a search.</summary>
public sealed record HoldsListView
{
    /// <summary>What was asked for.</summary>
    public required HoldsSearchView Search { get; init; }

    /// <summary>The storage units to choose from.</summary>
    public required IReadOnlyList<SiteView> Units { get; init; }

    public required DecisionsView Decisions { get; init; }

    /// <summary>True when there are more than are shown.</summary>
    public required bool IsCut { get; init; }
}

/// <summary>Which holds to show; null and empty ask for any.</summary>
public sealed record HoldsSearchView
{
    public string? Unit { get; init; }

    public string? State { get; init; }

    public string? Donation { get; init; }

    /// <summary>As a query, with its question mark; empty when nothing is asked for.</summary>
    public string Query
    {
        get
        {
            (string Name, string? Value)[] all = [("unit", Unit), ("state", State), ("donation", Donation)];
            var asked = all.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
            return asked.Count == 0 ? "" : $"?{string.Join('&', asked)}";
        }
    }
}
