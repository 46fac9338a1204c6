using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>Something that is to be done about a report.</summary>
/// <param name="Number">The report.</param>
/// <param name="Revision">Its newest revision; 0 when there is none.</param>
/// <param name="Place">Where it is about.</param>
/// <param name="Meaning">The signature that it waits for.</param>
/// <param name="IsVoid">True when it was prepared, and has to be prepared anew because its content has changed.</param>
/// <param name="Since">Since when that can be done.</param>
/// <param name="Due">Until when it is to be done.</param>
internal sealed record ReportTask(ReportNumber Number, int Revision, ReportPlace Place, SignatureMeaning Meaning, bool IsVoid, Instant Since, Instant Due)
{
    /// <summary>True when it should have been done by now.</summary>
    public bool IsOverdue(Instant now) => now >= Due;

    /// <summary>What it is: <c>prepare</c>, <c>prepare-anew</c>, <c>review</c> or <c>approve</c>.</summary>
    public string Word => Meaning switch
    {
        SignatureMeaning.Prepared => IsVoid ? ReportTaskWords.PrepareAnew : ReportTaskWords.Prepare,
        SignatureMeaning.Reviewed => ReportTaskWords.Review,
        SignatureMeaning.Approved => ReportTaskWords.Approve,
        _ => throw new InvalidOperationException($"Nothing is to be done for a signature that means {Meaning}."),
    };
}

/// <summary>The words for what is to be done.</summary>
internal static class ReportTaskWords
{
    public const string Prepare = "prepare";
    public const string PrepareAnew = "prepare-anew";
    public const string Review = "review";
    public const string Approve = "approve";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Prepare, PrepareAnew, Review, Approve];
}

/// <summary>What is to be done, and how much of it is left out.</summary>
/// <param name="Tasks">Those that are due first come first.</param>
/// <param name="NotShown">How many more there are.</param>
/// <param name="Overdue">How many of all, those that are not shown included, should have been done by now.</param>
internal sealed record ReportTaskList(IReadOnlyList<ReportTask> Tasks, int NotShown, int Overdue);

/// <summary>The list of what is to be done about reports, with when each of it is due.</summary>
internal sealed class ReportTasks(FleetView fleet, ReportOptions options, TimeProvider clock)
{
    /// <summary>Of each kind at most so many are looked at; of other sites, too.</summary>
    private const int ReadMax = 20_000;

    /// <summary>Reads what a caller sees of it.</summary>
    /// <param name="session">The store.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="max">How many to give at most.</param>
    public ReportTaskList Read(StoreSession session, Caller caller, int max)
    {
        var (current, now) = (fleet.Current, Instant.Now(clock));
        var tasks = ReportTaskStore.Unreported(session, ExcursionContentReader.SettledAfter, now, ReadMax).Select(row => Unreported(row, current))
            .Concat(ReportTaskStore.Waiting(session, ReadMax).Select(row => Waiting(row)).OfType<ReportTask>())
            .Where(task => task.Place.Allows(caller, Permission.See, current))
            .OrderBy(task => task.Due).ThenBy(task => $"{task.Number}", StringComparer.Ordinal)
            .ToList();
        return new ReportTaskList([.. tasks.Take(max)], Math.Max(0, tasks.Count - max), tasks.Count(task => task.IsOverdue(now)));
    }

    /// <summary>What is to be done about one report; null when it is approved, or not to be prepared yet, or nobody has to.</summary>
    public ReportTask? Of(StoreSession session, ReportNumber number)
    {
        if (ReportStore.Find(session, $"{number}") is not { } row)
        {
            return number.Kind == ReportKind.Excursion && ReportTaskStore.UnreportedOf(session, number.Finding, ExcursionContentReader.SettledAfter, Instant.Now(clock)) is { } unreported
                ? Unreported(unreported, fleet.Current)
                : null;
        }

        var signatures = ReportStore.SignaturesOf(session, row.Id);
        return Waiting(new WaitingReportRow(row, signatures.Count, signatures[^1].SignedAt, ReportStore.VoidOf(session, row.Id)?.At)); // None is stored without its author's.
    }

    private ReportTask Unreported(UnreportedRow row, FleetHistory current) => new(
        ReportNumber.Excursion(row.Finding),
        0,
        new ReportPlace(row.Unit, current.FindUnit(row.Unit)?.Site ?? ""),
        SignatureMeaning.Prepared,
        IsVoid: false,
        row.Since,
        options.Due.Of(SignatureMeaning.Prepared, row.Since));

    private ReportTask? Waiting(WaitingReportRow waiting)
    {
        var (row, voidAt) = (waiting.Row, waiting.VoidAt);
        SignatureMeaning? next = voidAt is not null ? SignatureMeaning.Prepared : waiting.Signatures switch
        {
            1 => SignatureMeaning.Reviewed,
            2 => SignatureMeaning.Approved,
            _ => null,
        };
        var since = voidAt ?? waiting.SignedAt;
        return next is { } meaning && ReportNumber.TryParse(row.Number, out var number)
            ? new ReportTask(number, row.Revision, ReportPlace.Of(row), meaning, voidAt is not null, since, options.Due.Of(meaning, since))
            : null;
    }
}
