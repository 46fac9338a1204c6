using ColdChain.Core.Readings;

namespace ColdChain.Server.Supervision;

/// <summary>Looks whenever a silence may have become one, and often enough that whoever is heard again is told soon.</summary>
internal sealed class SupervisionService(Supervisor supervisor, TimeProvider clock, ILogger<SupervisionService> logger) : BackgroundService
{
    private static readonly TimeSpan RestAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAtLeast = TimeSpan.FromMilliseconds(100);
    private long _lookedAt = Instant.Now(clock).Milliseconds;

    /// <summary>When it last looked; its start, before the first time.</summary>
    public Instant LookedAt => new(Interlocked.Read(ref _lookedAt));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var deadline = await supervisor.LookAsync(stoppingToken);
                var now = Instant.Now(clock);
                Interlocked.Exchange(ref _lookedAt, now.Milliseconds);
                await Task.Delay(Rest(deadline, now), clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "Nobody could look who is silent; it is tried again");
                await Task.Delay(RestAtMost, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TimeSpan Rest(Instant? deadline, Instant now) => deadline is { } at && at - now < RestAtMost
        ? at - now < RestAtLeast ? RestAtLeast : at - now
        : RestAtMost;
}
