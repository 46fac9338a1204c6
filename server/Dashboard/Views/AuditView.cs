using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>What the audit trail says to a search.</summary>
/// <param name="Search">What was asked for, as it was typed.</param>
/// <param name="Problem">Why that cannot be read; null when it can.</param>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="Older">Where the next ones begin; null when there are none.</param>
/// <param name="Kinds">The kinds to choose from.</param>
/// <param name="Head">The head of the chain.</param>
public sealed record AuditView(AuditSearchView Search, string? Problem, IReadOnlyList<AuditEntryView> Entries, long? Older, IReadOnlyList<string> Kinds, string Head);

/// <summary>The fields of the search; null or empty asks for anything.</summary>
public sealed record AuditSearchView
{
    public string? Who { get; init; }

    public string? Kind { get; init; }

    public string? Unit { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Text { get; init; }
}

/// <summary>An entry.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Who">Who did it; null for one of before there was an audit trail.</param>
/// <param name="Source">From where; null for the server itself.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Unit">The storage unit; null for none.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Details">The particulars, by their names in the log.</param>
public sealed record AuditEntryView(
    long Id, Instant At, string? Who, string? Source, string Kind, string? Unit, string Subject, IReadOnlyList<KeyValuePair<string, string>> Details);
