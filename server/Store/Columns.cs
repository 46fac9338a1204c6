using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>Our values out of the columns that <see cref="StoreSession"/> wrote.</summary>
internal static class Columns
{
    public static Instant Instant(this SqliteDataReader row, int column) => new(row.GetInt64(column));

    public static Instant? InstantOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    public static Celsius? CelsiusOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : Celsius.FromMilli(row.GetInt32(column));

    public static long? LongOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] Bytes(this SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static byte[]? BytesOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Bytes(column);

    public static DeviceId Device(this SqliteDataReader row, int column) => new(row.GetString(column));

    public static StorageUnitId Unit(this SqliteDataReader row, int column) => new(row.GetString(column));

    public static StorageUnitId? UnitOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Unit(column);

    public static ProbeId Probe(this SqliteDataReader row, int column) =>
        ProbeId.TryParse(row.GetString(column), out var probe) ? probe : throw Corrupt(row, column);

    public static SeqRanges Seqs(this SqliteDataReader row, int column) =>
        SeqRanges.TryParse(row.GetString(column), out var ranges) ? ranges : throw Corrupt(row, column);

    private static InvalidDataException Corrupt(SqliteDataReader row, int column) => new(
        $"The record store holds '{row.GetString(column)}' as {row.GetName(column)}, which this program cannot have written. "
        + "Restore the store from a backup; the devices send again what the backup lacks.");
}
