namespace ColdChain.Tests.Shared;

/// <summary>A clock that runs like the machine's, started at another time; the test may let time jump forward.</summary>
public sealed class ShiftedTimeProvider(DateTimeOffset start) : TimeProvider
{
    private long shiftTicks = (start - TimeProvider.System.GetUtcNow()).Ticks;

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shiftTicks));

    /// <summary>Moves the clock forward at once; timers that run keep their own pace.</summary>
    public void Jump(TimeSpan forward) => Interlocked.Add(ref shiftTicks, forward.Ticks);
}
