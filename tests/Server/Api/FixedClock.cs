using ColdChain.Core.Readings;

namespace ColdChain.Server.Tests.Api;

/// <summary>A clock whose wall time stands still until the test moves it; its timers run as usual.</summary>
internal sealed class FixedClock(Instant start) : TimeProvider
{
    private long _now = start.Milliseconds;

    public Instant Now
    {
        get => new(Interlocked.Read(ref _now));
        set => Interlocked.Exchange(ref _now, value.Milliseconds);
    }

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
