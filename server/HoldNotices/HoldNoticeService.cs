using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.HoldNotices;

/// <summary>Keeps notices of holds written and, where there is a webhook, sent. What one of them waits for does not keep the other.</summary>
internal sealed class HoldNoticeService(NoticeWriter writer, RecordStore store, TimeProvider clock, ILogger<HoldNoticeService> logger, HoldWebhook? webhook = null) : BackgroundService
{
    // It looks at least as often, also where a clock was set.
    private static readonly TimeSpan RestAtMost = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _written = new(0, 1);
    private long _lookedAt = Instant.Now(clock).Milliseconds;

    /// <summary>When all events had notices last; its start, before the first time.</summary>
    public Instant LookedAt => new(Interlocked.Read(ref _lookedAt));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RepeatAsync(WriteAsync, "written", stoppingToken), webhook is null ? Task.CompletedTask : RepeatAsync(SendAsync, "sent", stoppingToken));

    public override void Dispose()
    {
        _written.Dispose();
        base.Dispose();
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        while (await writer.WriteNextAsync(cancellation))
        {
            if (_written.CurrentCount == 0)
            {
                _written.Release();
            }
        }

        Interlocked.Exchange(ref _lookedAt, Instant.Now(clock).Milliseconds);
        await store.Events.WaitForNewAsync(writer.Position, RestAtMost, clock, cancellation);
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        var rest = await webhook!.SendNextAsync(cancellation) ?? RestAtMost; // It runs only when there is one.
        if (rest > TimeSpan.Zero)
        {
            await _written.WaitAsync(rest < RestAtMost ? rest : RestAtMost, cancellation);
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> once, string what, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await once(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "Notices of holds could not be {What}; it is tried again", what);
                await Task.Delay(RestAfterError, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }
}
