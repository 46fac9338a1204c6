using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>
/// What one evaluation takes up, and everything that it reads, out of one snapshot of the store. Samples and later checkpoints are read as the
/// fold asks for them, within the session only.
/// </summary>
internal sealed record EvaluationSnapshot
{
    private static readonly TimeSpan OneMillisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>The marks that it does; null when only time has passed.</summary>
    public required PendingMarks? Marks { get; init; }

    /// <summary>True when older marks are left to another evaluation: what is new, and what silence means, comes first.</summary>
    public required bool LeavesHistory { get; init; }

    /// <summary>The start of what was postponed and is awaited no more; null when there is none.</summary>
    public required Instant? Review { get; init; }

    /// <summary>The earliest instant at which anything may differ from the last evaluation; null when only time has passed.</summary>
    public required Instant? ChangedFrom { get; init; }

    /// <summary>The unit's state as stored; null before its first evaluation.</summary>
    public required UnitStateRow? Row { get; init; }

    /// <summary>The evaluator's part of it.</summary>
    public required EvaluatorState State { get; init; }

    /// <summary>From where to fold; null for the beginning.</summary>
    public required Checkpoint? Start { get; init; }

    /// <summary>Checkpoints at which the fold may stop.</summary>
    public required IEnumerable<Checkpoint> Later { get; init; }

    /// <summary>All samples after the start.</summary>
    public required IEnumerable<ProbeSample> Samples { get; init; }

    /// <summary>The current findings that the fold may touch.</summary>
    public required IReadOnlyList<FindingRow> Known { get; init; }

    /// <summary>The current conditions that the fold may touch.</summary>
    public required IReadOnlyList<ConditionRow> KnownConditions { get; init; }

    /// <summary>What may be about to arrive.</summary>
    public required AwaitedData Awaited { get; init; }

    /// <summary>What devices lost.</summary>
    public required IReadOnlyList<LostRows> Lost { get; init; }

    public static EvaluationSnapshot Take(StoreSession session, UnitPlan plan, Presence presence)
    {
        var pending = MarkStore.Pending(session, plan.Unit);
        var row = UnitStateStore.Find(session, plan.Unit);
        var state = row is null ? EvaluatorState.Initial : EvaluatorState.FromBytes(row.State.Span);
        var awaited = AwaitedData.Of(session, plan, presence, state.Deliveries);
        var review = state.Deliveries.Where(delivery => !awaited.What.Backlogs.Contains(delivery.Device)).Min(delivery => delivery.PostponedFrom);
        var fresh = IsFromTheHead(pending, state) ? MarkStore.Pending(session, plan.Unit, state.HeadAt) : null;
        var leavesHistory = IsFromTheHead(pending, state) && (fresh is not null || row?.NextDeadline <= presence.Now);
        var marks = leavesHistory ? fresh : pending;
        var changedFrom = state.IsOfEarlierForm ? Instant.Beginning : leavesHistory ? marks?.From : Instant.Earlier(marks?.From, review);
        var start = StartOf(session, plan.Unit, changedFrom, state);
        var after = start?.At ?? Instant.Beginning;
        return new EvaluationSnapshot
        {
            Marks = marks,
            LeavesHistory = leavesHistory,
            Review = review,
            ChangedFrom = changedFrom,
            Row = row,
            State = state,
            Start = start,
            Later = marks is null || review is not null || state.Head is null ? [] : LaterThan(session, plan.Unit, marks, after),
            Samples = changedFrom is null ? [] : SamplesAfter(session, plan, after),
            Known = FindingStore.Unsettled(session, plan.Unit, after),
            KnownConditions = ConditionStore.Unsettled(session, plan.Unit, after),
            Awaited = awaited,
            Lost = DeclaredLoss.Of(session, plan),
        };
    }

    /// <summary>All samples of a storage unit after an instant, as its plan asks for them; read as they are taken.</summary>
    public static IEnumerable<ProbeSample> SamplesAfter(StoreSession session, UnitPlan plan, Instant after)
    {
        var probes = plan.Probes.Select(probe => probe.Probe).Concat(plan.Signals.Select(signal => signal.Signal)).Distinct().ToList();
        var begin = plan.Probes.Select(probe => probe.Judge.Spans[0].From)
            .Concat(plan.Signals.Select(signal => signal.Judge.Spans[0].From)).DefaultIfEmpty(Instant.End).Min();
        var from = Instant.Max(after + OneMillisecond, begin);
        return SampleSequence.Of(ReadingReader.Claims(session, probes, from, Instant.End));
    }

    /// <summary>
    /// True when there is history to judge again and the head may be gone on from before that: late readings change nothing of by what is judged.
    /// A change without an end does: of the fleet, of a rule, of what is lost.
    /// </summary>
    private static bool IsFromTheHead(PendingMarks? pending, EvaluatorState state) =>
        state.Head is not null && pending?.From <= state.HeadAt && pending.To < Instant.End;

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

    private static IEnumerable<Checkpoint> LaterThan(StoreSession session, StorageUnitId unit, PendingMarks marks, Instant start) =>
        CheckpointStore.After(session, unit, Instant.Max(start, marks.To - OneMillisecond)).Select(row => Decode(row)!); // A row is never null.

    private static Checkpoint? Decode(CheckpointRow? row) => row is null ? null : new Checkpoint(row.At, UnitTracks.FromBytes(row.State.Span));
}
