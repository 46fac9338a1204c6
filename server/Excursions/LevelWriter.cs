using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>
/// Stores the levels that an evaluation tells, in its transaction, and marks what is to be added up again: only when a level differs, which is
/// seldom, and not with each reading.
/// </summary>
internal static class LevelWriter
{
    public static void Save(StoreTransaction transaction, StorageUnitId unit, EvaluationSnapshot snapshot, EvaluationResult result)
    {
        var changed = snapshot.ChangedFrom is null
            ? null
            : LevelStore.Replace(transaction, unit, snapshot.Start?.At ?? Instant.Beginning, result.AgreedAt ?? result.StoppedAt ?? Instant.End, result.Levels);
        var running = result.Present is { } present ? Differs(snapshot.Row?.Levels, present.Levels) : null;
        // A change without an end is one of the fleet, a rule or what is lost: it may judge the same levels otherwise.
        var judgedOtherwise = snapshot.Marks is { } marks && marks.To == Instant.End ? marks.From : (Instant?)null;
        var agitated = result.ConditionChanges.Where(change => IsAgitation(change.Condition.Kind))
            .Select(change => (Instant?)Instant.Min(change.Condition.Start, change.Before?.Condition.Start ?? Instant.End)).Min();
        if (Instant.Earlier(Instant.Earlier(judgedOtherwise, agitated), Instant.Earlier(changed, running)) is { } from)
        {
            ExposureMarkStore.Append(transaction, unit, from);
        }
    }

    /// <summary>From when what runs now differs from what ran before; null when it went on.</summary>
    private static Instant? Differs(IReadOnlyList<RunningLevels>? before, IReadOnlyList<RunningLevels> now)
    {
        if (before is null)
        {
            return Instant.Beginning;
        }

        var (gone, come) = (before.Where(old => !now.Any(old.IsContinuedBy)), now.Where(next => !before.Any(old => old.IsContinuedBy(next))));
        return gone.Concat(come).SelectMany(levels => levels.Intervals).Select(interval => (Instant?)interval.Start).Min();
    }

    private static bool IsAgitation(ConditionKind kind) => kind is ConditionKind.AgitationStopped or ConditionKind.AgitationRunning or ConditionKind.AgitationUnknown;
}
