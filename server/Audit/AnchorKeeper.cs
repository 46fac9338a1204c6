using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Audit;

/// <summary>
/// Begins the audit trail of each run with an event, and anchors it at the start, every hour and at the end: the anchor goes into a file outside
/// the database first, and then the log tells of it.
/// </summary>
internal sealed class AnchorKeeper(RecordStore store, AnchorPlace place, TimeProvider clock, ILogger<AnchorKeeper> logger) : BackgroundService
{
    /// <summary>How often the trail is anchored.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>After a disk refused.</summary>
    public static readonly TimeSpan RestAfterError = TimeSpan.FromMinutes(1);

    private long _anchoredAt = Instant.Now(clock).Milliseconds;

    /// <summary>When the trail was last anchored; the start, before the first time.</summary>
    public Instant AnchoredAt => new(Interlocked.Read(ref _anchoredAt));

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.WriteAsync(
            WritePriority.Decision,
            transaction => EventLog.Append(transaction, Instant.Now(clock), EventKinds.ServerStarted, null, "server", new { software = Actor.Software.Name }),
            cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Anchors the trail once.</summary>
    /// <exception cref="IOException">The file of anchors cannot be written: the log tells of nothing.</exception>
    public async Task AnchorAsync()
    {
        var now = Instant.Now(clock);
        var anchor = AnchorFile.Add(place.Path, place.Key, store.Id, store.Read(EventChain.HeadOf), now);
        await store.WriteAsync(
            WritePriority.Decision,
            transaction => EventLog.Append(transaction, now, EventKinds.TrailAnchored, null, "server", new { anchor.Entry, anchor.Head }),
            CancellationToken.None); // What is in the file is told, also while the server stops.
        Interlocked.Exchange(ref _anchoredAt, now.Milliseconds);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = await TryAnchorAsync() ? Every : RestAfterError;
            await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await TryAnchorAsync();
    }

    private async Task<bool> TryAnchorAsync()
    {
        try
        {
            await AnchorAsync();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StoreWriteException)
        {
            logger.LogError(error, "The audit trail could not be anchored in {Path}; it is tried again. Make room there, or give the server's user the right to write", place.Path);
            return false;
        }
    }
}

/// <summary>Where anchors are kept, and what signs them.</summary>
/// <param name="Path">Their file.</param>
/// <param name="Key">The key.</param>
internal sealed record AnchorPlace(string Path, AnchorKey Key) : IDisposable
{
    public void Dispose() => Key.Dispose();
}
