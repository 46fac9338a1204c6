using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>
/// Counts temperatures per device and day on both sides. InfluxDB loses without a word (a point replaced by another of the same instant, a
/// shard that is gone): only counting shows it.
/// </summary>
internal sealed class CountComparison(RecordStore store, InfluxClient influx)
{
    /// <summary>The differences in [from, to), both the starts of days, of the packs up to the cursor. Nothing may be projected meanwhile.</summary>
    /// <exception cref="InfluxException">InfluxDB did not answer.</exception>
    public async Task<List<CountDifference>> DifferencesAsync(long cursor, Instant from, Instant to, CancellationToken cancellation)
    {
        var projected = await influx.CountAsync(from, to, cancellation);
        var stored = store.Read(PackStore.Devices)
            .SelectMany(device => Stored(device, cursor, from, to))
            .ToDictionary();
        return
        [
            .. from day in stored.Keys.Union(projected.Keys)
               let difference = new CountDifference(day, stored.GetValueOrDefault(day), projected.GetValueOrDefault(day))
               where difference.Stored != difference.Projected
               orderby day.Day, day.Device.Value
               select difference,
        ];
    }

    // Packs are never rewritten, so each device may be read in a session of its own: none is long, and the log of the store stays short.
    private Dictionary<DeviceDay, long> Stored(DeviceId device, long cursor, Instant from, Instant to) => store.Read(session =>
        PackStore.Measured(session, device, from, to)
            .Where(pack => pack.Id <= cursor)
            .SelectMany(ReadingReader.Accepted)
            .Where(reading => reading.Value is not null && reading.MeasuredAt >= from && reading.MeasuredAt < to)
            .CountBy(reading => new DeviceDay(device, DeviceDay.StartOf(reading.MeasuredAt!.Value))) // Those without an instant are out already.
            .ToDictionary(day => day.Key, day => (long)day.Value));
}
