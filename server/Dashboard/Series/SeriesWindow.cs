using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>A storage unit over some time, with the rules in force.</summary>
internal sealed class SeriesWindow(StorageUnit unit, Instant from, Instant to, IReadOnlyList<RulePack> packs)
{
    // Shorter steps would be more of them than a chart has pixels, and dearer to ask than to read.
    private static readonly TimeSpan StepMin = TimeSpan.FromMinutes(1);

    public StorageUnit Unit { get; } = unit;

    /// <summary>The first instant, included.</summary>
    public Instant From { get; } = from;

    /// <summary>The end, not included.</summary>
    public Instant To { get; } = to;

    /// <summary>How the unit was used meanwhile.</summary>
    public IReadOnlyList<UnitPeriod> Periods { get; } = [.. unit.History.Where(period => period.From < to && period.To > from)];

    public IReadOnlyList<ProbeId> Probes => [.. Periods.SelectMany(period => period.Probes).Select(probe => probe.Id).Distinct()];

    /// <summary>
    /// One largest gap around the window is read as well, so that a line which only crosses its edge is not taken for one that begins there.
    /// </summary>
    public TimeSpan LargestGap => Periods.Select(GapOf).DefaultIfEmpty().Max();

    /// <summary>Where lines begin and end: at the window's edges and between periods.</summary>
    public IEnumerable<Instant> Edges => Periods.SelectMany(period => new[] { period.From, period.To }).Where(edge => edge > From && edge < To).Append(From).Append(To);

    /// <summary>
    /// The steps by which a copy is asked. At most half the smallest gap long, so that a gap, wherever it begins, leaves one of them empty.
    /// Null when they would be too short for that.
    /// </summary>
    public TimeSpan? Step
    {
        get
        {
            var most = Periods.Select(GapOf).DefaultIfEmpty().Min() / 2;
            var wanted = LineReduction.StepFor(To - From, SeriesReader.PointsMax);
            var step = wanted < StepMin ? StepMin : wanted;
            step = TimeSpan.FromSeconds(Math.Floor((step < most ? step : most).TotalSeconds));
            return step >= StepMin ? step : null;
        }
    }

    /// <summary>The steps by which a line of many points is drawn: the copy's joined, so that the same picture comes from both.</summary>
    public TimeSpan DrawnStep
    {
        get
        {
            var wanted = LineReduction.StepFor(To - From, SeriesReader.PointsMax);
            return Step is { } step ? step * Math.Ceiling(wanted / step) : wanted;
        }
    }

    public ExtremesQuery Query(TimeSpan step) => new(
        [.. Periods.SelectMany(period => period.Probes.Select(probe => new MountedProbe(probe.Id, Instant.Max(period.From, From), Instant.Min(period.To, To))))],
        From,
        To,
        step);

    public TimeSpan GapOf(UnitPeriod period) => RuleOf(period)?.MaxGap ?? TimeSpan.Zero;

    public StorageRule? RuleOf(UnitPeriod period) => packs.FirstOrDefault(pack => pack.Id == period.RulePackId)?.Find(period.Products, period.Context);
}
