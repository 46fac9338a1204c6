using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// Reads the probes of a storage unit over some time out of the record store, sample by sample, and reckons what a report says of them
/// (<see cref="ProbeFigures"/> defines each figure). Every sample counts by the fleet, the rule pack, the conditions and the windows of its own instant, as they are known now.
/// </summary>
/// <param name="packs">All packs that were ever in force, the oldest first.</param>
internal sealed class UnitFiguresReader(IReadOnlyList<DatedPack> packs)
{
    /// <summary>Reads what lies within a time. A probe is one for each mounting: the same one with another offset, role or certificate is another.</summary>
    /// <param name="session">The record store.</param>
    /// <param name="unit">The storage unit.</param>
    /// <param name="looked">The time, and when it is looked at.</param>
    /// <param name="pointsMax">About so many points a line has at most; more only where it is broken often.</param>
    /// <param name="cancellation">Ends it between two samples.</param>
    public UnitFigures Read(StoreSession session, StorageUnit unit, LookedAt looked, int pointsMax, CancellationToken cancellation)
    {
        var (from, to) = (looked.From, looked.To);
        var rules = new RulesInForce(unit, packs, from, to);
        var runs = MountedRun.Of(unit, from, to);
        var figures = runs.ToDictionary(run => run, run => FiguresOf(run, rules, from, to, pointsMax));
        foreach (var (sample, run) in Counted(session, unit, runs, looked))
        {
            cancellation.ThrowIfCancellationRequested();
            figures[run].Take(sample);
        }

        return new UnitFigures(
            [.. runs.SelectMany(run => figures[run].End())],
            rules.Content(),
            FaultReasons.Told(session, [.. runs.SelectMany(run => figures[run].EndOfExcluded()).OrderBy(run => run.From).ThenBy(run => run.Probe, StringComparer.Ordinal)], cancellation));
    }

    /// <summary>
    /// The samples as they were counted, ascending by time and read as they are asked for: those within the time looked at, and those up to one largest gap
    /// outside of it that a line may reach to, since their probe stood there without a break until then.
    /// </summary>
    public IEnumerable<JudgedSample> Samples(StoreSession session, StorageUnit unit, LookedAt looked) =>
        Counted(session, unit, MountedRun.Of(unit, looked.From, looked.To), looked).Select(counted => counted.Sample);

    /// <summary>The time that <see cref="Samples"/> may reach over: what a statement about [from, to) rests on.</summary>
    public SpanContent Reach(StorageUnit unit, Instant from, Instant to)
    {
        var gap = new RulesInForce(unit, packs, from, to).LargestGap;
        return new SpanContent(from - gap, to + gap + TimeSpan.FromMilliseconds(1)); // A sample right at its end can matter.
    }

    private IEnumerable<(JudgedSample Sample, MountedRun Run)> Counted(StoreSession session, StorageUnit unit, IReadOnlyList<MountedRun> runs, LookedAt looked)
    {
        var (from, to) = (looked.From, looked.To);
        var ofProbe = runs.ToLookup(run => run.Probe);
        var gap = new RulesInForce(unit, packs, from, to).LargestGap;
        var settled = UnjudgedTimes.Touching(session, unit.Id, from - gap, to + gap);
        var unjudged = settled.Concat(InDoubt.Of(session, runs, looked, gap, settled)).ToLookup(time => time.Probe);
        var cursors = ofProbe.ToDictionary(probe => probe.Key, probe => new UnjudgedCursor(unjudged[probe.Key]));
        foreach (var (probe, sample) in SampleSequence.Of(ReadingReader.Claims(session, [.. cursors.Keys], from - gap, to + gap)))
        {
            if (ofProbe[probe].FirstOrDefault(run => run.Covers(sample.At)) is { } run)
            {
                yield return (Counted(run, sample, cursors[probe].ReasonAt(sample.At)), run);
            }
        }
    }

    private static JudgedSample Counted(MountedRun run, in Sample sample, string? unjudged)
    {
        var counts = sample.Kind == SampleKind.Fault ? CountsAs.Fault
            : unjudged is not null ? unjudged
            : sample.Kind == SampleKind.Conflict ? CountsAs.Conflict
            : CountsAs.Good;
        int? measured = sample.Kind == SampleKind.Good ? sample.Lowest : null;
        return new JudgedSample(run.Probe, run.Role, sample.At, measured, run.OffsetAt(sample.At), counts);
    }

    private static RunFigures FiguresOf(MountedRun run, RulesInForce rules, Instant from, Instant to, int pointsMax)
    {
        var mountings = run.Mountings
            .Select(mounting => mounting with { From = Instant.Max(mounting.From, from), To = Instant.Min(mounting.To, to) })
            .Where(mounting => mounting.From < mounting.To);
        return new RunFigures(run, [.. mountings.Select(mounting => (mounting, new ProbeFigures(mounting, rules.PiecesOf(mounting), LineThinning.Over(from, to, pointsMax))))]);
    }
}
