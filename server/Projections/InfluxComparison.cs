using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>Compares InfluxDB with the record store, remembers what differs, and tells in the event log when that changes.</summary>
internal sealed class InfluxComparison(RecordStore store, InfluxQueries influx, InfluxProjection projection, TimeProvider clock)
{
    private const int DifferencesTold = 20;

    private readonly CountComparison _counts = new(store, influx);
    private readonly Lock _gate = new();
    private Comparison? _last;
    private int _restarts;
    private EventRow? _told;
    private bool _knowsTold;

    /// <summary>What was counted last; null before the first time, and again once everything is written anew.</summary>
    public Comparison? Last
    {
        get
        {
            lock (_gate)
            {
                return _restarts == projection.Restarts ? _last : null;
            }
        }
    }

    /// <summary>
    /// Counts both sides over the last days, today (UTC) included, device by device, and rests after each so many times as long as it took.
    /// The projection goes on between devices.
    /// </summary>
    /// <exception cref="InfluxException">InfluxDB did not answer, or cannot be counted now.</exception>
    public async Task<IReadOnlyList<CountDifference>> CompareAsync(int days, int rests, CancellationToken cancellation)
    {
        var (restarts, now) = (projection.Restarts, Instant.Now(clock));
        var to = DeviceDay.StartOf(now) + TimeSpan.FromDays(1);
        var from = to - TimeSpan.FromDays(days);
        var differences = new List<CountDifference>();
        foreach (var device in await _counts.DevicesAsync(cancellation))
        {
            var started = clock.GetTimestamp();
            differences.AddRange(await projection.InTurnAsync(() => _counts.DifferencesAsync(device, from, to, cancellation), cancellation));
            await Task.Delay(clock.GetElapsedTime(started) * rests, clock, cancellation);
        }

        if (restarts != projection.Restarts)
        {
            throw new InfluxException("Writing to InfluxDB was begun anew while it was counted: it is counted again once everything is there.");
        }

        var known = Remember(new Comparison(now, from, to, [.. differences.OrderBy(one => one.Of.Day.Milliseconds).ThenBy(one => one.Of.Device.Value, StringComparer.Ordinal)]), restarts);
        await projection.InTurnAsync(() => TellAsync(known, now, cancellation), cancellation);
        return differences;
    }

    private Comparison Remember(Comparison newest, int restarts)
    {
        lock (_gate)
        {
            _last = _last is { } before && _restarts == restarts ? before.With(newest) : newest;
            _restarts = restarts;
            return _last;
        }
    }

    // Told is what the last event says, also that of an earlier run: the same is not told twice, and a repair is told as well.
    private async Task<bool> TellAsync(Comparison comparison, Instant at, CancellationToken cancellation)
    {
        (_told, _knowsTold) = (_knowsTold ? _told : store.Read(session => EventLog.NewestOf(session, EventKinds.ProjectionDiffers, EventKinds.ProjectionEqualAgain)), true);
        var differed = _told is { Kind: EventKinds.ProjectionDiffers };
        var (kind, payload) = comparison.Differences.Count > 0
            ? (EventKinds.ProjectionDiffers, (object)DifferencesOf(comparison))
            : (EventKinds.ProjectionEqualAgain, new { From = comparison.From.ToString(), To = comparison.To.ToString() });
        var text = EventLog.TextOf(payload);
        var isNew = kind == EventKinds.ProjectionDiffers ? !differed || _told!.Payload != text : differed;
        if (isNew)
        {
            var id = await store.WriteAsync(
                WritePriority.Reading, transaction => EventLog.Append(transaction, at, kind, null, InfluxProjection.Consumer, payload), cancellation);
            _told = new EventRow(id, at, kind, null, InfluxProjection.Consumer, text);
        }

        return isNew;
    }

    private static object DifferencesOf(Comparison comparison) => new
    {
        comparison.Differences.Count,
        Differences = comparison.Differences.Take(DifferencesTold)
            .Select(one => new { Device = one.Of.Device.Value, Day = one.Of.Day.ToString(), one.Stored, one.Projected })
            .ToList(),
    };
}
