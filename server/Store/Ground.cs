using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>Why something is held: a finding, or an exposure.</summary>
/// <param name="FindingId">The finding; 0 when it is an exposure.</param>
/// <param name="ExposureId">The exposure; null when it is a finding.</param>
internal readonly record struct Ground(long FindingId, long? ExposureId)
{
    public static Ground Finding(long id) => new(id, null);

    public static Ground Exposure(long id) => new(0, id);

    /// <summary>As two columns of a row have it, finding and exposure, of which one is null.</summary>
    public static Ground Read(SqliteDataReader row, int column) => new(row.LongOrNull(column) ?? 0, row.LongOrNull(column + 1));

    /// <summary>The version that it has now; null when there is none of that number.</summary>
    public int? Version(StoreSession session) => ExposureId is { } exposure
        ? ExposureStore.Find(session, exposure)?.Version
        : FindingStore.Find(session, FindingId)?.Finding.Version;

    /// <summary>The storage unit where it is, or happened last; null when there is none of that number.</summary>
    public StorageUnitId? Unit(StoreSession session) => ExposureId is { } exposure
        ? ExposureStore.Find(session, exposure)?.Unit
        : FindingStore.Find(session, FindingId)?.Unit;

    /// <summary>Its holds, whether they stand or not.</summary>
    public List<HoldRow> Holds(StoreSession session) => ExposureId is { } exposure
        ? HoldStore.OfExposure(session, exposure) is { } hold ? [hold] : []
        : HoldStore.OfFinding(session, FindingId);

    public override string ToString() => ExposureId is { } exposure ? $"exposure {exposure}" : $"finding {FindingId}";

    /// <summary>As the columns <c>finding</c> and <c>exposure</c> have it, of which one is null.</summary>
    internal (string, object?)[] Parameters => [("$finding", ExposureId is null ? FindingId : null), ("$exposure", ExposureId)];
}
