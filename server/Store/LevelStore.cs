using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>The levels of temperature of load probes that have ended, as the evaluator last told them.</summary>
internal static class LevelStore
{
    private const string Columns = "probe, start_at, end_at, from_milli, to_milli, lowest, highest, settled_at";

    /// <summary>Puts levels in the place of those settled after one instant and at or before another.</summary>
    /// <returns>The earliest instant at which anything differs from before; null when nothing does.</returns>
    public static Instant? Replace(StoreTransaction transaction, StorageUnitId unit, Instant after, Instant upTo, IReadOnlyList<ProbeLevel> levels)
    {
        var before = transaction.Query(
            $"SELECT {Columns} FROM levels WHERE unit = $unit AND settled_at > $after AND settled_at <= $upTo", Row, ("$unit", unit), ("$after", after), ("$upTo", upTo));
        var (old, now) = (before.ToHashSet(), levels.ToHashSet());
        if (old.SetEquals(now))
        {
            return null;
        }

        if (before.Count > 0)
        {
            transaction.Execute(
                "DELETE FROM levels WHERE unit = $unit AND settled_at > $after AND settled_at <= $upTo", ("$unit", unit), ("$after", after), ("$upTo", upTo));
        }

        foreach (var level in levels)
        {
            Insert(transaction, unit, level);
        }

        old.SymmetricExceptWith(now);
        return old.Min(level => level.Interval.Start);
    }

    /// <summary>The levels of a storage unit that may overlap a time, its ends included.</summary>
    public static List<ProbeLevel> Between(StoreSession session, StorageUnitId unit, Instant from, Instant to) => session.Query(
        $"SELECT {Columns} FROM levels WHERE unit = $unit AND end_at >= $from AND start_at <= $to ORDER BY start_at, end_at, probe, id",
        Row,
        ("$unit", unit),
        ("$from", from),
        ("$to", to));

    private static void Insert(StoreTransaction transaction, StorageUnitId unit, ProbeLevel level)
    {
        var interval = level.Interval;
        transaction.Execute(
            $"INSERT INTO levels (unit, {Columns}) VALUES ($unit, $probe, $start, $end, $from, $to, $lowest, $highest, $settled)",
            ("$unit", unit),
            ("$probe", level.Probe),
            ("$start", interval.Start),
            ("$end", interval.End),
            ("$from", interval.IsUnknown || interval.From == int.MinValue ? null : interval.From),
            ("$to", interval.IsUnknown || interval.To == int.MaxValue ? null : interval.To),
            ("$lowest", interval.IsUnknown ? null : interval.Lowest),
            ("$highest", interval.IsUnknown ? null : interval.Highest),
            ("$settled", interval.SettledAt ?? throw new InvalidOperationException($"A level of {level.Probe} that may still change is not stored.")));
    }

    private static ProbeLevel Row(SqliteDataReader row)
    {
        var (start, end, settled) = (row.Instant(1), row.Instant(2), row.Instant(7));
        return new ProbeLevel(row.Probe(0), row.IsDBNull(5)
            ? LevelInterval.Unknown(start, end, settled)
            : new LevelInterval(
                row.IsDBNull(3) ? int.MinValue : row.GetInt32(3), row.IsDBNull(4) ? int.MaxValue : row.GetInt32(4), start, end, row.GetInt32(5), row.GetInt32(6), false, settled));
    }
}
