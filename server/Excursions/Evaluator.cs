using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>
/// Evaluates one storage unit: reads a snapshot, folds outside of any transaction, and commits findings, holds, state and checkpoints
/// together, if nobody else has committed meanwhile. The loser folds again.
/// </summary>
internal sealed class Evaluator(RecordStore store, Attendance attendance)
{
    /// <summary>The head becomes a checkpoint when it is further than this from the last one, in the time of the samples.</summary>
    private static readonly TimeSpan CheckpointSpan = TimeSpan.FromHours(4);

    public async Task EvaluateAsync(UnitPlan plan, CancellationToken cancellation)
    {
        while (!await TryEvaluateAsync(plan, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> TryEvaluateAsync(UnitPlan plan, CancellationToken cancellation)
    {
        var presence = attendance.Look();
        var now = presence.Now;
        var snapshot = store.Read(session => EvaluationSnapshot.Take(session, plan, presence));
        var temporaryId = 0L;
        var result = Evaluation.Run(new EvaluationInput
        {
            Plan = plan,
            Start = snapshot.Start,
            Later = snapshot.Later,
            Head = snapshot.State.Head is { } head ? new Checkpoint(snapshot.State.HeadAt, head) : null,
            Samples = snapshot.Samples,
            Known = [.. snapshot.Known.Select(row => row.Finding)],
            Now = now,
            Awaited = snapshot.Awaited.What,
            Lost = snapshot.Lost,
            NextId = () => --temporaryId,
        });
        return await store.WriteAsync(
            WritePriority.Decision, transaction => Commit(transaction, plan.Unit, snapshot, result, now), cancellation);
    }

    private static bool Commit(StoreTransaction transaction, StorageUnitId unit, EvaluationSnapshot snapshot, EvaluationResult result, Instant now)
    {
        var state = NextState(snapshot, result);
        if (!UnitStateStore.TrySave(transaction, StateRow(unit, snapshot, state, result, now)))
        {
            return false;
        }

        SaveCheckpoints(transaction, unit, snapshot, result, state);
        FindingWriter.Apply(transaction, unit, snapshot.Known, result.Changes, now);
        StateEvents.Tell(transaction, unit, snapshot, result.View, now);
        if (snapshot.Marks is { } marks)
        {
            MarkStore.Delete(transaction, marks);
        }

        return true;
    }

    private static EvaluatorState NextState(EvaluationSnapshot snapshot, EvaluationResult result)
    {
        var newest = snapshot.Samples.Count > 0 ? snapshot.Samples[^1].Sample.At : Instant.Beginning;
        var headAt = Instant.Max(snapshot.State.HeadAt, newest);
        var last = result.Checkpoints.Count > 0 ? result.Checkpoints[^1].At : snapshot.State.LastCheckpointAt;
        var due = newest > Instant.Beginning && last <= headAt - CheckpointSpan;
        return new EvaluatorState(
            result.Head, headAt, due ? headAt : last, [.. result.View.Silent.Select(silent => silent.Probe)], [.. snapshot.Awaited.Deliveries.Select(Postponing)]);

        // While a backlog excuses, what is postponed for it adds up; when it no longer does, that has been folded again just now.
        Delivery Postponing(Delivery delivery) => delivery with
        {
            PostponedFrom = snapshot.Awaited.What.Backlogs.Contains(delivery.Device)
                ? Earlier(delivery.PostponedFrom, result.Postponed.TryGetValue(delivery.Device, out var start) ? start : null)
                : null,
        };
    }

    private static void SaveCheckpoints(
        StoreTransaction transaction, StorageUnitId unit, EvaluationSnapshot snapshot, EvaluationResult result, EvaluatorState state)
    {
        if (snapshot.ChangedFrom is not null)
        {
            var firstKept = result.AgreedAt ?? Instant.End;
            CheckpointStore.Delete(transaction, unit, snapshot.Start?.At ?? Instant.Beginning, firstKept - TimeSpan.FromMilliseconds(1));
        }

        foreach (var checkpoint in result.Checkpoints)
        {
            CheckpointStore.Save(transaction, new CheckpointRow(unit, checkpoint.At, checkpoint.Tracks.ToBytes()));
        }

        if (state.LastCheckpointAt == state.HeadAt && state.HeadAt > Instant.Beginning)
        {
            CheckpointStore.Save(transaction, new CheckpointRow(unit, state.HeadAt, result.Head.ToBytes()));
        }
    }

    private static UnitStateRow StateRow(
        StorageUnitId unit, EvaluationSnapshot snapshot, EvaluatorState state, EvaluationResult result, Instant now)
    {
        var (before, awaitedUntil) = (snapshot.Row, snapshot.Awaited.Until);
        var word = StateWords.Of(result.View.State);
        return new UnitStateRow
        {
            Unit = unit,
            Version = (before?.Version ?? 0) + 1,
            State = state.ToBytes(),
            NextDeadline = Earlier(result.NextDeadline, awaitedUntil),
            Status = word,
            Since = before?.Status == word ? before.Since : now,
            Celsius = result.View.Temperature,
            MeasuredAt = result.View.MeasuredAt,
            Low = result.View.Rule?.Low,
            High = result.View.Rule?.High,
            Settled = result.Settled,
            ReviewFrom = state.Deliveries.Min(delivery => delivery.PostponedFrom),
        };
    }

    private static Instant? Earlier(Instant? a, Instant? b) => a is null || b < a ? b ?? a : a;
}
