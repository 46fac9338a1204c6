using ColdChain.Core.Readings;
using ColdChain.Core.Signals;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Simulated;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Sensors;

public sealed class SimulatedSwitchTests
{
    private static readonly Instant HourBefore = Some.Noon - TimeSpan.FromHours(1);

    private readonly ManualTime _time = new(Some.Noon);
    private readonly SimulatedUnit _unit = new(ModelParameters.BloodFridge with { DoorOpeningsPerHour = 0 }, seed: 3);

    [Fact]
    public async Task Door_OfTheUnit_IsToldWhenItChangesAndOnceAMinute()
    {
        var opened = HourBefore + TimeSpan.FromSeconds(90);
        _unit.OpenDoor(opened, TimeSpan.FromMinutes(12));

        var samples = await HistoryAsync(SignalKind.Door);

        samples.Where(sample => sample.State == true).Select(sample => sample.At).Should().Equal(
            Enumerable.Range(0, 12).Select(minute => (Instant?)(HourBefore + TimeSpan.FromMinutes(2 + minute))).Prepend(opened));
        samples.First(sample => sample.At > opened && sample.State == false).At.Should().Be(opened + TimeSpan.FromMinutes(12));
        samples.Where(sample => sample.State == false).Should().HaveCountGreaterThan(45);
    }

    [Fact]
    public async Task Mains_ThatFail_StopAgitationAndCooling()
    {
        _unit.FailMains(HourBefore + TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5));
        _unit.StopAgitation(HourBefore + TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(2));

        Off(await HistoryAsync(SignalKind.Mains)).Should().Equal(10, 11, 12, 13, 14);
        Off(await HistoryAsync(SignalKind.Agitation)).Should().Equal(10, 11, 12, 13, 14, 30, 31);
        _unit.InputsAt(HourBefore + TimeSpan.FromMinutes(12)).DriveFailed.Should().BeTrue();
    }

    [Fact]
    public async Task Restart_GoesOnBehindTheNewestStoredSample()
    {
        var samples = await HistoryAsync(SignalKind.Mains, new StoredSample(Some.Noon - TimeSpan.FromMinutes(2), null));

        samples.Select(sample => sample.At).Should().Equal(Some.Noon - TimeSpan.FromSeconds(119), Some.Noon - TimeSpan.FromMinutes(1), Some.Noon);
    }

    private static IEnumerable<double> Off(IEnumerable<ProbeSample> samples) =>
        samples.Where(sample => sample.State == false).Select(sample => (sample.At!.Value - HourBefore).TotalMinutes);

    private async Task<List<ProbeSample>> HistoryAsync(SignalKind kind, StoredSample? newest = null)
    {
        var signal = new SimulatedSwitch(new ProbeId(Some.Device, "signal"), kind, _unit, TimeSpan.FromMinutes(1), HourBefore, _time);
        await using var samples = signal.ReadAsync(newest, CancellationToken.None).GetAsyncEnumerator();
        var history = new List<ProbeSample>();
        var next = samples.MoveNextAsync().AsTask();
        for (; next.IsCompleted; next = samples.MoveNextAsync().AsTask())
        {
            (await next).Should().BeTrue();
            history.Add(samples.Current);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        await next;
        return history;
    }
}
