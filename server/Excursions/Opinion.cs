using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>
/// What would have been found in a storage unit by another plan: the same readings, losses and alarm tests, judged by the same engine. It reads
/// the store and leaves nothing in it.
/// </summary>
internal static class Opinion
{
    /// <summary>The findings over all the time of the storage unit; null when the server has not judged it yet.</summary>
    public static IReadOnlyList<Finding>? Of(StoreSession session, UnitPlan plan)
    {
        if (JudgedUpTo(session, plan.Unit) is not { } judgedUpTo)
        {
            return null;
        }

        var id = 0L;
        var result = Evaluation.Run(new EvaluationInput
        {
            Plan = plan with { AlarmTests = WindowStore.AlarmTests(session, plan.Unit) },
            Samples = EvaluationSnapshot.SamplesAfter(session, plan, Instant.Beginning),
            Now = judgedUpTo,
            Lost = DeclaredLoss.Of(session, plan),
            NextId = () => ++id,
        });
        return [.. result.Changes.Select(change => change.Finding)];
    }

    // The silence since then is in no finding yet: it would be a difference that the other plan does not make.
    private static Instant? JudgedUpTo(StoreSession session, StorageUnitId unit) => UnitStateStore.Find(session, unit) is { } row
        ? FindingStore.Current(session, unit).Select(found => found.Finding.Stretch.LastKnown).Append(EvaluatorState.FromBytes(row.State.Span).HeadAt).Max()
        : null;
}
