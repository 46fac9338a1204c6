using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>What became of the stretches of a fold.</summary>
/// <param name="Changes">The changes from the known findings to the folded ones.</param>
/// <param name="Postponed">What would be a finding, and is none yet since its explanation is on the way.</param>
public sealed record Reconciliation(IReadOnlyList<FindingChange> Changes, IReadOnlyList<ProbeStretch> Postponed);

/// <summary>
/// Matches what a fold found with the findings that already have an id. When late data joins two, the older id lives and the other is
/// superseded by it; when it splits one, the earlier part keeps the id; when it vanishes, it is retracted.
/// </summary>
public static class Reconciler
{
    /// <summary>Matches.</summary>
    /// <param name="known">The current findings that the fold may touch: those not settled at or before the fold's start.</param>
    /// <param name="folded">What the fold found, of deciding probes.</param>
    /// <param name="input">The evaluation: its present, up to which open stretches are taken to have lasted, what is awaited, and ids.</param>
    public static Reconciliation Reconcile(IReadOnlyList<Finding> known, IEnumerable<ProbeStretch> folded, EvaluationInput input)
    {
        var left = known.OrderBy(finding => finding.Id).ToList();
        var changes = new List<FindingChange>();
        var placed = new List<Finding>();
        var postponed = new List<ProbeStretch>();
        foreach (var (item, alarmedAt) in Alarmed(folded, input.Now))
        {
            var (probe, stretch) = (item.Probe, item.Stretch);
            var match = left.Find(finding => Overlap(finding, probe, stretch));
            if (match is null && input.Awaited.MayExplain(item))
            {
                postponed.Add(item);
                continue;
            }

            if (match is null)
            {
                var found = new Finding(input.NextId(), 1, probe, stretch, alarmedAt);
                placed.Add(found);
                changes.Add(new FindingChange(found, FindingStatus.Current, IsNew: true));
                continue;
            }

            left.Remove(match);
            var grown = match with { Stretch = stretch, AlarmedAt = alarmedAt };
            var isGrowth = IsGrowth(match, grown);
            var next = isGrowth ? grown : grown with { Version = match.Version + 1 };
            placed.Add(next);
            if (grown != match)
            {
                changes.Add(new FindingChange(next, FindingStatus.Current, IsNew: false, IsGrowth: isGrowth));
            }
        }

        changes.AddRange(left.Select(finding => Ended(finding, placed)));
        return new Reconciliation(changes, postponed);
    }

    private static bool IsGrowth(Finding before, Finding after) =>
        before.Stretch.EndReason == EndReason.Open
        && after.Stretch.EndReason == EndReason.Open
        && before.Stretch.Start == after.Stretch.Start
        && before.Stretch.Rule == after.Stretch.Rule
        && before.AlarmedAt == after.AlarmedAt;

    private static FindingChange Ended(Finding finding, List<Finding> placed)
    {
        var heir = placed.Where(other => Overlap(finding, other.Probe, other.Stretch)).MinBy(other => other.Stretch.Start.Milliseconds);
        var last = finding with { Version = finding.Version + 1 };
        return heir is null
            ? new FindingChange(last, FindingStatus.Retracted, IsNew: false)
            : new FindingChange(last, FindingStatus.Superseded, IsNew: false, heir.Id);
    }

    private static IEnumerable<(ProbeStretch Item, Instant AlarmedAt)> Alarmed(IEnumerable<ProbeStretch> folded, Instant now) =>
        from item in folded
        where item.Role == ProbeRole.Load
        let alarmedAt = item.Stretch.AlarmedAt(now)
        where alarmedAt is not null
        orderby item.Stretch.Start.Milliseconds, item.Probe.ToString(), item.Stretch.Side
        select (item, alarmedAt.Value);

    private static bool Overlap(Finding finding, ProbeId probe, Stretch stretch) =>
        finding.Probe == probe
        && finding.Stretch.Side == stretch.Side
        && finding.Stretch.Start <= stretch.LastKnown
        && stretch.Start <= finding.Stretch.LastKnown;
}
