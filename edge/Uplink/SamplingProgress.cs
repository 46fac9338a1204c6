namespace ColdChain.Edge.Uplink;

/// <summary>Counts what the sampling loops have durably stored. The heartbeat is allowed only when this has moved.</summary>
internal sealed class SamplingProgress
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Mark() => Interlocked.Increment(ref _count);
}
