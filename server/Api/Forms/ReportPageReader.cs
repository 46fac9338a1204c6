using System.Globalization;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Reports.Documents;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api.Forms;

/// <summary>What the pages of reports show.</summary>
internal sealed class ReportPageReader(RecordStore store, FleetView view, ReportTasks tasks, TimeProvider clock)
{
    /// <summary>Rows of each table at most.</summary>
    public const int RowsMax = 200;

    // Of other sites, too: what a person does not see is left out afterwards.
    private const int ReadMax = 5_000;

    /// <summary>What is to be done, and the newest reports, as far as a caller sees them.</summary>
    public ReportListView List(Caller caller) => store.Read(session =>
    {
        var (fleet, now) = (view.Current, Instant.Now(clock));
        var due = tasks.Read(session, caller, RowsMax);
        var rows = ReportStore.All(session, ReadMax).Where(row => ReportPlace.Of(row).Allows(caller, Permission.See, fleet)).Take(RowsMax + 1).ToList();
        return new ReportListView
        {
            Tasks = [.. due.Tasks.Select(task => TaskOf(task, fleet, now))],
            TasksNotShown = due.NotShown,
            Overdue = due.Overdue,
            Reports = [.. rows.Take(RowsMax).Select(row => LineOf(session, row, fleet)).OfType<ReportLineView>()],
            IsCut = rows.Count > RowsMax,
            Choices = ChoicesOf(caller, fleet),
            Yesterday = TimeZoneInfo.ConvertTime(now.ToDateTimeOffset(), fleet.Sites.Select(site => site.Zone).FirstOrDefault(TimeZoneInfo.Utc)).AddDays(-1)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    });

    /// <summary>One report; null when there is nothing that it could be of.</summary>
    /// <param name="text">Its number.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="isKept">True when the caller may not see it.</param>
    public ReportView? Read(string text, Caller caller, out bool isKept)
    {
        var (fleet, now) = (view.Current, Instant.Now(clock));
        var head = ReportNumber.TryParse(text, out var number) ? store.Read(session => ReportHead.Read(session, fleet, tasks, number, now)) : null;
        isKept = head is not null && !head.Place.Allows(caller, Permission.See, fleet);
        return head is null ? null : new ReportView
        {
            Subject = SubjectOf(number, head.Place, fleet),
            UnitId = head.Place.Unit?.Value,
            State = head.State,
            Task = head.Task is { } task ? TaskOf(task, fleet, now) : null,
            Revisions = [.. head.Revisions.Select(RevisionOf)],
            OpenIncident = WantsPreparing(head) ? head.OpenIncident : null,
            HasDraft = !head.IsAhead && WantsPreparing(head),
            HasBundle = ReportFiles.HasBundle(number),
            Until = head.GoesOn ? head.Until : null,
            MayPrepare = WantsPreparing(head) && !head.GoesOn && head.OpenIncident is null && caller.Account is not null && head.Place.Allows(caller, Permission.PrepareReports, fleet),
            Signing = head.Standing is { IsReadable: true } standing ? SigningOf(standing, head.Place, caller, fleet) : null,
        };
    }

    /// <summary>The number of the report that a form asks for.</summary>
    /// <param name="about">One of the choices.</param>
    /// <param name="period">How long: day, week, month or year.</param>
    /// <param name="day">A day of it.</param>
    /// <exception cref="RefusalException">It is none.</exception>
    public static ReportNumber NumberOf(string? about, string? period, string? day)
    {
        var kind = Parameters.OneOf("period", period, "day", "week", "month", "year");
        var length = Enum.Parse<PeriodKind>(kind, ignoreCase: true);
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1970 and < 9998
            && ReportNumber.TryParse($"{about}_{new CalendarPeriod(length, FirstOf(length, date))}", out var number)
                ? number
                : throw new RefusalException(RefusalKind.Invalid, "about", $"'{about}' or '{day}' is missing or none", "choose what it is about, and a day of its period") { Word = ReportRefusals.NoChoice };
    }

    private static DateOnly FirstOf(PeriodKind length, DateOnly day) => length switch
    {
        PeriodKind.Day => day,
        PeriodKind.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), // Monday is the first.
        PeriodKind.Month => new DateOnly(day.Year, day.Month, 1),
        PeriodKind.Year => new DateOnly(day.Year, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(length)),
    };

