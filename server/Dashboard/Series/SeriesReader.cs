using ColdChain.Core.Excursions;
using ColdChain.Core.Excursions.Health;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>
/// Reads the temperatures of a storage unit over time, each judged by the fleet of its own instant. Long lines come from a copy of the
/// readings where there is one that is sure; everything else, and what is unknown, from the record store.
/// </summary>
internal sealed class SeriesReader(RecordStore store, IReadOnlyList<RulePack> packs, ExtremesReader? copy = null)
{
    /// <summary>A line of more points is reduced.</summary>
    public const int PointsMax = 2000;

    /// <summary>More conditions than these cannot be told apart on a screen: the newest are drawn.</summary>
    public const int ConditionsMax = 200;

    private static readonly ConditionKind[] Drawn =
        [ConditionKind.DoorOpen, ConditionKind.MainsLost, ConditionKind.AgitationStopped, ConditionKind.AgitationRunning, ConditionKind.ProbesDisagree];

    /// <summary>For a longer time the copy is asked.</summary>
    public static readonly TimeSpan CopyAbove = TimeSpan.FromHours(48);

    /// <summary>Reads [from, to) from the record store; nothing later than <paramref name="now"/> is called unknown.</summary>
    public UnitSeries Read(StorageUnit unit, Instant from, Instant to, Instant now)
    {
        var window = new SeriesWindow(unit, from, to, packs);
        return SeriesOf(window, LineParts.OfRecordStore(window, copy: null), UnjudgedIn(window), now);
    }

    /// <inheritdoc cref="Read"/>
    public async Task<UnitSeries> ReadAsync(StorageUnit unit, Instant from, Instant to, Instant now, CancellationToken cancellation)
    {
        var window = new SeriesWindow(unit, from, to, packs);
        var unjudged = UnjudgedIn(window);
        var parts = copy is not null && to - from > CopyAbove && window.Step is { } step
            ? LineParts.Of(await copy(window.Query(step), cancellation), window, unjudged)
            : LineParts.OfRecordStore(window, copy: null);
        return SeriesOf(window, parts, unjudged, now);
    }

    private List<UnjudgedTime> UnjudgedIn(SeriesWindow window) =>
        store.Read(session => UnjudgedTimes.Touching(session, window.Unit.Id, window.From - window.LargestGap, window.To + window.LargestGap));

    private UnitSeries SeriesOf(SeriesWindow window, LineParts parts, List<UnjudgedTime> settled, Instant now)
    {
        var (from, to) = (window.From, window.To);
        var (samples, findings, conditions) = store.Read(session => (
            ReadSamples(session, window, parts), FindingStore.Current(session, window.Unit.Id), ConditionStore.Touching(session, window.Unit.Id, from, to, ConditionsMax)));
        List<UnjudgedTime> unjudged = [.. settled, .. InDoubt(window, samples, settled, now)];
        var lines = window.Periods.SelectMany(period => LinesOf(period, window.GapOf(period), samples, unjudged)).ToList();
        return new UnitSeries
        {
            From = from,
            To = to,
            Source = parts.Source,
            Probes = [.. lines.GroupBy(line => (line.Probe.Id, line.Probe.Role)).Select(group => new ProbeSeries(group.Key.Id, group.Key.Role, Joined(group, window)))],
            Limits = [.. window.Periods.Select(period => LimitsOf(period, window))],
            Unknown = [.. lines.Where(line => line.Probe.Role == ProbeRole.Load).SelectMany(line => line.UnknownWithin(from, Instant.Min(to, now)))],
            Unjudged =
            [
                .. unjudged.Select(time => time with { From = Instant.Max(time.From, from), To = Instant.Min(time.To, Instant.Min(to, now)) })
                    .Where(time => time.From <= time.To),
            ],
            Findings = [.. findings.Select(row => row.Finding).Where(finding => finding.Stretch.Start < to && finding.Stretch.ExposureEnd > from)],
            Conditions = [.. conditions.Select(row => row.Condition).Where(condition => Drawn.Contains(condition.Kind))],
        };
    }

    private static List<LineSample> ReadSamples(StoreSession session, SeriesWindow window, LineParts parts)
    {
        var exact =
            from span in parts.Exact
            from sample in SampleSequence.Of(ReadingReader.Claims(session, window.Probes, span.From, span.To - TimeSpan.FromMilliseconds(1)))
            select new LineSample(sample.Probe, sample.Sample, IsExtreme: false);
        return [.. exact.Concat(parts.Extremes.SelectMany(step => LineSample.Of(step, parts.Source.Step!.Value))).OrderBy(sample => sample.Sample.At)]; // Extremes have a step.
    }

    // What came last and may be a spike is no condition yet.
    private static IEnumerable<UnjudgedTime> InDoubt(SeriesWindow window, List<LineSample> samples, List<UnjudgedTime> settled, Instant now) =>
        from period in window.Periods.TakeLast(1)
        from probe in period.Probes
        let own = samples.Where(sample => sample.Probe == probe.Id && !sample.IsExtreme).Select(sample => settled.AsJudged(probe.Id, sample.Sample))
        let doubt = PlausibleSamples.InDoubtFrom(own, probe.Role, window.GapOf(period), now)
        where doubt is not null
        select new UnjudgedTime(probe.Id, UnjudgedTimes.InDoubt, doubt.Value, Instant.End);

    private static IEnumerable<LineOfPeriod> LinesOf(UnitPeriod period, TimeSpan gap, List<LineSample> samples, List<UnjudgedTime> unjudged)
    {
        foreach (var probe in period.Probes)
        {
            var line = new ProbeLine(gap);
            foreach (var (_, measured, isExtreme) in samples.Where(sample => sample.Probe == probe.Id && period.Covers(sample.Sample.At)))
            {
                var sample = unjudged.AsJudged(probe.Id, measured);
                var calibrated = sample with { Lowest = sample.Lowest + probe.CalibrationOffsetMilli, Highest = sample.Highest + probe.CalibrationOffsetMilli };
                if (isExtreme)
                {
                    line.AddExtreme(calibrated);
                }
                else
                {
                    line.Add(calibrated);
                }
            }

            yield return new LineOfPeriod(period, probe, line);
        }
    }

    // Between two periods the probe was calibrated anew, or stood elsewhere: the line is broken there.
    private static IReadOnlyList<LinePoint> Joined(IEnumerable<LineOfPeriod> lines, SeriesWindow window)
    {
        var joined = new List<LinePoint>();
        foreach (var points in lines.Select(line => line.Line.Points).Where(points => points.Count > 0))
        {
            if (joined.Count > 0)
            {
                joined.Add(new LinePoint(joined[^1].At + TimeSpan.FromMilliseconds(1), null));
            }

            joined.AddRange(points);
        }

        return joined.Count <= PointsMax ? joined : LineReduction.ByStep(joined, window.DrawnStep);
    }

    private static LimitsInForce LimitsOf(UnitPeriod period, SeriesWindow window)
    {
        var rule = window.RuleOf(period);
        return new LimitsInForce(Instant.Max(period.From, window.From), Instant.Min(period.To, window.To), rule?.Low, rule?.High);
    }

    private sealed record LineOfPeriod(UnitPeriod Period, FleetProbe Probe, ProbeLine Line)
    {
        public IEnumerable<(Instant From, Instant To)> UnknownWithin(Instant from, Instant to) =>
            Line.UnknownWithin(Instant.Max(from, Period.From), Instant.Min(to, Period.To));
    }
}
