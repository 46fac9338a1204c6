using ColdChain.Core.Readings;

namespace ColdChain.Server.Supervision;

/// <summary>Looks whenever a silence may have become one, and often enough that whoever is heard again is told soon.</summary>
internal sealed class SupervisionService(Supervisor supervisor, TimeProvider clock, ILogger<SupervisionService> logger) : BackgroundService
{
    private static readonly TimeSpan RestAtLeast = TimeSpan.FromMilliseconds(100);
    private long _lookedAt = Instant.Now(clock).Milliseconds;

    /// <summary>The longest that it rests.</summary>
    public TimeSpan RestAtMost { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When it last looked; its start, before the first time.</summary>
    public Instant LookedAt => new(Interlocked.Read(ref _lookedAt));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Looks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var deadline = await supervisor.LookAsync(cancellation);
                var now = Instant.Now(clock);
                Interlocked.Exchange(ref _lookedAt, now.Milliseconds);
                await Task.Delay(Rest(deadline, now), clock, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "Nobody could look who is silent; it is tried again");
                await Task.Delay(RestAtMost, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    private TimeSpan Rest(Instant? deadline, Instant now) => deadline is { } at && at - now < RestAtMost
        ? at - now < RestAtLeast ? RestAtLeast : at - now
        : RestAtMost;
}
