using ColdChain.Hosting.Waiting;

namespace ColdChain.Edge.Uplink;

/// <summary>
/// Wakes whoever waits because something may have changed. Take <see cref="Next"/> first, look at the state, then wait: a pulse between the
/// look and the wait is not lost.
/// </summary>
internal sealed class Pulse(TimeProvider time)
{
    private TaskCompletionSource _next = new();

    /// <summary>Completes at the next pulse.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Fire() => Wakeup.Complete(Interlocked.Exchange(ref _next, new TaskCompletionSource()));

    /// <summary>Waits for a pulse taken earlier, at most so long; a null limit is none.</summary>
    public async Task WaitAsync(Task next, TimeSpan? limit, CancellationToken cancellation)
    {
        // Running out of time is an expected end of this wait, so it is not an exception here.
        await next.WaitAsync(limit ?? Timeout.InfiniteTimeSpan, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellation.ThrowIfCancellationRequested();
    }
}
