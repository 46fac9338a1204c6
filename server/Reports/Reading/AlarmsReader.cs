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
/// taken by a person, only after that counts as going on, or as not taken.
/// <list type="bullet">
/// <item>Chattering: opened at most 15 minutes after the incident before of the same cause was over.</item>
/// <item>Stale: went on for more than 24 hours, counted up to the end of the period where it still did.</item>
/// <item>Time to acknowledge: from opening until the first person said "I have it". The median of an even number is the mean of the two in the middle, in
/// whole milliseconds; the 95th percentile is the nearest rank.</item>
/// <item>Source: the storage unit; the site of an incident that is of none; the cause of one that is of neither.</item>
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
        var incidents = IncidentStore.Opened(session, site.Length == 0 ? null : site, from, to);
        var sources = incidents.GroupBy(course => SourceOf(course.Incident))
            .Select(group => new SourceAlarmsContent(group.Key.Id, NameOf(group.Key), FiguresOf([.. group], from, to)))
            .OrderByDescending(source => source.Figures.Count)
            .ThenBy(source => source.Source, StringComparer.Ordinal)
            .ToList();
        return new AlarmsContent
        {
            Sources = sources,
            Total = FiguresOf(incidents, from, to),
            StorageUnits = Places.UnitsOf(fleet, site, to - Moment, to).Count(),
            Yardsticks = [new YardstickContent(AlarmsPerDay, AlarmsPerDayMax, Math.Round(incidents.Count / (to - from).TotalDays, Decimals), FromMemory)],
            TopSources = [.. sources.Take(TopMax).Select(source => source.Source)],
        };
    }

    private static AlarmFiguresContent FiguresOf(List<IncidentCourse> incidents, Instant from, Instant to)
    {
        var times = incidents.Where(course => course.FirstAcknowledgedAt < to)
            .Select(course => course.FirstAcknowledgedAt!.Value - course.Incident.OpenedAt) // Only those that have one are before the end.
            .Order()
            .ToList();
        return new AlarmFiguresContent
        {
            Count = incidents.Count,
            PerWeek = Math.Round(incidents.Count * (Week / (to - from)), Decimals),
            Chattering = incidents.Count(course => course.Incident.OpenedAt - course.OverBefore <= ChatterWithin),
            Acknowledged = times.Count,
            MedianToAcknowledge = times.Count == 0 ? null : Median(times),
            P95ToAcknowledge = times.Count == 0 ? null : times[(times.Count * Percentile + 99) / 100 - 1], // The rank, rounded up.
            Stale = incidents.Count(course => Instant.Min(course.Incident.State.OverAt ?? to, to) - course.Incident.OpenedAt > StaleAfter),
        };
    }

    private static TimeSpan Median(List<TimeSpan> ascending)
    {
        var half = ascending.Count / 2;
        var middle = ascending.Count % 2 == 1 ? ascending[half] : (ascending[half - 1] + ascending[half]) / 2;
        return TimeSpan.FromMilliseconds((long)middle.TotalMilliseconds);
    }

    private static Source SourceOf(IncidentRow incident) => incident switch
    {
        { Unit: { } unit } => new Source(IsUnit: true, IsSite: false, unit.Value),
        { Site.Length: > 0 } => new Source(IsUnit: false, IsSite: true, incident.Site),
        _ => new Source(IsUnit: false, IsSite: false, incident.Cause.ToString()),
    };

    private string NameOf(Source source) =>
        (source.IsUnit ? fleet.FindUnit(new StorageUnitId(source.Id))?.Name : source.IsSite ? fleet.FindSite(source.Id)?.Name : null) ?? source.Id;

    // A storage unit may have the id of a site.
    private readonly record struct Source(bool IsUnit, bool IsSite, string Id);
}
