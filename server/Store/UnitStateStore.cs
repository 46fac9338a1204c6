using System.Text.Json;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What the evaluator knows of a storage unit, and what screens show of it.</summary>
internal sealed record UnitStateRow
{
    public required StorageUnitId Unit { get; init; }

    /// <summary>Counts the commits of the evaluator, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The evaluator's state, in its own encoding.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>When the state changes by the passing of time alone; null for never.</summary>
    public required Instant? NextDeadline { get; init; }

    /// <summary><c>in-range</c>, <c>warning</c>, <c>out-of-range</c>, <c>unknown</c> or <c>unverified</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Since when it has that status.</summary>
    public required Instant Since { get; init; }

    /// <summary>The last calibrated temperature of the deciding probe.</summary>
    public Celsius? Celsius { get; init; }

    public Instant? MeasuredAt { get; init; }

    /// <summary>The limits in force, both included.</summary>
    public Celsius? Low { get; init; }

    public Celsius? High { get; init; }

    /// <summary>
    /// Up to when the judgement of each load probe is settled: readings that come later in time change nothing before it. Null when an
    /// earlier version of the program judged the unit last: then it is to be judged again.
    /// </summary>
    public IReadOnlyDictionary<ProbeId, Instant>? Settled { get; init; }

    /// <summary>
    /// The start of the earliest unknown time that is no finding only because a device may be about to explain it; null when there is none.
    /// </summary>
    public Instant? ReviewFrom { get; init; }

    /// <summary>
    /// The levels of temperature that run, of each load probe. Null when an earlier version of the program judged the unit last: then it is to
    /// be judged again from its beginning.
    /// </summary>
    public IReadOnlyList<RunningLevels>? Levels { get; init; }

    /// <summary>Until when unknown time is no ground to hold yet, since data may be about to arrive; null when nothing is awaited.</summary>
    public Instant? ExcusedUntil { get; init; }
}

/// <summary>The state of every storage unit.</summary>
internal static class UnitStateStore
{
    private const string Columns = "unit, version, state, next_deadline, status, since, celsius, measured_at, low, high, settled, review_from, levels, excused_until";

    public static UnitStateRow? Find(StoreSession session, StorageUnitId unit) =>
        session.QueryFirst($"SELECT {Columns} FROM unit_states WHERE unit = $unit", Row, ("$unit", unit));

    public static List<UnitStateRow> All(StoreSession session) => session.Query($"SELECT {Columns} FROM unit_states ORDER BY unit", Row);

    /// <summary>The units that this version of the program or a later one has judged.</summary>
    public static List<StorageUnitId> Judged(StoreSession session) =>
        session.Query("SELECT unit FROM unit_states WHERE settled IS NOT NULL AND levels IS NOT NULL", row => row.Unit(0));

    /// <summary>The units whose deadline is at or before an instant, the most overdue first.</summary>
    public static List<StorageUnitId> Due(StoreSession session, Instant now) => session.Query(
        "SELECT unit FROM unit_states WHERE next_deadline <= $now ORDER BY next_deadline", row => row.Unit(0), ("$now", now));

    /// <summary>The earliest deadline of all; null when there is none.</summary>
    public static Instant? EarliestDeadline(StoreSession session) =>
        session.QueryFirst("SELECT min(next_deadline) FROM unit_states WHERE next_deadline IS NOT NULL", row => row.InstantOrNull(0));

    /// <summary>No time will come at which the unit is to be judged again by itself.</summary>
    public static void ClearDeadline(StoreTransaction transaction, StorageUnitId unit) =>
        transaction.Execute("UPDATE unit_states SET next_deadline = NULL WHERE unit = $unit", ("$unit", unit));

    /// <summary>
    /// Compare and set: writes the state if the stored version is the one below (none for version 1). False for the loser, which folds again.
    /// </summary>
    public static bool TrySave(StoreTransaction transaction, UnitStateRow state) => transaction.Execute(
        state.Version == 1
            ? $"INSERT INTO unit_states ({Columns}) VALUES ($unit, $version, $state, $deadline, $status, $since, $celsius, $measured, $low, $high, $settled, $review, $levels, $excused) ON CONFLICT DO NOTHING"
            : """
              UPDATE unit_states SET version = $version, state = $state, next_deadline = $deadline, status = $status, since = $since,
                  celsius = $celsius, measured_at = $measured, low = $low, high = $high, settled = $settled, review_from = $review, levels = $levels,
                  excused_until = $excused
              WHERE unit = $unit AND version = $version - 1
              """,
        ("$unit", state.Unit),
        ("$version", state.Version),
        ("$state", state.State),
        ("$deadline", state.NextDeadline),
        ("$status", state.Status),
        ("$since", state.Since),
        ("$celsius", state.Celsius),
        ("$measured", state.MeasuredAt),
        ("$low", state.Low),
        ("$high", state.High),
        ("$settled", Written(state.Settled)),
        ("$review", state.ReviewFrom),
        ("$levels", state.Levels is { } levels ? JsonSerializer.Serialize(levels) : null),
        ("$excused", state.ExcusedUntil)) == 1;

    private static UnitStateRow Row(SqliteDataReader row) => new()
    {
        Unit = row.Unit(0),
        Version = row.GetInt64(1),
        State = row.Bytes(2),
        NextDeadline = row.InstantOrNull(3),
        Status = row.GetString(4),
        Since = row.Instant(5),
        Celsius = row.CelsiusOrNull(6),
        MeasuredAt = row.InstantOrNull(7),
        Low = row.CelsiusOrNull(8),
        High = row.CelsiusOrNull(9),
        Settled = Settled(row.TextOrNull(10)),
        ReviewFrom = row.InstantOrNull(11),
        Levels = row.TextOrNull(12) is { } levels ? JsonSerializer.Deserialize<RunningLevels[]>(levels) : null,
        ExcusedUntil = row.InstantOrNull(13),
    };

    private static string? Written(IReadOnlyDictionary<ProbeId, Instant>? settled) => settled is null
        ? null
        : JsonSerializer.Serialize(settled.ToDictionary(entry => entry.Key.ToString(), entry => entry.Value.Milliseconds));

    private static Dictionary<ProbeId, Instant>? Settled(string? text) =>
        (text is null ? null : JsonSerializer.Deserialize<Dictionary<string, long>>(text))?.ToDictionary(
            entry => ProbeId.TryParse(entry.Key, out var probe) ? probe : throw new InvalidDataException(
                $"The record store holds '{entry.Key}' as a probe, which this program cannot have written. Restore the store from a backup."),
            entry => new Instant(entry.Value));
}
