namespace ColdChain.Core.Excursions;

/// <summary>A condition that is stored.</summary>
/// <param name="Id">Its id; 0 before the store gave it one.</param>
/// <param name="Condition">As it was last stored.</param>
public sealed record KnownCondition(long Id, Condition Condition);

/// <summary>What has become of a condition.</summary>
public enum ConditionStatus
{
    /// <summary>It is new, or differs from what is stored.</summary>
    Current,

    /// <summary>Late data removed it.</summary>
    Retracted,
}

/// <summary>One change that a fold makes to the conditions of a storage unit.</summary>
/// <param name="Before">What is stored; null when it is new.</param>
/// <param name="Condition">The condition after the change; for a retracted one, as it last stood.</param>
/// <param name="Status">What it is now.</param>
public sealed record ConditionChange(KnownCondition? Before, Condition Condition, ConditionStatus Status);

/// <summary>
/// Matches the conditions that a fold found with those that are stored, by kind, probe and time. Nothing hangs on a condition's id, so one
/// that late data split or joined is changed, added and retracted, and never superseded.
/// </summary>
public static class ConditionReconciler
{
    /// <summary>Matches.</summary>
    /// <param name="known">The stored conditions that the fold may touch: those not settled at or before its start.</param>
    /// <param name="folded">What the fold found.</param>
    public static IReadOnlyList<ConditionChange> Reconcile(IEnumerable<KnownCondition> known, IEnumerable<Condition> folded)
    {
        var left = known.OrderBy(one => one.Id).ToList();
        var found = folded
            .DistinctBy(one => (one.Kind, one.Probe, one.Start))
            .OrderBy(one => one.Start.Milliseconds).ThenBy(one => one.Kind).ThenBy(one => one.Probe.ToString(), StringComparer.Ordinal)
            .ToList();
        var changes = new List<ConditionChange>();

        // What begins at the same instant is the same; only then is it asked what overlaps, so that neighbours do not change places.
        foreach (var isMatch in new Func<Condition, Condition, bool>[] { BeginTogether, Overlap })
        {
            for (var i = 0; i < found.Count;)
            {
                if (left.Find(one => isMatch(one.Condition, found[i])) is not { } match)
                {
                    i++;
                    continue;
                }

                left.Remove(match);
                if (match.Condition != found[i])
                {
                    changes.Add(new ConditionChange(match, found[i], ConditionStatus.Current));
                }

                found.RemoveAt(i);
            }
        }

        changes.AddRange(found.Select(condition => new ConditionChange(null, condition, ConditionStatus.Current)));
        changes.AddRange(left.Select(one => new ConditionChange(one, one.Condition, ConditionStatus.Retracted)));
        return changes;
    }

    private static bool BeginTogether(Condition a, Condition b) => IsOfOne(a, b) && a.Start == b.Start;

    private static bool Overlap(Condition a, Condition b) => IsOfOne(a, b) && a.Start < b.Until && b.Start < a.Until;

    private static bool IsOfOne(Condition a, Condition b) => a.Kind == b.Kind && a.Probe == b.Probe;
}
