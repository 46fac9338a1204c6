using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports;

/// <summary>Puts the contents of reports together from what is stored now. One storage unit is read after the other, each by a session of its own.</summary>
internal sealed class ReportMaker(RecordStore store, FleetView fleet, IReadOnlyList<DatedPack> packs, TimeProvider clock)
{
    private readonly UnitFiguresReader _figures = new(packs);

    /// <inheritdoc cref="MakeReport"/>
    public ReportContent Make(ReportNumber number, Action<ReportProgress> progress, CancellationToken cancellation)
    {
        var content = number.Kind switch
        {
            ReportKind.Excursion => OfExcursion(number, cancellation),
            ReportKind.Alarms => OfAlarms(number),
            _ => OfPeriod(number, progress, cancellation),
        };
        progress(new ReportProgress(1, 1));
        return content;
    }

    private ReportContent OfExcursion(ReportNumber number, CancellationToken cancellation) =>
        store.Read(session => new ExcursionContentReader(fleet, _figures).Read(session, number.Finding, Instant.Now(clock), cancellation))
        ?? throw Unknown($"there is no excursion or unknown time {number.Finding}", "take a number from GET /api/v1/excursions");

    private ReportContent OfPeriod(ReportNumber number, Action<ReportProgress> progress, CancellationToken cancellation)
    {
        var current = fleet.Current;
        var units = number.Kind == ReportKind.UnitPeriod
            ? StorageUnitId.TryParse(number.Place, out var id) && current.FindUnit(id) is { } one ? [one] : throw Unknown($"there is no storage unit '{number.Place}'", "take an id from GET /api/v1/units")
            : current.FindSite(number.Place) is null ? throw Unknown($"there is no site '{number.Place}'", "take an id from the fleet file")
            : current.Units.Where(unit => unit.Site == number.Place).OrderBy(unit => unit.Id.Value, StringComparer.Ordinal).ToList();
        var place = number.Kind == ReportKind.UnitPeriod ? Places.Of(current, units[0]) : Places.OfSite(current, number.Place);
        var now = Instant.Now(clock);
        var content = Empty(number, place, now);
        var used = units.Where(unit => units.Count == 1 || unit.History.Any(period => period.From < content.To && period.To > content.From)).ToList();
        var reader = new PeriodReader(current, packs);
        return content with { Units = [.. used.Select(ReadUnit)] };

        UnitPeriodContent ReadUnit(StorageUnit unit, int done)
        {
            cancellation.ThrowIfCancellationRequested();
            progress(new ReportProgress(done, used.Count));
            return store.Read(session => reader.Read(session, unit, new LookedAt(content.From, content.To, now), cancellation));
        }
    }

    private ReportContent OfAlarms(ReportNumber number)
    {
        var current = fleet.Current;
        var place = number.Place.Length == 0 || current.FindSite(number.Place) is not null ? Places.OfSite(current, number.Place)
            : throw Unknown($"there is no site '{number.Place}'", "take an id from the fleet file, or leave it out");
        var content = Empty(number, place, Instant.Now(clock));
        return content with { Alarms = store.Read(session => new AlarmsReader(current).Read(session, number.Place, content.From, content.To)) };
    }

    // What has not happened yet is not looked at: the period of a draft ends now.
    private static ReportContent Empty(ReportNumber number, PlaceContent place, Instant now)
    {
        var (from, to) = number.Period.In(TimeZoneInfo.FindSystemTimeZoneById(place.Zone));
        var settled = to + PeriodReader.SettledAfterOf(number.Kind);
        return from >= to ? throw new RefusalException(RefusalKind.Invalid, "number", $"there was no {number.Period} in {place.Zone}: the clocks passed over it", "ask for another day") { Word = ReportRefusals.NoPeriod }
            : from >= now ? throw new RefusalException(RefusalKind.Invalid, "number", $"{number.Period} has not begun", "ask for a period that has") { Word = ReportRefusals.NotBegun }
            : new ReportContent
            {
                Number = number.ToString(), Kind = number.Kind, Place = place, From = from, To = Instant.Min(to, now), IsUnfinished = now < settled, FinishedAt = settled,
            };
    }

    private static RefusalException Unknown(string reason, string cure) => new(RefusalKind.Unknown, "number", reason, cure) { Word = ReportRefusals.NothingOfIt };
}
