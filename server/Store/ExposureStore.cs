using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>The words in the columns of an exposure.</summary>
internal static class ExposureWords
{
    public const string Hold = "hold";
    public const string DiscardProposed = "discard-proposed";
    public const string Current = "current";
    public const string Retracted = "retracted";
}

/// <summary>An allowance that a blood unit exceeded, or may have, in its newest version.</summary>
internal sealed record ExposureRow
{
    /// <summary>Given by the store; 0 before.</summary>
    public long Id { get; init; }

    /// <summary>From 1; mere growth gives no new one.</summary>
    public int Version { get; init; } = 1;

    public required string Donation { get; init; }

    public required string Product { get; init; }

    /// <summary>The storage unit where it was when it happened last.</summary>
    public required StorageUnitId Unit { get; init; }

    /// <summary>Which allowance, as <see cref="Core.Exposure.AllowanceExposure.Key"/> names it.</summary>
    public required string Allowance { get; init; }

    /// <summary><see cref="ExposureWords.Hold"/> or <see cref="ExposureWords.DiscardProposed"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>True when what is known alone would not exceed it.</summary>
    public required bool OnlyPossible { get; init; }

    /// <summary>The first instant of the time that counts.</summary>
    public required Instant Since { get; init; }

    /// <summary>Amounts, maxima, times and the rule, as JSON.</summary>
    public required string Detail { get; init; }

    /// <summary><see cref="ExposureWords.Current"/> or <see cref="ExposureWords.Retracted"/>.</summary>
    public string Status { get; init; } = ExposureWords.Current;

    /// <summary>Why it was retracted.</summary>
    public string? Reason { get; init; }

    public required Instant DiscoveredAt { get; init; }

    public required Instant UpdatedAt { get; init; }
}

/// <summary>Exposures: the current set, and every version that ever was.</summary>
internal static class ExposureStore
{
    private const string Columns =
        "id, version, donation, product, unit, allowance, verdict, only_possible, since_at, detail, status, reason, discovered_at, updated_at";

    /// <summary>Stores a new exposure as version 1; the result carries its id.</summary>
    public static ExposureRow Insert(StoreTransaction transaction, ExposureRow row)
    {
        var id = transaction.Insert(
            """
            INSERT INTO exposures (version, donation, product, unit, allowance, verdict, only_possible, since_at, detail, status, reason, discovered_at, updated_at)
            VALUES ($version, $donation, $product, $unit, $allowance, $verdict, $possible, $since, $detail, $status, $reason, $discovered, $updated) RETURNING id
            """,
            Parameters(row));
        Keep(transaction, id);
        return row with { Id = id };
    }

    /// <summary>Stores a later version. Id, blood unit, allowance and discovery stay.</summary>
    public static ExposureRow Update(StoreTransaction transaction, ExposureRow row)
    {
        var next = row with { Version = row.Version + 1 };
        Write(transaction, next);
        Keep(transaction, row.Id);
        return next;
    }

    /// <summary>Stores what grew while the version stays.</summary>
    public static void Grow(StoreTransaction transaction, ExposureRow row) => Write(transaction, row);

    public static ExposureRow? Find(StoreSession session, long id) => session.QueryFirst($"SELECT {Columns} FROM exposures WHERE id = $id", Row, ("$id", id));

    /// <summary>The current exposures of a blood unit, oldest first.</summary>
    public static List<ExposureRow> Current(StoreSession session, string donation, string product) => session.Query(
        $"SELECT {Columns} FROM exposures WHERE donation = $donation AND product = $product AND status = 'current' ORDER BY id",
        Row,
        ("$donation", donation),
        ("$product", product));

    /// <summary>Every version of every exposure of a blood unit, oldest first.</summary>
    public static List<ExposureRow> Versions(StoreSession session, string donation, string product) => session.Query(
        $"""
        SELECT {Columns} FROM exposure_versions
        WHERE id IN (SELECT id FROM exposures WHERE donation = $donation AND product = $product) ORDER BY id, version
        """,
        Row,
        ("$donation", donation),
        ("$product", product));

    private static void Write(StoreTransaction transaction, ExposureRow row) => transaction.Execute(
        """
        UPDATE exposures SET version = $version, unit = $unit, verdict = $verdict, only_possible = $possible, since_at = $since, detail = $detail,
            status = $status, reason = $reason, updated_at = $updated
        WHERE id = $id
        """,
        [.. Parameters(row), ("$id", row.Id)]);

    private static void Keep(StoreTransaction transaction, long id) =>
        transaction.Execute($"INSERT INTO exposure_versions ({Columns}) SELECT {Columns} FROM exposures WHERE id = $id", ("$id", id));

    private static (string, object?)[] Parameters(ExposureRow row) =>
    [
        ("$version", row.Version),
        ("$donation", row.Donation),
        ("$product", row.Product),
        ("$unit", row.Unit),
        ("$allowance", row.Allowance),
        ("$verdict", row.Verdict),
        ("$possible", row.OnlyPossible),
        ("$since", row.Since),
        ("$detail", row.Detail),
        ("$status", row.Status),
        ("$reason", row.Reason),
        ("$discovered", row.DiscoveredAt),
        ("$updated", row.UpdatedAt),
    ];

    private static ExposureRow Row(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Version = row.GetInt32(1),
        Donation = row.GetString(2),
        Product = row.GetString(3),
        Unit = row.Unit(4),
        Allowance = row.GetString(5),
        Verdict = row.GetString(6),
        OnlyPossible = row.GetBoolean(7),
        Since = row.Instant(8),
        Detail = row.GetString(9),
        Status = row.GetString(10),
        Reason = row.TextOrNull(11),
        DiscoveredAt = row.Instant(12),
        UpdatedAt = row.Instant(13),
    };
}
