using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>The words in the columns of a hold.</summary>
internal static class HoldWords
{
    public const string StorageUnit = "storage-unit";
    public const string BloodUnit = "blood-unit";

    public const string Held = "held";

    /// <summary>Later data removed the ground; the hold stands until a person lifts it.</summary>
    public const string GroundRemoved = "ground-removed";

    /// <summary>A person has decided, and signed (<see cref="DecisionStore"/>); it is held again when more becomes known.</summary>
    public const string Decided = "decided";
}

/// <summary>A storage unit, or one blood unit that was in it, that must not be issued because of a finding, or because of an exposure.</summary>
internal sealed record HoldRow
{
    /// <summary>Given by the store; 0 before.</summary>
    public long Id { get; init; }

    /// <summary><see cref="HoldWords.StorageUnit"/> or <see cref="HoldWords.BloodUnit"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The storage unit of the finding; of an exposure, where it happened last.</summary>
    public required StorageUnitId Unit { get; init; }

    /// <summary>The donation identification number; empty for a storage unit.</summary>
    public string Donation { get; init; } = "";

    /// <summary>The product; empty for a storage unit.</summary>
    public string Product { get; init; } = "";

    /// <summary>The finding that is its ground; 0 when that is an exposure.</summary>
    public long FindingId { get; init; }

    /// <summary>The exposure that is its ground; null when that is a finding.</summary>
    public long? ExposureId { get; init; }

    /// <summary>The instant from which the ground existed: the start of the excursion.</summary>
    public required Instant Since { get; init; }

    public required Instant PlacedAt { get; init; }

    public string State { get; init; } = HoldWords.Held;

    /// <summary>When the state was reached.</summary>
    public required Instant StateAt { get; init; }

    /// <summary>What it rests on.</summary>
    public Ground Ground => new(FindingId, ExposureId);

    /// <summary>True until a person ends it, also when its ground is gone.</summary>
    public bool Stands => State is HoldWords.Held or HoldWords.GroundRemoved;
}

/// <summary>Holds: placed by software, never lifted by it.</summary>
internal static class HoldStore
{
    private const string Columns = "id, kind, unit, donation, product, finding, exposure, since, placed_at, state, state_at";

    // As HoldRow.Stands.
    private const string Stands = "state IN ('held', 'ground-removed')";

    // Neither a donation number nor a product has a slash.
    private const string Things = "count(DISTINCT donation || '/' || product)";

    // Holds of both kinds count on from one another.
    private const string NextId = "(SELECT ifnull(max(seq), 0) + 1 FROM sqlite_sequence WHERE name IN ('holds', 'exposure_holds'))";

    /// <summary>Places a hold; null when its ground holds this very thing already.</summary>
    public static HoldRow? TryPlace(StoreTransaction transaction, HoldRow hold)
    {
        var id = hold.ExposureId is null
            ? transaction.Insert(
                $"""
                INSERT INTO holds (id, kind, unit, donation, product, finding, since, placed_at, state, state_at)
                VALUES ({NextId}, $kind, $unit, $donation, $product, $finding, $since, $placedAt, $state, $stateAt) ON CONFLICT DO NOTHING RETURNING id
                """,
                Parameters(hold))
            : transaction.Insert(
                $"""
                INSERT INTO exposure_holds (id, unit, donation, product, exposure, since, placed_at, state, state_at)
                VALUES ({NextId}, $unit, $donation, $product, $exposure, $since, $placedAt, $state, $stateAt) ON CONFLICT DO NOTHING RETURNING id
                """,
                Parameters(hold));
        return id == 0 ? null : hold with { Id = id };
    }

    /// <summary>Moves a hold to another state.</summary>
    public static HoldRow Move(StoreTransaction transaction, HoldRow hold, string state, Instant at)
    {
        transaction.Execute($"UPDATE {TableOf(hold)} SET state = $state, state_at = $at WHERE id = $id", ("$state", state), ("$at", at), ("$id", hold.Id));
        return hold with { State = state, StateAt = at };
    }

    /// <summary>Sets from when on the ground of a hold existed, when that became known better.</summary>
    public static HoldRow Date(StoreTransaction transaction, HoldRow hold, Instant since)
    {
        transaction.Execute($"UPDATE {TableOf(hold)} SET since = $since WHERE id = $id", ("$since", since), ("$id", hold.Id));
        return hold with { Since = since };
    }

    /// <summary>All holds, newest first.</summary>
    public static List<HoldRow> Newest(StoreSession session, int max) =>
        session.Query($"SELECT {Columns} FROM all_holds ORDER BY id DESC LIMIT $max", Row, ("$max", max));

