using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>Stores the changes of an evaluation among the conditions with their events, in its transaction.</summary>
internal static class ConditionWriter
{
    public static void Apply(
        StoreTransaction transaction, StorageUnitId unit, IReadOnlyList<ConditionRow> known, IReadOnlyList<ConditionChange> changes, Instant now)
    {
        foreach (var change in changes)
        {
            var row = change.Before is { } before
                ? known.First(row => row.Id == before.Id) with
                {
                    Condition = change.Condition, UpdatedAt = now, IsRetracted = change.Status == ConditionStatus.Retracted,
                }
                : new ConditionRow
                {
                    Unit = unit, Condition = change.Condition, DiscoveredAt = now, UpdatedAt = now, FoundLate = now - change.Condition.RaisedAt > FindingWriter.LateAfter,
                };
            row = ConditionStore.Save(transaction, row);
            Tell(transaction, change, row, now);
        }
    }

    private static void Tell(StoreTransaction transaction, ConditionChange change, ConditionRow row, Instant now) =>
        EventLog.Append(transaction, now, KindOf(change), row.Unit, $"{row.Condition.Probe}", new
        {
            condition = row.Id,
            kind = ConditionWords.Of(row.Condition.Kind),
            probe = row.Condition.Probe.ToString(),
            start = row.Condition.Start.ToString(),
            raisedAt = row.Condition.RaisedAt.ToString(),
            end = row.Condition.End?.ToString(),
            row.FoundLate,
            delaySeconds = row.FoundLate ? (long?)(row.DiscoveredAt - row.Condition.RaisedAt).TotalSeconds : null,
            reason = ReasonOf(change, row.Condition.Kind),
        });

    private static string ReasonOf(ConditionChange change, ConditionKind kind) => change.Status == ConditionStatus.Retracted
        ? $"{ConditionWords.Of(kind)}: later data showed that it was not so"
        : ConditionWords.Of(kind);

    private static string KindOf(ConditionChange change) => change switch
    {
        { Status: ConditionStatus.Retracted } => EventKinds.ConditionRetracted,
        { Before: null } => EventKinds.ConditionOpened,
        { Condition.SettledAt: not null, Before.Condition.SettledAt: null } => EventKinds.ConditionClosed,
        _ => EventKinds.ConditionUpdated,
    };
}
