namespace ColdChain.Server.Store;

/// <summary>One caller's work for the writer, and the task that the caller waits for.</summary>
internal abstract class WriteJob
{
    /// <summary>In whose name it is done.</summary>
    public abstract Actor Actor { get; }

    /// <summary>Takes the job; false when its caller no longer wants it.</summary>
    public abstract bool TryTake();

    /// <summary>Does the work, but keeps the result back until the commit.</summary>
    public abstract void Run(StoreTransaction transaction);

    /// <summary>The commit is on disk: hands the result over.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception error);
}

/// <inheritdoc cref="WriteJob"/>
internal sealed class WriteJob<T>(Func<StoreTransaction, T> work, Actor actor, CancellationToken cancellation) : WriteJob
{
    // Continuations must not run on the writer, which has the next batch to write.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!; // Read only after Run has set it.

    public override Actor Actor => actor;

    public Task<T> Done => _done.Task;

    public override bool TryTake()
    {
        if (cancellation.IsCancellationRequested)
        {
            _done.TrySetCanceled(cancellation);
            return false;
        }

        return true;
    }

    public override void Run(StoreTransaction transaction) => _result = work(transaction);

    public override void Succeed() => _done.TrySetResult(_result);

    public override void Fail(Exception error) => _done.TrySetException(error);
}
