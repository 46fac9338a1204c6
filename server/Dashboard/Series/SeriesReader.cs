using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>Reads the temperatures of a storage unit over time, each judged by the fleet of its own instant.</summary>
internal sealed class SeriesReader(RecordStore store, IReadOnlyList<RulePack> packs)
{
    /// <summary>A line of more points is reduced.</summary>
    public const int PointsMax = 2000;

    /// <summary>Reads [from, to); nothing later than <paramref name="now"/> is called unknown.</summary>
    public UnitSeries Read(StorageUnit unit, Instant from, Instant to, Instant now)
    {
        var periods = unit.History.Where(period => period.From < to && period.To > from).ToList();
        var (samples, findings) = store.Read(session => (ReadSamples(session, periods, from, to), FindingStore.Current(session, unit.Id)));
        var lines = periods.SelectMany(period => LinesOf(period, samples)).ToList();
        return new UnitSeries
        {
            From = from,
            To = to,
            Probes = [.. lines.GroupBy(line => (line.Probe.Id, line.Probe.Role)).Select(group => new ProbeSeries(group.Key.Id, group.Key.Role, Joined(group)))],
            Limits = [.. periods.Select(period => LimitsOf(period, from, to))],
            Unknown = [.. lines.Where(line => line.Probe.Role == ProbeRole.Load).SelectMany(line => line.UnknownWithin(from, Instant.Min(to, now)))],
            Findings = [.. findings.Select(row => row.Finding).Where(finding => finding.Stretch.Start < to && finding.Stretch.ExposureEnd > from)],
        };
    }

    // One largest gap around the window, so that a line which only crosses its edge is not taken for one that begins there.
    private List<ProbeSample> ReadSamples(StoreSession session, List<UnitPeriod> periods, Instant from, Instant to)
    {
        var probes = periods.SelectMany(period => period.Probes).Select(probe => probe.Id).Distinct().ToList();
        var margin = periods.Select(GapOf).DefaultIfEmpty().Max();
        return [.. SampleSequence.Of(ReadingReader.Read(session, probes, from - margin, to + margin))];
    }

    private IEnumerable<LineOfPeriod> LinesOf(UnitPeriod period, List<ProbeSample> samples)
    {
        foreach (var probe in period.Probes)
        {
            var line = new ProbeLine(GapOf(period));
            foreach (var (_, sample) in samples.Where(sample => sample.Probe == probe.Id && period.Covers(sample.Sample.At)))
            {
                line.Add(sample with { Lowest = sample.Lowest + probe.CalibrationOffsetMilli, Highest = sample.Highest + probe.CalibrationOffsetMilli });
            }

            yield return new LineOfPeriod(period, probe, line);
        }
    }

    // Between two periods the probe was calibrated anew, or stood elsewhere: the line is broken there.
    private static IReadOnlyList<LinePoint> Joined(IEnumerable<LineOfPeriod> lines)
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

        return LineReduction.Reduce(joined, PointsMax);
    }

    private LimitsInForce LimitsOf(UnitPeriod period, Instant from, Instant to)
    {
        var rule = RuleOf(period);
        return new LimitsInForce(Instant.Max(period.From, from), Instant.Min(period.To, to), rule?.Low, rule?.High);
    }

    private TimeSpan GapOf(UnitPeriod period) => RuleOf(period)?.MaxGap ?? TimeSpan.Zero;

    private StorageRule? RuleOf(UnitPeriod period) =>
        packs.FirstOrDefault(pack => pack.Id == period.RulePackId)?.Find(period.Product, period.Context);

    private sealed record LineOfPeriod(UnitPeriod Period, FleetProbe Probe, ProbeLine Line)
    {
        public IEnumerable<(Instant From, Instant To)> UnknownWithin(Instant from, Instant to) =>
            Line.UnknownWithin(Instant.Max(from, Period.From), Instant.Min(to, Period.To));
    }
}