    // What nobody has prepared, what is void, and what another version of the program wrote in a form that this one does not sign, unless it is approved.
    private static bool WantsPreparing(ReportHead head) =>
        head.Standing is not { } standing || (!standing.IsReadable && !standing.Signatures.Any(one => one.Meaning == SignatureMeaning.Approved));

    private static ReportSigningView? SigningOf(ReportRevision standing, ReportPlace place, Caller caller, FleetHistory fleet)
    {
        var given = standing.Signatures.Select(one => new GivenSignature(one.Meaning, one.Account)).ToList();
        return ReportSigning.Next(given) is { } next && caller.Account is { } person && place.Allows(caller, ReportDesk.RightOf(next), fleet)
            && ReportSigning.Refusal(next, person.Name, given, isVoid: false) is null
                ? new ReportSigningView(ReportSigning.WordOf(next), standing.Row.Revision, standing.Row.Sha256)
                : null;
    }

    private static ReportTaskView TaskOf(ReportTask task, FleetHistory fleet, Instant now) =>
        new(SubjectOf(task.Number, task.Place, fleet), task.Word, task.Since, task.Due, task.IsOverdue(now));

    // Null for a number that a later version of the program wrote.
    private static ReportLineView? LineOf(StoreSession session, ReportRow row, FleetHistory fleet)
    {
        var revision = ReportRevision.Read(session, row);
        return ReportNumber.TryParse(row.Number, out var number)
            ? new ReportLineView(SubjectOf(number, ReportPlace.Of(row), fleet), row.Revision, ReportStates.Of(revision.Signatures, revision.Void), row.MadeAt)
            : null;
    }

    private static ReportSubjectView SubjectOf(ReportNumber number, ReportPlace place, FleetHistory fleet)
    {
        var unit = place.Unit is { } id ? fleet.FindUnit(id)?.Name ?? id.Value : "";
        var site = fleet.FindSite(place.Site)?.Name ?? place.Site;
        return new ReportSubjectView(
            $"{number}",
            number.Kind,
            string.Join(" · ", new[] { site, unit }.Where(name => name.Length > 0)),
            number.Kind == ReportKind.Excursion ? number.Finding : null,
            number.Kind == ReportKind.Excursion ? "" : $"{number.Period}",
            place.Zone(fleet));
    }

    private static ReportRevisionView RevisionOf(ReportRevision revision) => new()
    {
        Revision = revision.Row.Revision,
        MadeAt = revision.Row.MadeAt,
        Sha256 = revision.Row.Sha256,
        Signatures = [.. revision.Signatures.Select(one => new ReportSignatureView(ReportSigning.WordOf(one.Meaning), one.Display, one.Account, one.SignedAt, ReportZone.Of(one.Zone), one.Sentence))],
        VoidAt = revision.Void?.At,
        VoidReason = revision.Void?.Reason ?? "",
    };

    private static List<ReportChoiceView> ChoicesOf(Caller caller, FleetHistory fleet)
    {
        var sites = fleet.Sites.Where(site => caller.SeesAllOf(fleet, site.Id)).ToList();
        return
        [
            .. fleet.Units.Where(unit => caller.Sees(fleet, unit.Id)).Select(unit => new ReportChoiceView($"SU-{unit.Id}", ReportKind.UnitPeriod, $"{unit.Name}, {fleet.FindSite(unit.Site)?.Name ?? unit.Site}")),
            .. sites.Select(site => new ReportChoiceView($"SI-{site.Id}", ReportKind.SitePeriod, site.Name)),
            .. sites.Select(site => new ReportChoiceView($"AL-{site.Id}", ReportKind.Alarms, site.Name)),
            .. caller.Rights.Everywhere(Permission.See) ? [new ReportChoiceView("AL", ReportKind.Alarms, "")] : Array.Empty<ReportChoiceView>(),
        ];
    }
}
