using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>Something counted of a device since ever.</summary>
/// <param name="Device">The device; <see cref="DeviceCounts.OtherStrangers"/> for the rest of those that are not enrolled.</param>
/// <param name="What">One of <see cref="CountedAs"/>.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstAt">When it was first.</param>
/// <param name="LastAt">When it was last.</param>
internal sealed record DeviceCount(DeviceId Device, string What, long Count, Instant FirstAt, Instant LastAt);

/// <summary>
/// How often each device did what it should not, in the transaction of what was made of it: a count is never ahead of the store nor
/// behind it, and outlives the process. It also decides when an event is due, so that a mad device cannot flood the event log.
/// </summary>
internal static class DeviceCounts
{
    /// <summary>Stands for the strangers beyond <see cref="StrangersMax"/>.</summary>
    public static readonly DeviceId OtherStrangers = new("");

    /// <summary>One event of a kind and device in this time; it says how many it stands for.</summary>
    public static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(10);

    /// <summary>More devices that are not enrolled are not told apart: whoever may publish under any name must not fill the disk.</summary>
    public const int StrangersMax = 1000;

    /// <summary>Counts; when an event is due, returns for how many it stands, these included, and otherwise null.</summary>
    public static long? Add(StoreTransaction transaction, DeviceId device, string what, long count, Instant now)
    {
        var (all, toldAt, told) = transaction.QueryFirst(
            """
            INSERT INTO device_counts (device, what, count, first_at, last_at, told) VALUES ($device, $what, $count, $now, $now, 0)
            ON CONFLICT (device, what) DO UPDATE SET count = count + excluded.count, last_at = excluded.last_at
            RETURNING count, told_at, told
            """,
            row => (row.GetInt64(0), row.InstantOrNull(1), row.GetInt64(2)),
            ("$device", device),
            ("$what", what),
            ("$count", count),
            ("$now", now));

        // A clock that was set back must not silence events until it has caught up.
        if (toldAt is { } last && now >= last && now - last < TellEvery)
        {
            return null;
        }

        transaction.Execute(
            "UPDATE device_counts SET told_at = $now, told = count WHERE device = $device AND what = $what",
            ("$now", now),
            ("$device", device),
            ("$what", what));
        return all - told;
    }

    /// <summary>Counts something of a device that is not enrolled.</summary>
    public static long? AddStranger(StoreTransaction transaction, DeviceId device, string what, Instant now)
    {
        var isApart = transaction.QueryFirst(
            """
            SELECT EXISTS (SELECT 1 FROM device_counts WHERE device = $device AND what = $what)
                OR (SELECT count(*) FROM device_counts WHERE what = $what) < $max
            """,
            row => row.GetInt64(0) == 1,
            ("$device", device),
            ("$what", what),
            ("$max", StrangersMax));
        return Add(transaction, isApart ? device : OtherStrangers, what, 1, now);
    }

    /// <summary>Every count, by device and then by what is counted.</summary>
    public static List<DeviceCount> All(StoreSession session) => session.Query(
        "SELECT device, what, count, first_at, last_at FROM device_counts ORDER BY device, what",
        row => new DeviceCount(row.Device(0), row.GetString(1), row.GetInt64(2), row.Instant(3), row.Instant(4)));
}
