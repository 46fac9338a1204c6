using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>The page for a scanner.</summary>
public sealed record ScanView
{
    /// <summary>What a scan means: in, out or move.</summary>
    public required string What { get; init; }

    /// <summary>The storage unit that blood units are put into; empty for none.</summary>
    public required string Unit { get; init; }

    /// <summary>The product of what is scanned; empty for the one on the label.</summary>
    public required string Product { get; init; }

    /// <summary>Where the person may enter contents.</summary>
    public required IReadOnlyList<SiteView> Units { get; init; }

    public required IReadOnlyList<string> Products { get; init; }

    /// <summary>What of a label was scanned already, when it is not complete.</summary>
    public IReadOnlyList<string> Scans { get; init; } = [];

    /// <summary>What is to be scanned next of the label: donation or product; null when a label is complete, or none was begun.</summary>
    public string? Missing { get; init; }

    /// <summary>What was entered by the last scan; null for nothing.</summary>
    public ScannedView? Done { get; init; }
}

/// <summary>What a scan did.</summary>
/// <param name="What">In, out or move.</param>
/// <param name="Donation">The donation identification number as on its label.</param>
/// <param name="Product">The product.</param>
/// <param name="UnitName">The storage unit that it was put into, or taken out of.</param>
/// <param name="Path">The page of the blood unit.</param>
/// <param name="Answer">What the issue check says now: yes, no or unknown.</param>
/// <param name="Reasons">Why, in the engine's English.</param>
public sealed record ScannedView(string What, string Donation, string Product, string UnitName, string Path, string Answer, IReadOnlyList<string> Reasons);

/// <summary>The blood units that are looked for.</summary>
/// <param name="Rows">Open ones first, then those named last.</param>
public sealed record LookBackListView(IReadOnlyList<LookBackRowView> Rows);

/// <summary>A blood unit that had left before it was known what it had been exposed to.</summary>
/// <param name="Finding">What touches it: a finding; null when an exposure does.</param>
/// <param name="Exposure">What touches it: an exposure; null when a finding does.</param>
/// <param name="UnitName">The storage unit where that was.</param>
/// <param name="Left">Itself, and where it went.</param>
/// <param name="IsOpen">True while it is looked for.</param>
/// <param name="FollowUps">What people entered, oldest first.</param>
/// <param name="MayEnter">Whether the person may enter more.</param>
/// <param name="Zone">The zone of the site.</param>
public sealed record LookBackRowView(
    long? Finding, long? Exposure, string UnitName, LeftView Left, bool IsOpen, IReadOnlyList<FollowUpView> FollowUps, bool MayEnter, TimeZoneInfo Zone);

/// <summary>What a person entered about a blood unit that is looked for.</summary>
/// <param name="Word">What became of it.</param>
/// <param name="Note">In the person's words.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
public sealed record FollowUpView(string Word, string Note, string By, Instant At);

/// <summary>The page on which a list of another system is taken over.</summary>
public sealed record StockView
{
    /// <summary>The text that was sent, to be corrected; empty at first.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is wrong, line by line, in the engine's English; empty for nothing.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What was entered; null when nothing was.</summary>
    public StockTakenView? Taken { get; init; }
}

/// <summary>What a list of another system changed.</summary>
/// <param name="Entered">Blood units put in.</param>
/// <param name="Left">Blood units taken out.</param>
/// <param name="Unchanged">Those that were where the list says.</param>
/// <param name="IntoHeld">Those that the list puts into a storage unit on hold.</param>
public sealed record StockTakenView(IReadOnlyList<string> Entered, IReadOnlyList<string> Left, int Unchanged, IReadOnlyList<string> IntoHeld);
