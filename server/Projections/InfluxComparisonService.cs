using ColdChain.Core.Readings;

namespace ColdChain.Server.Projections;

/// <summary>
/// Compares InfluxDB with the record store by itself: as soon as everything is projected, then the newest days every hour and all days that
/// a chart can show once a day.
/// </summary>
internal sealed class InfluxComparisonService(
    InfluxComparison comparison, InfluxProjection projection, TimeProvider clock, ILogger<InfluxComparisonService> logger) : BackgroundService
{
    /// <summary>The longest chart may begin within a day.</summary>
    private const int AllDays = 32;

    /// <summary>Today and yesterday: what comes late is in the daily comparison.</summary>
    private const int NewestDays = 2;

    /// <summary>It rests nine times as long as it works: counting costs at most a tenth of one core.</summary>
    private const int Rests = 9;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private Instant _allOf = Instant.Beginning;
    private Instant _nextAt = Instant.Beginning;
    private int _restarts = -1;
    private volatile string? _lastError;

    /// <summary>What is known of the differences; null when nothing is.</summary>
    public Comparison? Last => comparison.Last;

    /// <summary>Why it could not count the last time; null when it could.</summary>
    public string? LastError => _lastError;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = Instant.Now(clock);
            if (projection.HasCaughtUp && (now >= _nextAt || projection.Restarts != _restarts))
            {
                await CompareAsync(now, stoppingToken);
            }
        }
    }

    private async Task CompareAsync(Instant now, CancellationToken cancellation)
    {
        var (today, restarts) = (DeviceDay.StartOf(now), projection.Restarts);
        var isAll = _allOf != today || restarts != _restarts;
        _nextAt = now + TryAgainAfter;
        try
        {
            await comparison.CompareAsync(isAll ? AllDays : NewestDays, Rests, cancellation);
            (_allOf, _nextAt, _restarts, _lastError) = (isAll ? today : _allOf, now + Every, restarts, null);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            (_restarts, _allOf, _lastError) = (restarts, Instant.Beginning, error.Message);
            logger.LogWarning(error, "InfluxDB could not be compared with the record store; it is tried again in {Rest}", TryAgainAfter);
        }
    }
}
