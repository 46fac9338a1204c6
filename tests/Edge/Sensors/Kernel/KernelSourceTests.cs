using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Kernel;
using ColdChain.Edge.Tests.Support;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Sensors.Kernel;

public sealed class KernelSourceTests : IDisposable
{
    private static readonly Sampling EveryMinute = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20));

    private readonly SysfsTree _sys = new();
    private readonly ManualTime _time = new(Some.Noon);
    private readonly Bus _bus = new();

    [Fact]
    public async Task Samples_ComeAtOnceAndThenAtEachTick_WithoutAnInstantOfTheirOwn()
    {
        var chip = _sys.AddHwmon(0, "1-0018", "4250");
        await using var samples = Source(Some.Load, "1-0018").ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();

        (await NextAsync(samples)).Should().Be(ProbeSample.Good(Some.Load, at: null, Celsius.FromMilli(4250)));

        SysfsTree.Write(chip, "temp1_input", "");
        (await TickAsync(samples)).Should().Be(ProbeSample.Faulty(Some.Load, at: null, KernelFault.Empty));

        SysfsTree.Write(chip, "temp1_input", "?\n");
        (await TickAsync(samples)).Should().Be(ProbeSample.Faulty(Some.Load, at: null, KernelFault.NotANumber, "Pwo"));

        SysfsTree.Write(chip, "temp1_input", new string('x', 1000));
        (await TickAsync(samples)).RawFrame.Should().HaveLength(128, "the wire format carries no more");

        SysfsTree.Write(chip, "temp1_input", "0\n");
        (await TickAsync(samples)).Should().Be(ProbeSample.Good(Some.Load, at: null, Celsius.FromMilli(0)));
    }

    [Fact]
    public async Task StoredSample_IsThePreviousValueAfterARestart()
    {
        _sys.AddW1(temperature: "85000\n");
        var source = new KernelSource(Some.Load, new W1Probe(_sys.Root, SysfsTree.Serial), _bus, EveryMinute, _time);

        var stored = new StoredSample(Some.Noon, Celsius.FromMilli(84_500));
        await using var after = source.ReadAsync(stored, CancellationToken.None).GetAsyncEnumerator();
        (await NextAsync(after)).Value.Should().Be(Celsius.FromMilli(85_000));

        await using var first = source.ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();
        (await NextAsync(first)).Fault.Should().Be(KernelFault.PowerOn);
    }

    [Fact]
    public async Task HungRead_IsATimeout_HoldsBackItsBusOnly_AndIsForgottenWhenItComesBack()
    {
        var hanging = Path.Combine(_sys.AddHwmon(0, "1-0018"), "temp1_input");
        SysfsTree.MakeHang(hanging);
        _sys.AddHwmon(1, "1-0048", "4500");
        _sys.AddHwmon(2, "3-0048", "4600");
        await using var hung = Source(Some.Load, "1-0018").ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();
        await using var sameBus = Source(Some.Air, "1-0048").ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();
        await using var otherBus = new KernelSource(Some.Air, new HwmonProbe(_sys.Root, "3-0048", 1), new Bus(), EveryMinute, _time)
            .ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();

        (await AfterTheLimitAsync(hung)).Fault.Should().Be(KernelFault.Timeout);
        (await AfterTheLimitAsync(sameBus)).Fault.Should().Be(KernelFault.Timeout);
        (await NextAsync(otherBus)).Value.Should().Be(Celsius.FromMilli(4600));

        await ComeBackAsync(hanging);
        await UntilTheBusIsFreeAsync();
        // Up to the tick and no further: the limit of the read that it starts must not pass at the same time.
        (await AfterAsync(sameBus, EveryMinute.Interval - EveryMinute.Limit)).Value.Should().Be(Celsius.FromMilli(4500));
    }

    [Fact]
    public async Task Cancellation_EndsASourceWhoseReadHangs()
    {
        var hanging = Path.Combine(_sys.AddHwmon(0, "1-0018"), "temp1_input");
        SysfsTree.MakeHang(hanging);
        using var stop = new CancellationTokenSource();
        await using var samples = Source(Some.Load, "1-0018").ReadAsync(newest: null, stop.Token).GetAsyncEnumerator();
        var next = samples.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        var ended = async () => await next;
        await ended.Should().ThrowAsync<OperationCanceledException>();
        await ComeBackAsync(hanging); // Lets the read end with the test.
    }

    public void Dispose() => _sys.Dispose();

    private KernelSource Source(ProbeId probe, string device) =>
        new(probe, new HwmonProbe(_sys.Root, device, channel: 1), _bus, EveryMinute, _time);

    // Opened for both, a pipe does not wait for its other end: the read may not have come so far, and then nobody ever would.
    private static async Task ComeBackAsync(string hanging)
    {
        await using var pipe = new FileStream(hanging, FileMode.Open, FileAccess.ReadWrite);
        await pipe.WriteAsync("4250\n"u8.ToArray());
    }

    // Another read comes to its turn when nothing on the bus hangs any more.
    private Task UntilTheBusIsFreeAsync() =>
        _bus.ReadAsync(() => Celsius.FromMilli(1), TimeSpan.FromSeconds(60), TimeProvider.System, CancellationToken.None);

    private static async Task<ProbeSample> NextAsync(IAsyncEnumerator<ProbeSample> samples)
    {
        (await samples.MoveNextAsync()).Should().BeTrue();
        return samples.Current;
    }

    private Task<ProbeSample> TickAsync(IAsyncEnumerator<ProbeSample> samples) => AfterAsync(samples, EveryMinute.Interval);

    private Task<ProbeSample> AfterTheLimitAsync(IAsyncEnumerator<ProbeSample> samples) => AfterAsync(samples, EveryMinute.Limit);

    private async Task<ProbeSample> AfterAsync(IAsyncEnumerator<ProbeSample> samples, TimeSpan span)
    {
        var next = NextAsync(samples);
        await _time.UntilSomeoneWaitsAsync();
        _time.Advance(span);
        return await next;
    }
}
