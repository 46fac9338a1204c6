using ColdChain.Core.Excursions;
using ColdChain.Core.Excursions.Health;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// What came last and may be a spike, which the next sample will tell: as on the screens, it is not counted until then. A probe that stays silent for
/// longer than the largest gap is believed.
/// </summary>
internal static class InDoubt
{
    // So much is read before it, to know what the probe told until then.
    private static readonly TimeSpan ReadBefore = TimeSpan.FromHours(6);

    /// <summary>The times in doubt of probes, which go on until more is known; none where all that can be in doubt has been settled.</summary>
    public static IEnumerable<UnjudgedTime> Of(StoreSession session, IReadOnlyList<MountedRun> runs, LookedAt looked, TimeSpan gap, IReadOnlyList<UnjudgedTime> settled)
    {
        var to = looked.To + gap;
        if (looked.Now - to > gap)
        {
            return [];
        }

        var last = runs.Where(run => run.To >= looked.To).ToList();
        var samples = SampleSequence.Of(ReadingReader.Claims(session, [.. last.Select(run => run.Probe).Distinct()], looked.To - ReadBefore, Instant.Min(to, looked.Now)))
            .ToLookup(sample => sample.Probe, sample => settled.AsJudged(sample.Probe, sample.Sample));
        return
            from run in last
            let doubt = PlausibleSamples.InDoubtFrom(samples[run.Probe].Where(sample => run.Covers(sample.At)), run.Role, gap, looked.Now)
            where doubt is not null
            select new UnjudgedTime(run.Probe, UnjudgedTimes.InDoubt, doubt.Value, Instant.End);
    }
}
