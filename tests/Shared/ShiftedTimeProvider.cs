namespace ColdChain.Tests.Shared;

/// <summary>A clock that runs like the machine's, started at another time; the test may let time pass at once.</summary>
public sealed class ShiftedTimeProvider(DateTimeOffset start) : TimeProvider
{
    private long shiftTicks = (start - TimeProvider.System.GetUtcNow()).Ticks;
    private long passedTicks;

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shiftTicks));

    // The clock that nobody sets goes on as well: otherwise it would look as if the other one had been set forward.
    public override long GetTimestamp() =>
        TimeProvider.System.GetTimestamp() + Interlocked.Read(ref passedTicks) * (TimestampFrequency / TimeSpan.TicksPerSecond);

    /// <summary>Moves both clocks forward at once; timers that run keep their own pace.</summary>
    public void Pass(TimeSpan time)
    {
        Interlocked.Add(ref passedTicks, time.Ticks);
        Interlocked.Add(ref shiftTicks, time.Ticks);
    }
}
