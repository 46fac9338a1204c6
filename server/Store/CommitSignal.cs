using ColdChain.Hosting.Waiting;

namespace ColdChain.Server.Store;

/// <summary>
/// Wakes whoever waits for rows above a number. Only a hint of where to look: the rows are the truth, and a waiter that comes late finds
/// the number passed already and does not wait.
/// </summary>
internal sealed class CommitSignal
{
    private readonly Lock _gate = new();
    private long _last;
    private TaskCompletionSource _next = new();

    /// <summary>The highest committed number.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>Completes as soon as a number above <paramref name="seen"/> is committed: at once when there is one.</summary>
    public async Task WaitForNewAsync(long seen, CancellationToken cancellation)
    {
        while (NextUnlessAbove(seen) is { } next)
        {
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Completes like the other, or when the time is up.</summary>
    public async Task WaitForNewAsync(long seen, TimeSpan atMost, TimeProvider clock, CancellationToken cancellation)
    {
        if (NextUnlessAbove(seen) is { } next)
        {
            await Task.WhenAny(next, Task.Delay(atMost, clock, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Called by the writer after each commit.</summary>
    public void Advance(long last)
    {
        lock (_gate)
        {
            if (last <= _last)
            {
                return;
            }

            _last = last;
            Wakeup.Complete(_next);
            _next = new TaskCompletionSource();
        }
    }

    private Task? NextUnlessAbove(long seen)
    {
        lock (_gate)
        {
            return _last > seen ? null : _next.Task;
        }
    }
}
