using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

/// <summary>Keeps the writer in a job of its own, so that what is queued meanwhile makes one batch.</summary>
internal sealed class BusyWriter : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _job;

    private BusyWriter(RecordStore store) => _job = store.WriteAsync(WritePriority.Decision, Occupy, CancellationToken.None);

    public static async Task<BusyWriter> StartAsync(RecordStore store)
    {
        var busy = new BusyWriter(store);
        await busy._started.Task.WaitAsync(Patience);
        return busy;
    }

    /// <summary>Lets the writer go on; a second call does nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        _release.Set();
        await _job;
    }

    private void Occupy(StoreTransaction transaction)
    {
        _started.SetResult();
        if (!_release.Wait(Patience))
        {
            throw new TimeoutException("Nobody released the writer.");
        }
    }
}
