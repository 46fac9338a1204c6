using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// Reads how the alarms of a site, or of all sites, did: every incident that was opened within [from, to), whether it woke people, waited for the day, was
/// shelved or was told to nobody. What comes back before it is closed is the same incident.
/// </summary>
/// <remarks>
/// Everything is as it was known at the end of the period, so that a figure does not change when a later day goes on: an incident that was over, or
/// taken by a person, only after that counts as going on, or as not taken. When one was over, and when it came back, follows from what was noted of its
/// members until then.
/// <list type="bullet">
/// <item>Chattering: how often one came at most 15 minutes after it had been over: opened after the incident before of the same cause, or came back as the
/// same incident because nobody had taken it.</item>
/// <item>Stale: went on for more than 24 hours at a stretch, counted up to the end of the period where it still did.</item>
/// <item>Time to acknowledge: from opening until the first person said "I have it". The median of an even number is the mean of the two in the middle, in
/// whole milliseconds; the 95th percentile is the nearest rank.</item>
/// <item>Rates: of the time recorded, if that is a day at least: 23 hours, where clocks are set forward.</item>
/// <item>Source: the storage unit, which may have the id of a site; the site of an incident that is of none; the cause of one that is of neither.</item>
/// </list>
/// </remarks>
/// <param name="fleet">The fleet.</param>
internal sealed class AlarmsReader(FleetHistory fleet)
{
    /// <summary>The word of the one yardstick.</summary>
    public const string AlarmsPerDay = "alarms-per-day";

    private const double AlarmsPerDayMax = 144; // One in ten minutes.
    private const string FromMemory = "EEMUA 191, from memory and not verified: on average at most one alarm in 10 minutes for an operator";
    private const int TopMax = 5;
    private const int Decimals = 6;
    private const int Percentile = 95;

    private static readonly TimeSpan ChatterWithin = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestDay = TimeSpan.FromHours(23); // On which clocks are set forward.
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>Reads them.</summary>
    /// <param name="session">The record store.</param>
    /// <param name="site">The site; empty for all.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant after the last, or the present while the period goes on; after the first.</param>
    /// <exception cref="RefusalException">Nothing was recorded before its end: that nobody was alarmed would say nothing.</exception>
    public AlarmsContent Read(StoreSession session, string site, Instant from, Instant to)
    {
        if (EventLog.FirstAt(session) is { } recorded && recorded > from)
        {
            return recorded < to
                ? Read(session, site, new SpanContent(recorded, to), new SpanContent(from, to)) with { RecordedFrom = recorded }
                : throw new RefusalException(RefusalKind.Invalid, "number", $"nothing was recorded before {recorded}", "ask for a period that ends after that") { Word = ReportRefusals.NotRecorded };
        }

        return Read(session, site, new SpanContent(from, to), new SpanContent(from, to));
    }

    private AlarmsContent Read(StoreSession session, string site, SpanContent recorded, SpanContent period)
    {
        var (from, to) = (recorded.From, period.To);
        var only = site.Length == 0 ? null : site;
        var members = IncidentStore.MembersOfOpened(session, only, from, to);
        var alarms = IncidentStore.Opened(session, only, from, to).ConvertAll(course => new Alarm(course, AlarmTimes.Of(course.Incident, members[course.Incident.Id], to)));
        var sources = alarms.GroupBy(alarm => SourceOf(alarm.Course.Incident))
            .Select(group => new SourceAlarmsContent(group.Key.Kind, group.Key.Id, NameOf(group.Key), FiguresOf([.. group], from, to)))
            .OrderByDescending(source => source.Figures.Count)
            .ThenBy(source => source.Source, StringComparer.Ordinal)
            .ThenBy(source => source.Kind, StringComparer.Ordinal)
            .ToList();
        return new AlarmsContent
        {
            Sources = sources,
            Total = FiguresOf(alarms, from, to),
            StorageUnits = Places.UnitsOf(fleet, site, to - Moment, to).Count(),
            Yardsticks = [new YardstickContent(AlarmsPerDay, AlarmsPerDayMax, RateOf(alarms.Count, Day, from, to), FromMemory)],
            TopSources = [.. sources.Take(TopMax).Select(source => new AlarmSourceContent(source.Kind, source.Source))],
        };
    }

    private static AlarmFiguresContent FiguresOf(List<Alarm> alarms, Instant from, Instant to)
    {
        var times = alarms.Select(alarm => alarm.Course).Where(course => course.FirstAcknowledgedAt < to)
            .Select(course => course.FirstAcknowledgedAt!.Value - course.Incident.OpenedAt) // Only those that have one are before the end.
            .Order()
            .ToList();
        return new AlarmFiguresContent
        {
            Count = alarms.Count,
            PerWeek = RateOf(alarms.Count, Week, from, to),
            Chattering = alarms.Sum(alarm => alarm.CameBackWithin(ChatterWithin)),
            Acknowledged = times.Count,
            MedianToAcknowledge = times.Count == 0 ? null : Median(times),
            P95ToAcknowledge = times.Count == 0 ? null : times[(times.Count * Percentile + 99) / 100 - 1], // The rank, rounded up.
            Stale = alarms.Count(alarm => alarm.Times.Any(time => time.To - time.From > StaleAfter)),
        };
    }

    private static double? RateOf(int count, TimeSpan each, Instant from, Instant to) => to - from < ShortestDay ? null : Math.Round(count * (each / (to - from)), Decimals);

    private static TimeSpan Median(List<TimeSpan> ascending)
    {
        var half = ascending.Count / 2;
        var middle = ascending.Count % 2 == 1 ? ascending[half] : (ascending[half - 1] + ascending[half]) / 2;
        return TimeSpan.FromMilliseconds((long)middle.TotalMilliseconds);
    }

    private static Source SourceOf(IncidentRow incident) => incident switch
    {
        { Unit: { } unit } => new Source(AlarmSourceKinds.StorageUnit, unit.Value),
        { Site.Length: > 0 } => new Source(AlarmSourceKinds.Site, incident.Site),
        _ => new Source(AlarmSourceKinds.Cause, incident.Cause.ToString()),
    };

    private string NameOf(Source source) => source.Kind switch
    {
        AlarmSourceKinds.StorageUnit => fleet.FindUnit(new StorageUnitId(source.Id))?.Name,
        AlarmSourceKinds.Site => fleet.FindSite(source.Id)?.Name,
        _ => null,
    } ?? source.Id;

    private readonly record struct Source(string Kind, string Id);

    private sealed record Alarm(IncidentCourse Course, IReadOnlyList<SpanContent> Times)
    {
        public int CameBackWithin(TimeSpan time) =>
            (Course.Incident.OpenedAt - Course.OverBefore <= time ? 1 : 0) + Times.Zip(Times.Skip(1)).Count(two => two.Second.From - two.First.To <= time);
    }
}
