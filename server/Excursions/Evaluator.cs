using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>
/// Evaluates one storage unit: folds over a snapshot, which keeps no writer waiting, and commits findings, holds, state and checkpoints
/// together, if nobody else has committed meanwhile. The loser folds again.
/// </summary>
internal sealed class Evaluator(RecordStore store, Attendance attendance, int sliceOfSamples)
{
    /// <summary>The head becomes a checkpoint when it is further than this from the last one, in the time of the samples.</summary>
    private static readonly TimeSpan CheckpointSpan = TimeSpan.FromHours(4);

    /// <summary>
    /// A long history is folded in slices of about so many samples, each with a commit of its own: a fraction of a second, in which nothing else
    /// is judged.
    /// </summary>
    public const int SliceOfSamples = 20_000;

    /// <summary>Evaluates what is new, or else a slice of what is to be judged again; false when it leaves something of either to another time.</summary>
    public async Task<bool> EvaluateAsync(UnitPlan plan, CancellationToken cancellation)
    {
        while (true)
        {
            var presence = attendance.Look();
            var (snapshot, result) = store.Read(session => Fold(session, plan, presence));
            var state = NextState(snapshot, result);
            var row = StateRow(plan.Unit, snapshot, state, result, presence.Now); // Made here, so that the writer is held for less.
            if (await store.WriteAsync(WritePriority.Decision, transaction => Commit(transaction, row, snapshot, result, state, presence.Now), cancellation))
            {
                return !snapshot.LeavesHistory && result.StoppedAt is null;
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private (EvaluationSnapshot Snapshot, EvaluationResult Result) Fold(StoreSession session, UnitPlan plan, Presence presence)
    {
        var snapshot = EvaluationSnapshot.Take(session, plan, presence);
        var temporaryId = 0L;
        var result = Evaluation.Run(new EvaluationInput
        {
            Plan = plan with { AlarmTests = WindowStore.AlarmTests(session, plan.Unit) },
            Start = snapshot.Start,
            Later = snapshot.Later,
            SamplesMax = sliceOfSamples,
            Head = snapshot.State.Head is { } head ? new Checkpoint(snapshot.State.HeadAt, head) : null,
            Samples = snapshot.Samples,
            Known = [.. snapshot.Known.Select(row => row.Finding)],
            KnownConditions = [.. snapshot.KnownConditions.Select(row => new KnownCondition(row.Id, row.Condition))],
            Now = presence.Now,
            Awaited = snapshot.Awaited.What,
            Lost = snapshot.Lost,
            NextId = () => --temporaryId,
        });
        return (snapshot, result);
    }

    private static bool Commit(StoreTransaction transaction, UnitStateRow row, EvaluationSnapshot snapshot, EvaluationResult result, EvaluatorState state, Instant now)
    {
        var unit = row.Unit;
        if (!UnitStateStore.TrySave(transaction, row))
        {
            return false;
        }

        SaveCheckpoints(transaction, unit, snapshot, result, state);
        LevelWriter.Save(transaction, unit, snapshot, result);
        FindingWriter.Apply(transaction, unit, snapshot.Known, result.Changes, snapshot.Marks, now);
        ConditionWriter.Apply(transaction, unit, snapshot.KnownConditions, result.ConditionChanges, now);
        if (result.Present is { } present)
        {
            StateEvents.Tell(transaction, unit, snapshot, present.View, now);
        }

        RenewMarks(transaction, unit, snapshot, result);
        return true;
    }

    // What is left to another evaluation is marked anew.
    private static void RenewMarks(StoreTransaction transaction, StorageUnitId unit, EvaluationSnapshot snapshot, EvaluationResult result)
    {
        if (snapshot.Marks is { } marks)
        {
            MarkStore.Delete(transaction, marks);
        }

        if (result.StoppedAt is { } stopped)
        {
            var (from, to) = (stopped + TimeSpan.FromMilliseconds(1), snapshot.Marks?.To ?? Instant.Beginning);
            MarkStore.Append(transaction, unit, from, Instant.Max(from, snapshot.Review is null ? to : Instant.Max(to, snapshot.State.HeadAt)), snapshot.Marks?.Cause);
        }
        else if (snapshot is { LeavesHistory: true, Review: { } review })
        {
            MarkStore.Append(transaction, unit, review, Instant.Max(review, snapshot.State.HeadAt));
        }
    }

    private static EvaluatorState NextState(EvaluationSnapshot snapshot, EvaluationResult result)
    {
        var kept = snapshot.State with { Deliveries = [.. snapshot.Awaited.Deliveries.Select(Postponing)] };
        if (result.Present is not { } present)
        {
            return kept;
        }

        var headAt = Instant.Max(snapshot.State.HeadAt, result.FoldedTo);
        var last = result.Checkpoints.Count > 0 ? result.Checkpoints[^1].At : snapshot.State.LastCheckpointAt;
        var due = result.FoldedTo > Instant.Beginning && last <= headAt - CheckpointSpan;
        return kept with
        {
            Head = present.Head, HeadAt = headAt, LastCheckpointAt = due ? headAt : last, Silent = [.. present.View.Silent.Select(silent => silent.Probe)],
        };

        // While a backlog excuses, what is postponed for it adds up; when it no longer does, that has been folded again, or is marked.
        Delivery Postponing(Delivery delivery) => delivery with
        {
            PostponedFrom = snapshot.Awaited.What.Backlogs.Contains(delivery.Device)
                ? Instant.Earlier(delivery.PostponedFrom, result.Postponed.TryGetValue(delivery.Device, out var start) ? start : null)
                : null,
        };
    }

    private static void SaveCheckpoints(
        StoreTransaction transaction, StorageUnitId unit, EvaluationSnapshot snapshot, EvaluationResult result, EvaluatorState state)
    {
        if (snapshot.ChangedFrom is not null)
        {
            var upTo = result.StoppedAt ?? (result.AgreedAt ?? Instant.End) - TimeSpan.FromMilliseconds(1);
            CheckpointStore.Delete(transaction, unit, snapshot.Start?.At ?? Instant.Beginning, upTo);
        }

        foreach (var checkpoint in result.Checkpoints)
        {
            CheckpointStore.Save(transaction, new CheckpointRow(unit, checkpoint.At, checkpoint.Tracks.ToBytes()));
        }

        if (result.Present is { } present && state.LastCheckpointAt == state.HeadAt && state.HeadAt > Instant.Beginning)
        {
            CheckpointStore.Save(transaction, new CheckpointRow(unit, state.HeadAt, present.Head.ToBytes()));
        }
    }

    private static UnitStateRow StateRow(
        StorageUnitId unit, EvaluationSnapshot snapshot, EvaluatorState state, EvaluationResult result, Instant now)
    {
        // A unit of which only a part of the past was folded shows what was known of it before: marked, and so not as judged.
        var before = snapshot.Row ?? new UnitStateRow
        {
            Unit = unit, Version = 0, State = state.ToBytes(), NextDeadline = null, Status = StateWords.Of(StorageState.Unknown), Since = now,
        };
        var kept = before with
        {
            Version = before.Version + 1,
            State = state.ToBytes(),
            ReviewFrom = state.Deliveries.Min(delivery => delivery.PostponedFrom),
        };
        if (result.Present is not { } present)
        {
            return kept;
        }

        var word = StateWords.Of(present.View.State);
        return kept with
        {
            NextDeadline = Instant.Earlier(present.NextDeadline, snapshot.Awaited.Until),
            Status = word,
            Since = before.Status == word ? before.Since : now,
            Celsius = present.View.Temperature,
            MeasuredAt = present.View.MeasuredAt,
            Low = present.View.Rule?.Low,
            High = present.View.Rule?.High,
            Settled = present.Settled,
            Levels = present.Levels,
            ExcusedUntil = snapshot.Awaited.Until,
        };
    }
}
