using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>Everything that one evaluation reads, out of one snapshot of the store.</summary>
/// <param name="Marks">The marks that ask for it; null when only time has passed.</param>
/// <param name="IsReview">True when something postponed is judged because it is awaited no more.</param>
/// <param name="ChangedFrom">The earliest instant at which anything may differ from the last evaluation; null when only time has passed.</param>
/// <param name="Row">The unit's state as stored; null before its first evaluation.</param>
/// <param name="State">The evaluator's part of it.</param>
/// <param name="Start">From where to fold; null for the beginning.</param>
/// <param name="Later">Checkpoints at which the fold may stop.</param>
/// <param name="Samples">All samples after the start.</param>
/// <param name="Known">The current findings that the fold may touch.</param>
/// <param name="Awaited">What may be about to arrive.</param>
/// <param name="Lost">What devices declared lost.</param>
internal sealed record EvaluationSnapshot(
    PendingMarks? Marks,
    bool IsReview,
    Instant? ChangedFrom,
    UnitStateRow? Row,
    EvaluatorState State,
    Checkpoint? Start,
    IReadOnlyList<Checkpoint> Later,
    IReadOnlyList<ProbeSample> Samples,
    IReadOnlyList<FindingRow> Known,
    AwaitedData Awaited,
    IReadOnlyList<LostRows> Lost)
{
    private static readonly TimeSpan OneMillisecond = TimeSpan.FromMilliseconds(1);

    public static EvaluationSnapshot Take(StoreSession session, UnitPlan plan, Presence presence)
    {
        var marks = MarkStore.Pending(session, plan.Unit);
        var row = UnitStateStore.Find(session, plan.Unit);
        var state = row is null ? EvaluatorState.Initial : EvaluatorState.FromBytes(row.State.Span);
        var awaited = AwaitedData.Of(session, plan, presence, state.Deliveries);
        var review = state.Deliveries.Where(delivery => !awaited.What.Backlogs.Contains(delivery.Device)).Min(delivery => delivery.PostponedFrom);
        var changedFrom = Earlier(marks?.From, review);
        var start = StartOf(session, plan.Unit, changedFrom, state);
        var after = start?.At ?? Instant.Beginning;
        return new EvaluationSnapshot(
            marks,
            review is not null,
            changedFrom,
            row,
            state,
            start,
            marks is null || review is not null ? [] : LaterThan(session, plan.Unit, marks, after),
            changedFrom is null ? [] : SamplesAfter(session, plan, after),
            FindingStore.Unsettled(session, plan.Unit, after),
            awaited,
            DeclaredLoss.Of(session, plan));
    }

    /// <summary>
    /// When only newer readings came, or only time passed, the fold goes on from the head; otherwise from the last checkpoint before the
    /// earliest change.
    /// </summary>
    private static Checkpoint? StartOf(StoreSession session, StorageUnitId unit, Instant? changedFrom, EvaluatorState state)
    {
        if (state.Head is { } head && (changedFrom is not { } from || from > state.HeadAt))
        {
            return new Checkpoint(state.HeadAt, head);
        }

        return changedFrom is { } earliest ? Decode(CheckpointStore.AtOrBefore(session, unit, earliest - OneMillisecond)) : null;
    }

    private static Instant? Earlier(Instant? a, Instant? b) => a is null || b < a ? b ?? a : a;

    private static List<Checkpoint> LaterThan(StoreSession session, StorageUnitId unit, PendingMarks marks, Instant start) =>
        [.. CheckpointStore.After(session, unit, Instant.Max(start, marks.To - OneMillisecond)).Select(row => Decode(row)!)]; // A row is never null.

    private static List<ProbeSample> SamplesAfter(StoreSession session, UnitPlan plan, Instant after)
    {
        var probes = plan.Probes.Select(probe => probe.Probe).Distinct().ToList();
        var begin = plan.Probes.Select(probe => probe.Judge.Spans[0].From).DefaultIfEmpty(Instant.End).Min();
        var from = Instant.Max(after + OneMillisecond, begin);
        return [.. SampleSequence.Of(ReadingReader.Claims(session, probes, from, Instant.End))];
    }

    private static Checkpoint? Decode(CheckpointRow? row) => row is null ? null : new Checkpoint(row.At, UnitTracks.FromBytes(row.State.Span));
}
