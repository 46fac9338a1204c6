using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Replay;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Sensors;

public sealed class ReplaySourceTests
{
    private static readonly IReadOnlyList<RecordedSample> Recording =
    [
        new(Some.Noon, Celsius.FromMilli(4000)),
        new(Some.Noon + TimeSpan.FromMinutes(5), null),
        new(Some.Noon + TimeSpan.FromMinutes(10), Celsius.FromMilli(4500)),
    ];

    [Fact]
    public async Task SpeedZero_YieldsEverythingAtOnceWithItsOwnInstants()
    {
        var samples = await AllAsync(new ReplaySource(Some.Load, Recording, speed: 0, TimeProvider.System), newest: null);

        samples.Should().Equal(
            ProbeSample.Good(Some.Load, Recording[0].At, Celsius.FromMilli(4000)),
            ProbeSample.Faulty(Some.Load, Recording[1].At, ReplaySource.NoValue),
            ProbeSample.Good(Some.Load, Recording[2].At, Celsius.FromMilli(4500)));
    }

    [Fact]
    public async Task Restart_ContinuesBehindTheNewestStoredSample()
    {
        var samples = await AllAsync(
            new ReplaySource(Some.Load, Recording, speed: 0, TimeProvider.System), new StoredSample(Recording[1].At, null));

        samples.Should().ContainSingle().Which.At.Should().Be(Recording[2].At);
    }

    [Fact]
    public async Task SpeedSixty_TakesASecondForAMinute()
    {
        var time = new ManualTime(Some.Noon);
        var source = new ReplaySource(Some.Load, Recording, speed: 60, time);
        await using var samples = source.ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();
        (await samples.MoveNextAsync()).Should().BeTrue("the first sample does not wait");

        var next = samples.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(4.9));
        next.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        (await next).Should().BeTrue();
    }

    [Fact]
    public async Task Sample_TakenLate_DoesNotDelayThoseAfterIt()
    {
        var time = new ManualTime(Some.Noon);
        var source = new ReplaySource(Some.Load, Recording, speed: 60, time);
        await using var samples = source.ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();
        (await samples.MoveNextAsync()).Should().BeTrue();

        time.Advance(TimeSpan.FromSeconds(9));
        (await samples.MoveNextAsync()).Should().BeTrue("it was due after five seconds");
        var next = samples.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(1));

        (await next).Should().BeTrue("it is due after ten");
    }

    private static async Task<List<ProbeSample>> AllAsync(ReplaySource source, StoredSample? newest)
    {
        var all = new List<ProbeSample>();
        await foreach (var sample in source.ReadAsync(newest, CancellationToken.None))
        {
            all.Add(sample);
        }

        return all;
    }
}
