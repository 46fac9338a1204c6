using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>
/// Counts temperatures per device and day on both sides. InfluxDB loses without a word (a point replaced by another of the same instant, a
/// shard that is gone): only counting shows it.
/// </summary>
internal sealed class CountComparison(RecordStore store, InfluxQueries influx)
{
    /// <summary>Every device that either side holds anything of.</summary>
    /// <exception cref="InfluxException">InfluxDB did not answer.</exception>
    public async Task<List<DeviceId>> DevicesAsync(CancellationToken cancellation) =>
        [.. store.Read(PackStore.Devices).Union(await influx.DevicesAsync(cancellation)).OrderBy(device => device.Value, StringComparer.Ordinal)];

    /// <summary>
    /// The differences of a device in [from, to), both the starts of days, of the packs up to the projection's cursor: what is not projected
    /// yet is no difference. Nothing may be projected meanwhile.
    /// </summary>
    /// <exception cref="InfluxException">InfluxDB did not answer, or everything is being written again.</exception>
    public async Task<List<CountDifference>> DifferencesAsync(DeviceId device, Instant from, Instant to, CancellationToken cancellation)
    {
        var (cursor, isRewriting) = store.Read(session => (CursorStore.Get(session, InfluxProjection.Consumer), InfluxProjection.IsRewriting(session)));
        if (isRewriting)
        {
            throw new InfluxException("Everything is being written to InfluxDB again, and cannot be counted meanwhile. Compare when GET /health says that no pack is behind.");
        }

        var projected = await influx.CountAsync(device, from, to, cancellation);
        var stored = Stored(device, cursor, from, to);
        return
        [
            .. from day in stored.Keys.Union(projected.Keys)
               let difference = new CountDifference(day, stored.GetValueOrDefault(day), projected.GetValueOrDefault(day))
               where difference.Stored != difference.Projected
               orderby day.Day
               select difference,
        ];
    }

    // Packs are never rewritten, so each device may be read in a session of its own: none is long, and the log of the store stays short.
    private Dictionary<DeviceDay, long> Stored(DeviceId device, long cursor, Instant from, Instant to) => store.Read(session =>
        ReadingReader.Measured(session, device, from, to)
            .Where(found => found.Pack <= cursor)
            .Select(found => found.Reading)
            .Where(reading => reading.Value is not null && reading.MeasuredAt < to)
            .CountBy(reading => new DeviceDay(device, DeviceDay.StartOf(reading.MeasuredAt!.Value))) // Those without an instant are out already.
            .ToDictionary(day => day.Key, day => (long)day.Value));
}
