namespace ColdChain.Edge.Uplink;

/// <summary>
/// A pause that doubles with every failure in a row and starts afresh after a success. Jitter takes up to half of it away, so that the
/// devices of a site do not all come back in the same second.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan max, int seed)
{
    private readonly Random _jitter = new(seed);
    private int _failures;

    public void Succeeded() => Volatile.Write(ref _failures, 0);

    /// <summary>The pause after one more failure.</summary>
    public TimeSpan Failed()
    {
        const int doublingsMax = 20;
        var doublings = Math.Min(Interlocked.Increment(ref _failures) - 1, doublingsMax);
        var pause = TimeSpan.FromTicks(Math.Min(max.Ticks, first.Ticks << doublings));
        lock (_jitter)
        {
            return pause * (1 - (_jitter.NextDouble() / 2));
        }
    }
}
