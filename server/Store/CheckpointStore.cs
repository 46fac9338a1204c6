using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>The evaluator's state of a unit after everything up to an instant, in its own encoding.</summary>
internal sealed record CheckpointRow(StorageUnitId Unit, Instant At, ReadOnlyMemory<byte> State);

/// <summary>Places from which a unit can be judged again without starting from its beginning. Those of an earlier <see cref="UnitTracks.Form"/> are not read.</summary>
internal static class CheckpointStore
{
    /// <summary>The last checkpoint at or before an instant; null when there is none.</summary>
    public static CheckpointRow? AtOrBefore(StoreSession session, StorageUnitId unit, Instant at) => session.QueryFirst(
        "SELECT unit, at, state FROM checkpoints WHERE unit = $unit AND at <= $at AND form = $form ORDER BY at DESC LIMIT 1",
        Row,
        ("$unit", unit),
        ("$at", at),
        ("$form", UnitTracks.Form));

    /// <summary>The checkpoints after an instant, in order, one by one.</summary>
    public static IEnumerable<CheckpointRow> After(StoreSession session, StorageUnitId unit, Instant at) => session.Stream(
        "SELECT unit, at, state FROM checkpoints WHERE unit = $unit AND at > $at AND form = $form ORDER BY at", Row, ("$unit", unit), ("$at", at), ("$form", UnitTracks.Form));

    /// <summary>Writes a checkpoint over the one at its instant, if any.</summary>
    public static void Save(StoreTransaction transaction, CheckpointRow checkpoint) => transaction.Execute(
        """
        INSERT INTO checkpoints (unit, at, state, form) VALUES ($unit, $at, $state, $form)
        ON CONFLICT (unit, at) DO UPDATE SET state = excluded.state, form = excluded.form
        """,
        ("$unit", checkpoint.Unit),
        ("$at", checkpoint.At),
        ("$state", checkpoint.State),
        ("$form", UnitTracks.Form));

    /// <summary>Deletes the checkpoints after one instant and at or before another: late data made them wrong.</summary>
    public static void Delete(StoreTransaction transaction, StorageUnitId unit, Instant after, Instant upTo) => transaction.Execute(
        "DELETE FROM checkpoints WHERE unit = $unit AND at > $after AND at <= $upTo", ("$unit", unit), ("$after", after), ("$upTo", upTo));

    private static CheckpointRow Row(SqliteDataReader row) => new(row.Unit(0), row.Instant(1), row.Bytes(2));
}
