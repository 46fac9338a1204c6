using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>What a unit's marks ask for together.</summary>
/// <param name="Unit">The unit to judge again.</param>
/// <param name="From">The lowest marked instant.</param>
/// <param name="To">The highest marked instant: after it, nothing has changed.</param>
/// <param name="UpToGeneration">The highest generation read: only marks up to it are done when the judgement is committed.</param>
/// <param name="BeginAfter">Only marks that begin after this instant were read; null for all.</param>
/// <param name="Cause">Why, as a sentence for people; null when readings came.</param>
internal sealed record PendingMarks(StorageUnitId Unit, Instant From, Instant To, long UpToGeneration, Instant? BeginAfter = null, string? Cause = null);

/// <summary>Marks: a unit must be judged again from an instant, because something it depends on has changed there.</summary>
internal static class MarkStore
{
    // Of several causes one is told: whoever looks for the others finds them in the event log.
    private const string Together = "unit, min(from_at), max(to_at), max(generation), max(cause)";

    /// <summary>
    /// Marks a unit, in the transaction of what has changed. The evaluator may stop at a checkpoint after <paramref name="to"/> that it
    /// agrees with, so <paramref name="to"/> must not be too early; <see cref="Instant.End"/> when the change has no end. What is found otherwise
    /// then says the cause, a sentence for people; null when readings came.
    /// </summary>
    public static void Append(StoreTransaction transaction, StorageUnitId unit, Instant from, Instant to, string? cause = null) => transaction.Execute(
        "INSERT INTO marks (unit, from_at, to_at, cause) VALUES ($unit, $from, $to, $cause)", ("$unit", unit), ("$from", from), ("$to", to), ("$cause", cause));

    /// <summary>All marked units, the longest waiting first.</summary>
    public static List<PendingMarks> Pending(StoreSession session) => session.Query(
        $"SELECT {Together} FROM marks GROUP BY unit ORDER BY min(generation)",
        row => new PendingMarks(row.Unit(0), row.Instant(1), row.Instant(2), row.GetInt64(3), Cause: row.TextOrNull(4)));

    /// <summary>The marks of one unit; null when there is none.</summary>
    public static PendingMarks? Pending(StoreSession session, StorageUnitId unit) => session.QueryFirst(
        $"SELECT {Together} FROM marks WHERE unit = $unit GROUP BY unit",
        row => new PendingMarks(row.Unit(0), row.Instant(1), row.Instant(2), row.GetInt64(3), Cause: row.TextOrNull(4)),
        ("$unit", unit));

    /// <summary>The marks of one unit that begin after an instant; null when there is none.</summary>
    public static PendingMarks? Pending(StoreSession session, StorageUnitId unit, Instant beginAfter) => session.QueryFirst(
        $"SELECT {Together} FROM marks WHERE unit = $unit AND from_at > $after GROUP BY unit",
        row => new PendingMarks(row.Unit(0), row.Instant(1), row.Instant(2), row.GetInt64(3), beginAfter, row.TextOrNull(4)),
        ("$unit", unit),
        ("$after", beginAfter));

    /// <summary>Deletes the marks that were read; one that arrived meanwhile has a higher generation and survives.</summary>
    public static void Delete(StoreTransaction transaction, PendingMarks done) => transaction.Execute(
        "DELETE FROM marks WHERE unit = $unit AND generation <= $generation AND from_at > $after",
        ("$unit", done.Unit),
        ("$generation", done.UpToGeneration),
        ("$after", done.BeginAfter ?? new Instant(long.MinValue)));

    /// <summary>The highest generation given so far, deleted ones included.</summary>
    public static long LastGeneration(StoreSession session) =>
        session.QueryFirst("SELECT seq FROM sqlite_sequence WHERE name = 'marks'", row => row.GetInt64(0));
}
