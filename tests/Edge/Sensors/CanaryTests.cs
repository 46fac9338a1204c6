using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Canary;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Sensors;

public sealed class CanaryTests
{
    private static readonly CanaryCourse Hourly = new(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(20), Celsius.FromMilli(5000), Celsius.FromMilli(12000));

    [Theory]
    [InlineData(0, 5000)]
    [InlineData(1.5, 8000)]
    [InlineData(3.5, 12000)]
    [InlineData(16.5, 12000)]
    [InlineData(18.5, 8000)]
    [InlineData(20, 5000)]
    [InlineData(59.9, 5000)]
    [InlineData(60, 5000)]
    [InlineData(61, 7000)]
    public void Course_GoesOutAndBack_EachHour(double minutes, int milli) =>
        Hourly.At(Some.Noon + TimeSpan.FromMinutes(minutes)).Milli.Should().Be(milli);

    [Fact]
    public void Course_IntoTheCold_GoesDown() =>
        (Hourly with { Far = Celsius.FromMilli(1000) }).At(Some.Noon + TimeSpan.FromMinutes(1)).Milli.Should().Be(3000);

    [Theory]
    [InlineData(20, 7, true)]
    [InlineData(7, 7, true)]
    [InlineData(6.9, 7, false)]
    [InlineData(6.9, -7, false)]
    [InlineData(60, 7, false)] // It would never be back.
    public void Course_ThatDoesNotGetThereAndBack_IsNone(double outMinutes, int degrees, bool isPossible) =>
        (Hourly with { Out = TimeSpan.FromMinutes(outMinutes), Far = Celsius.FromMilli(5000 + (1000 * degrees)) }).IsPossible.Should().Be(isPossible);

    [Fact]
    public async Task Probe_IsReadAtOnce_AndAtEachTick()
    {
        var time = new ManualTime(Some.Noon);
        var source = new CanarySource(new ProbeId(Some.Device, "load"), Hourly, TimeSpan.FromSeconds(30), time);
        await using var samples = source.ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();

        (await samples.MoveNextAsync()).Should().BeTrue();
        samples.Current.Should().Be(ProbeSample.Good(source.Probe, at: null, Celsius.FromMilli(5000)));
        var next = samples.MoveNextAsync().AsTask();
        next.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(30));

        (await next).Should().BeTrue();
        samples.Current.Value.Should().Be(Celsius.FromMilli(6000));
    }
}
