using ColdChain.Core.Readings;
using ColdChain.Server.Ingest;

namespace ColdChain.Server.Tests.Ingest;

public sealed class EventThrottleTests
{
    private static readonly Instant Start = new(0);

    private readonly EventThrottle _throttle = new(TimeSpan.FromMinutes(10), keysMax: 3);

    [Fact]
    public void Event_First_PassesAndTheRestOfTheIntervalIsCounted()
    {
        Pass("a", 0).Should().Be(1);
        Pass("a", 1).Should().BeNull();
        Pass("a", 9).Should().BeNull();
        Pass("a", 10).Should().Be(3, "it stands for the two that were kept back and itself");
        Pass("a", 11).Should().BeNull();
    }

    [Fact]
    public void Subjects_Different_DoNotShareAnInterval()
    {
        Pass("a", 0).Should().Be(1);
        Pass("b", 0).Should().Be(1);
    }

    [Fact]
    public void Subjects_TooMany_ShareOneIntervalUntilOthersAreOver()
    {
        Pass("a", 0);
        Pass("b", 0);
        Pass("c", 0);
        Pass("d", 1).Should().Be(1, "the shared interval begins");
        Pass("e", 1).Should().BeNull();

        Pass("f", 10).Should().Be(1, "the others are over, there is room again");
        Pass("g", 10).Should().Be(1);
    }

    private long? Pass(string key, int minute) =>
        _throttle.TryPass(key, Start + TimeSpan.FromMinutes(minute), out var count) ? count : null;
}
