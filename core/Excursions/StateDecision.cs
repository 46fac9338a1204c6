using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>Decides what is shown of a storage unit. Unknown is never shown as in range.</summary>
internal static class StateDecision
{
    internal static StateView Decide(UnitPlan plan, ReadOnlySpan<ProbeTrack> tracks, IReadOnlyList<ProbeStretch> running, Instant now)
    {
        StateView? worst = null;
        var silent = new List<SilentProbe>();
        var airState = StorageState.InRange;
        for (var i = 0; i < tracks.Length; i++)
        {
            var (probe, judge) = (plan.Probes[i], plan.Probes[i].Judge);
            if (!IsActive(judge, now))
            {
                continue;
            }

            var rule = judge.RuleAt(now);
            if (ProbeJudge.IsLost(tracks[i], now, rule))
            {
                silent.Add(new SilentProbe(probe.Probe, tracks[i].Since, !tracks[i].IsKnown));
            }

            if (probe.Role == ProbeRole.Air)
            {
                airState = Worse(airState, OfAir(probe, tracks[i], rule, running, now));
                continue;
            }

            var view = ViewOf(probe.Probe, tracks[i], rule, now);
            worst = worst is null || view.State > worst.State ? view : worst;
        }

        worst ??= new StateView(StorageState.Unknown, null, null, null, null, []);
        return worst with { State = Worse(worst.State, airState), Silent = silent };
    }

    private static StateView ViewOf(ProbeId probe, in ProbeTrack track, ProbeRule rule, Instant now) => new(
        OfLoad(track, rule, now),
        probe,
        track.IsKnown ? Celsius.FromMilli(track.Milli) : null,
        track.IsKnown ? track.Since : null,
        rule,
        []);

    private static StorageState OfLoad(in ProbeTrack track, ProbeRule rule, Instant now)
    {
        if (track.InConflict || now - track.Since > rule.UnknownLimit)
        {
            return StorageState.Unknown;
        }

        if (!track.IsKnown || now - track.Since > rule.MaxGap)
        {
            return StorageState.Unverified;
        }

        if (track.High.IsOut || track.Low.IsOut)
        {
            return StorageState.OutOfRange;
        }

        var near = (rule.WarnHigh is { } high && track.Milli >= high.Milli) || (rule.WarnLow is { } low && track.Milli <= low.Milli);
        return near ? StorageState.Warning : StorageState.InRange;
    }

    private static StorageState OfAir(
        PlannedProbe probe, in ProbeTrack track, ProbeRule rule, IReadOnlyList<ProbeStretch> running, Instant now)
    {
        var silent = !track.IsKnown || ProbeJudge.IsLost(track, now, rule);
        var alarmed = running.Any(r =>
            r.Probe == probe.Probe && r.Role == ProbeRole.Air && r.Stretch.Side != Side.Unknown && r.Stretch.AlarmedAt(now) is not null);
        return silent || alarmed ? StorageState.Warning : StorageState.InRange;
    }

    private static bool IsActive(ProbeJudge judge, Instant now) => judge.Spans.Any(span => span.Contains(now));

    private static StorageState Worse(StorageState a, StorageState b) => a > b ? a : b;
}
