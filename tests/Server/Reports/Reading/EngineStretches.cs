using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>
/// The times of one load probe out of range or unknown, by the engine and as the findings of the record store are made: what the figures of a report are
/// compared with.
/// </summary>
internal static class EngineStretches
{
    /// <summary>
    /// Those that touch [from, to), by start. What runs at the end, or at the last sample where that is later, is open; one that began before reading did
    /// begins there.
    /// </summary>
    public static IReadOnlyList<Stretch> Of(StoreSession session, StorageUnit unit, ProbeId probe, IReadOnlyList<DatedPack> packs, Instant from, Instant to)
    {
        var gap = new RulesInForce(unit, packs, from, to).LargestGap;
        var spans = SpansOf(unit, probe, packs, from - gap);
        var (judge, track, found) = (new ProbeJudge(spans), ProbeTrack.At(spans[0].From), new List<Stretch>());
        var unjudged = UnjudgedTimes.Touching(session, unit.Id, from - gap, to + gap);
        foreach (var (_, sample) in SampleSequence.Of(ReadingReader.Claims(session, [probe], from - gap, to + gap)))
        {
            if (spans.Any(span => span.From <= sample.At && sample.At < span.To))
            {
                judge.Fold(ref track, unjudged.AsJudged(probe, sample), found);
            }
        }

        judge.Tail(track, Instant.Max(to, track.HeardAt), found);
        return [.. found.Where(stretch => stretch.Start < to && (stretch.LastKnown > from || stretch.Start >= from)).OrderBy(stretch => stretch.Start)];
    }

    private static IReadOnlyList<RuleSpan> SpansOf(StorageUnit unit, ProbeId probe, IReadOnlyList<DatedPack> packs, Instant begin)
    {
        var spans =
            from period in unit.History
            from mounted in period.Probes
            where mounted.Id == probe && mounted.Role == ProbeRole.Load
            from part in PackSpans.Of(period, packs)
            let start = Instant.Max(part.From, begin)
            where start < part.To
            select new RuleSpan(start, part.To, ProbeRules.Of(part.Pack, part.Rule, mounted.Role), mounted.CalibrationOffsetMilli);
        return PackSpans.Joined(spans, span => (span.From, span.To), (span, start, end) => span with { From = start, To = end });
    }
}
