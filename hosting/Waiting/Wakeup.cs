namespace ColdChain.Hosting.Waiting;

/// <summary>
/// Completes what others wait for without running them inside of the caller: on the caller's synchronization context when it has one (that of
/// a simulator, which has one thread), otherwise on the thread pool. The source needs no option of its own.
/// </summary>
public static class Wakeup
{
    /// <summary>Completes it soon; nothing happens when it is complete already.</summary>
    public static void Complete(TaskCompletionSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (SynchronizationContext.Current is { } context)
        {
            context.Post(static waited => ((TaskCompletionSource)waited!).TrySetResult(), source);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static waited => waited.TrySetResult(), source, preferLocal: false);
        }
    }
}
