using System.Diagnostics.CodeAnalysis;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>
/// The wire that several sensors share: one read at a time. A read that hangs in its driver cannot be broken off. It gets a limit, and
/// until it has come back nothing else on its bus is asked.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore without a wait handle holds nothing that needs an end.")]
internal sealed class Bus
{
    private readonly SemaphoreSlim _turn = new(1);
    private Task? _newest;

    /// <exception cref="ProbeFaultException">The read's own fault, or a timeout.</exception>
    public async Task<T> ReadAsync<T>(Func<T> read, TimeSpan limit, TimeProvider clock, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_newest is { IsCompleted: false } hanging)
            {
                await Task.WhenAny(hanging).WaitAsync(limit, clock, cancellation);
            }

            // A thread of its own: those of the pool have better to do than to wait for a conversion.
            var started = Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            _newest = started;
            return await started.WaitAsync(limit, clock, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ProbeFaultException(KernelFault.Timeout);
        }
        finally
        {
            _turn.Release();
        }
    }
}
