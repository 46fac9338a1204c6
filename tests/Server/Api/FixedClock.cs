using ColdChain.Core.Readings;

namespace ColdChain.Server.Tests.Api;

/// <summary>
/// A clock whose wall time stands still until the test moves it; its timers run as usual. What is set forward has passed; what is set back has not.
/// </summary>
internal sealed class FixedClock(Instant start) : TimeProvider
{
    private long _now = start.Milliseconds;
    private long _passed;

    public Instant Now
    {
        get => new(Interlocked.Read(ref _now));
        set => Interlocked.Add(ref _passed, Math.Max(0, value.Milliseconds - Interlocked.Exchange(ref _now, value.Milliseconds)));
    }

    public override long TimestampFrequency => 1000;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public override long GetTimestamp() => Interlocked.Read(ref _passed);
}