    /// <summary>At most <paramref name="max"/> holds below an id, newest first, of one storage unit and one donation where these are given.</summary>
    public static List<HoldRow> Search(StoreSession session, StorageUnitId? unit, string? donation, long before, int max) => session.Query(
        $"""
        SELECT {Columns} FROM all_holds
        WHERE ($unit IS NULL OR unit = $unit) AND ($donation IS NULL OR donation = $donation) AND id < $before ORDER BY id DESC LIMIT $max
        """,
        Row,
        ("$unit", unit),
        ("$donation", donation),
        ("$before", before),
        ("$max", max));

    /// <summary>One hold; null when there is none of that number.</summary>
    public static HoldRow? Find(StoreSession session, long id) => session.QueryFirst($"SELECT {Columns} FROM all_holds WHERE id = $id", Row, ("$id", id));

    /// <summary>
    /// At most <paramref name="max"/> holds that stand, those whose ground was removed first, then the newest first; of one storage unit, one
    /// donation and in one state where these are given.
    /// </summary>
    public static List<HoldRow> Standing(StoreSession session, StorageUnitId? unit, string? donation, string? state, int max) => session.Query(
        $"""
        SELECT {Columns} FROM all_holds
        WHERE {Stands} AND ($unit IS NULL OR unit = $unit) AND ($donation IS NULL OR donation = $donation) AND ($state IS NULL OR state = $state)
        ORDER BY state = 'ground-removed' DESC, id DESC LIMIT $max
        """,
        Row,
        ("$unit", unit),
        ("$donation", donation),
        ("$state", state),
        ("$max", max));

    /// <summary>A storage unit's holds and those of the blood units that were in it, oldest first.</summary>
    public static List<HoldRow> OfUnit(StoreSession session, StorageUnitId unit) =>
        session.Query($"SELECT {Columns} FROM all_holds WHERE unit = $unit ORDER BY id", Row, ("$unit", unit));

    /// <summary>The holds of a storage unit itself that stand, oldest first.</summary>
    public static List<HoldRow> StandingOnUnit(StoreSession session, StorageUnitId unit) => session.Query(
        $"SELECT {Columns} FROM all_holds WHERE unit = $unit AND donation = '' AND product = '' AND {Stands} ORDER BY id", Row, ("$unit", unit));

    /// <summary>
    /// How much is held on each storage unit that has a hold: itself, and each blood unit that was in it. What several findings hold counts once.
    /// </summary>
    public static Dictionary<StorageUnitId, int> CountByUnit(StoreSession session) =>
        session.Query($"SELECT unit, {Things} FROM all_holds WHERE {Stands} GROUP BY unit", row => (Unit: row.Unit(0), Count: row.GetInt32(1)))
            .ToDictionary(entry => entry.Unit, entry => entry.Count);

    /// <summary>The same of one storage unit.</summary>
    public static int CountOfUnit(StoreSession session, StorageUnitId unit) =>
        session.QueryFirst($"SELECT {Things} FROM all_holds WHERE unit = $unit AND {Stands}", row => row.GetInt32(0), ("$unit", unit));

    public static List<HoldRow> OfFinding(StoreSession session, long findingId) =>
        session.Query($"SELECT {Columns} FROM all_holds WHERE finding = $finding ORDER BY id", Row, ("$finding", findingId));

    /// <summary>The hold of an exposure; null when it has none.</summary>
    public static HoldRow? OfExposure(StoreSession session, long exposureId) =>
        session.QueryFirst($"SELECT {Columns} FROM all_holds WHERE exposure = $exposure", Row, ("$exposure", exposureId));

    /// <summary>A blood unit's holds, oldest first.</summary>
    public static List<HoldRow> OfBloodUnit(StoreSession session, string donation, string product) => session.Query(
        $"SELECT {Columns} FROM all_holds WHERE donation = $donation AND product = $product ORDER BY id",
        Row,
        ("$donation", donation),
        ("$product", product));

    private static string TableOf(HoldRow hold) => hold.ExposureId is null ? "holds" : "exposure_holds";

    private static (string, object?)[] Parameters(HoldRow hold)
    {
        (string, object?)[] common =
        [
            ("$unit", hold.Unit), ("$donation", hold.Donation), ("$product", hold.Product), ("$since", hold.Since), ("$placedAt", hold.PlacedAt),
            ("$state", hold.State), ("$stateAt", hold.StateAt),
        ];
        return hold.ExposureId is { } exposure ? [.. common, ("$exposure", exposure)] : [.. common, ("$kind", hold.Kind), ("$finding", hold.FindingId)];
    }

    private static HoldRow Row(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Kind = row.GetString(1),
        Unit = row.Unit(2),
        Donation = row.GetString(3),
        Product = row.GetString(4),
        FindingId = row.GetInt64(5),
        ExposureId = row.LongOrNull(6),
        Since = row.Instant(7),
        PlacedAt = row.Instant(8),
        State = row.GetString(9),
        StateAt = row.Instant(10),
    };
}
