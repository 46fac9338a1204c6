using ColdChain.Core.Readings;

namespace ColdChain.Server.Projections;

/// <summary>Keeps the projection going: it looks for new packs, and tries again ever more rarely while InfluxDB is away.</summary>
internal sealed class InfluxProjectionService(InfluxProjection projection, TimeProvider clock, ILogger<InfluxProjectionService> logger) : BackgroundService
{
    /// <summary>A chart needs no more, and packs that come meanwhile share one request.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestAtMost = TimeSpan.FromSeconds(60);

    private long _caughtUpAt = Instant.Now(clock).Milliseconds;
    private volatile string? _lastError;

    /// <summary>When it last had projected everything; its start, before the first time.</summary>
    public Instant CaughtUpAt => new(Interlocked.Read(ref _caughtUpAt));

    /// <summary>Why it does not get on; null when it does.</summary>
    public string? LastError => _lastError;

    /// <inheritdoc cref="InfluxProjection.Skipped"/>
    public long Skipped => projection.Skipped;

    /// <inheritdoc cref="InfluxProjection.Refused"/>
    public long Refused => projection.Refused;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rest = Rest;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await projection.WriteNextAsync(stoppingToken))
                {
                    Interlocked.Exchange(ref _caughtUpAt, Instant.Now(clock).Milliseconds);
                    await Task.Delay(Rest, clock, stoppingToken);
                }

                (rest, _lastError) = (Rest, null);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                _lastError = error.Message;
                logger.LogWarning(error, "InfluxDB did not take readings; it is tried again in {Rest}, and nothing else waits for it", rest);
                await Task.Delay(rest, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
                rest = rest * 2 < RestAtMost ? rest * 2 : RestAtMost;
            }
        }
    }
}
