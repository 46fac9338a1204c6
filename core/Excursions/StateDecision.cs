using ColdChain.Core.Excursions.Health;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>Decides what is shown of a storage unit. Unknown is never shown as in range.</summary>
internal static class StateDecision
{
    internal static StateView Decide(
        UnitPlan plan, ReadOnlySpan<ProbeTrack> tracks, UnitHealth health, IReadOnlyList<ProbeStretch> running, Instant knownUntil, Instant now)
    {
        var (known, lost) = (new List<StateView>(), new List<StateView>());
        var silent = new List<SilentProbe>();
        var atLeast = StorageState.InRange;
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
                atLeast = Worse(atLeast, OfAir(probe, tracks[i], rule, running, now));
                continue;
            }

            // What it told last may be a spike, and may be the beginning of an excursion: the next samples will tell.
            atLeast = health.IsInDoubt(i, now, rule.MaxGap) ? Worse(atLeast, StorageState.Unverified) : atLeast;
            var isKnown = tracks[i].IsKnown && !ProbeJudge.IsLost(tracks[i], now, rule);
            (isKnown ? known : lost).Add(ViewOf(probe.Probe, tracks[i], rule, now));
        }

        var view = known.Count > 0 ? WithFailed(known, lost, tracks, plan, now) : OfBlind(lost, knownUntil, now);
        return view with { State = Worse(view.State, atLeast), Silent = silent };
    }

    /// <summary>
    /// The worst of the known probes. A lost one beside it is a fault that somebody must see to; as long as it may only be late with its data, the
    /// unit is unverified.
    /// </summary>
    private static StateView WithFailed(List<StateView> known, List<StateView> lost, ReadOnlySpan<ProbeTrack> tracks, UnitPlan plan, Instant now)
    {
        var worst = known.Aggregate((a, b) => b.State > a.State ? b : a);
        foreach (var view in lost)
        {
            var heard = HeardAt(view.Probe, tracks, plan);
            var mayBeLate = now - heard > view.Rule!.MaxGap && now - heard <= view.Rule.UnknownLimit;
            worst = mayBeLate && worst.State < StorageState.Unverified ? view with { State = StorageState.Unverified } : worst;
        }

        return lost.Count > 0 ? worst with { State = Worse(worst.State, StorageState.Warning) } : worst;
    }

    /// <summary>Nothing is known: unverified for as long as one probe may explain it, and unknown once that has lasted for longer than its limit.</summary>
    private static StateView OfBlind(List<StateView> lost, Instant knownUntil, Instant now)
    {
        if (lost.Count == 0)
        {
            return new StateView(StorageState.Unknown, null, null, null, null, []);
        }

        var best = lost.Aggregate((a, b) => b.State < a.State || (b.State == a.State && b.MeasuredAt > a.MeasuredAt) ? b : a);
        return now - knownUntil > best.Rule!.UnknownLimit ? best with { State = StorageState.Unknown } : best;
    }

    private static Instant HeardAt(ProbeId? probe, ReadOnlySpan<ProbeTrack> tracks, UnitPlan plan)
    {
        var heard = Instant.Beginning;
        for (var i = 0; i < tracks.Length; i++)
        {
            heard = plan.Probes[i].Role == ProbeRole.Load && plan.Probes[i].Probe == probe ? tracks[i].HeardAt : heard;
        }

        return heard;
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

        if (track.IsOut || track.IsShownOut)
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
