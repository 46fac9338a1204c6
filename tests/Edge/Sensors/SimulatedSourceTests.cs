using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Simulated;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Sensors;

public sealed class SimulatedSourceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Instant DayBefore = Some.Noon - TimeSpan.FromHours(24);

    private readonly ManualTime _time = new(Some.Noon);
    private readonly SimulatedUnit _unit = new(ModelParameters.BloodFridge, seed: 3);

    [Fact]
    public async Task History_IsThereAtOnce_AndThenOneSampleATick()
    {
        await using var samples = Source(ProbeRole.Load).ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();

        var history = await WithoutWaitingAsync(samples);
        history.Select(sample => sample.At)
            .Should().Equal(Enumerable.Range(0, (24 * 60) + 1).Select(i => (Instant?)(DayBefore + (Minute * i))));

        var next = history.Next;
        for (var i = 1; i <= 3; i++)
        {
            next.IsCompleted.Should().BeFalse("the next sample is due at the next minute");
            _time.Advance(Minute);
            (await next).Should().BeTrue();
            samples.Current.At.Should().Be(Some.Noon + (Minute * i));
            next = samples.MoveNextAsync().AsTask();
        }

        _time.Advance(Minute);
        await next;
    }

    [Fact]
    public async Task Restart_ContinuesBehindTheNewestStoredSample_FromItsTemperature()
    {
        var newest = new StoredSample(Some.Noon - (Minute * 10), Celsius.FromMilli(9500));

        var samples = await WithoutWaitingAsync(Source(ProbeRole.Load), newest);

        samples[0].At.Should().Be(Some.Noon - (Minute * 9));
        samples.Should().HaveCount(10);
        samples[0].Value!.Value.Milli.Should().BeInRange(9000, 9600, "a warm bottle does not become cold by a restart");
    }

    [Fact]
    public async Task AirAndLoad_OfOneUnit_TellTheSameStory()
    {
        _unit.OpenDoor(Some.Noon - TimeSpan.FromHours(2), TimeSpan.FromMinutes(12));

        var air = await WithoutWaitingAsync(Source(ProbeRole.Air));
        var load = await WithoutWaitingAsync(Source(ProbeRole.Load));

        var (airPeak, loadPeak) = (air.MaxBy(sample => sample.Value), load.MaxBy(sample => sample.Value));
        airPeak!.Value!.Value.Milli.Should().BeGreaterThan(10_000);
        loadPeak!.Value!.Value.Milli.Should().BeInRange(6000, 8500);
        (loadPeak.At!.Value - airPeak.At!.Value).Should().BeGreaterThan(TimeSpan.Zero, "the bottle lags behind the air");
    }

    [Fact]
    public async Task Values_AreInTheSensorsSteps()
    {
        var samples = await WithoutWaitingAsync(Source(ProbeRole.Air));

        samples.Should().OnlyContain(
            sample => Math.Abs((sample.Value!.Value.Milli / 62.5) - Math.Round(sample.Value.Value.Milli / 62.5)) < 0.01);
        samples.Select(sample => sample.Value).Distinct().Should().HaveCountGreaterThan(10);
    }

    [Fact]
    public async Task ProbeFault_DuringItsInterval_IsAFaultWithItsFrameAndNoNumber()
    {
        _unit.FailProbe(ProbeRole.Load, Some.Noon - (Minute * 5), Minute * 2, "power-on", "UAVLRn__DBAc");

        var samples = await WithoutWaitingAsync(Source(ProbeRole.Load));

        samples.Where(sample => sample.Fault is not null).Should().Equal(
            ProbeSample.Faulty(Some.Load, Some.Noon - (Minute * 5), "power-on", "UAVLRn__DBAc"),
            ProbeSample.Faulty(Some.Load, Some.Noon - (Minute * 4), "power-on", "UAVLRn__DBAc"));
        (await WithoutWaitingAsync(Source(ProbeRole.Air))).Should().OnlyContain(sample => sample.Fault == null);
    }

    [Fact]
    public async Task DoorOpenedWhileRunning_ShowsInTheFollowingSamples()
    {
        await using var samples = Source(ProbeRole.Air).ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();
        var history = await WithoutWaitingAsync(samples);
        _unit.OpenDoor(Some.Noon, TimeSpan.FromMinutes(20));

        _time.Advance(TimeSpan.FromMinutes(15));
        await history.Next;
        for (var i = 1; i < 15; i++)
        {
            await samples.MoveNextAsync();
        }

        samples.Current.Should().BeEquivalentTo(new { At = Some.Noon + TimeSpan.FromMinutes(15) });
        samples.Current.Value!.Value.Milli.Should().BeGreaterThan(9000);
    }

    private SimulatedSource Source(ProbeRole role) =>
        new(role == ProbeRole.Load ? Some.Load : Some.Air, role, _unit, Minute, DayBefore, _time);

    private static async Task<Samples> WithoutWaitingAsync(SimulatedSource source, StoredSample? newest = null)
    {
        using var stop = new CancellationTokenSource();
        await using var samples = source.ReadAsync(newest, stop.Token).GetAsyncEnumerator();
        var all = await WithoutWaitingAsync(samples);
        await stop.CancelAsync();
        var ended = async () => await all.Next;
        await ended.Should().ThrowAsync<OperationCanceledException>();
        return all;
    }

    private static Task<Samples> WithoutWaitingAsync(IAsyncEnumerator<ProbeSample> samples)
    {
        var all = new Samples();
        while ((all.Next = samples.MoveNextAsync().AsTask()).IsCompleted)
        {
            all.Add(samples.Current);
        }

        return Task.FromResult(all);
    }

    private sealed class Samples : List<ProbeSample>
    {
        /// <summary>The step that has to wait.</summary>
        public Task<bool> Next { get; set; } = Task.FromResult(false);
    }
}
