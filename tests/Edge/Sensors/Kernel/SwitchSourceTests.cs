using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Kernel;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Sensors.Kernel;

public sealed class SwitchSourceTests : IDisposable
{
    private static readonly ProbeId Door = new(Some.Load.Device, "door");
    private static readonly Sampling EveryMinute = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20));

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Some.Noon);

    private string File => _folder.File("value");

    [Theory]
    [InlineData("1\n", false, true)]
    [InlineData("0\n", false, false)]
    [InlineData("on", false, true)]
    [InlineData("OFF\n", false, false)]
    [InlineData("2\n", false, true)]
    [InlineData("1\n", true, false)]
    [InlineData("0\n", true, true)]
    public async Task State_OfTheFile_IsThatOfTheSignal(string content, bool isInverted, bool state)
    {
        Write(content);
        await using var samples = Samples(isInverted);

        (await NextAsync(samples)).Should().Be(ProbeSample.OfState(Door, at: null, state));
    }

    [Theory]
    [InlineData("", KernelFault.Empty, null)]
    [InlineData("\n", KernelFault.Empty, "Cg")]
    [InlineData("3\n", KernelFault.NotAState, "Mwo")]
    [InlineData("open\n", KernelFault.NotAState, "b3Blbgo")]
    public async Task Content_ThatIsNoState_IsAFaultWithWhatWasRead_AndNeverOff(string content, string fault, string? frame)
    {
        Write(content);
        await using var samples = Samples();

        (await NextAsync(samples)).Should().Be(ProbeSample.Faulty(Door, at: null, fault, frame));
    }

    [Fact]
    public async Task Change_IsToldWithinASecond_AndTheSameOnlyAtTheInterval()
    {
        Write("0\n");
        await using var samples = Samples();
        (await NextAsync(samples)).State.Should().BeFalse();

        var next = NextAsync(samples);
        Write("1\n");
        (await PassAsync(next)).State.Should().BeTrue();
        var changedAt = _time.GetUtcNow();

        next = NextAsync(samples);
        (await PassAsync(next)).State.Should().BeTrue();
        (_time.GetUtcNow() - changedAt).Should().Be(EveryMinute.Interval);
    }

    [Fact]
    public async Task FileThatIsGone_IsMissing_AndBackAgainIsTold()
    {
        Write("1\n");
        await using var samples = Samples();
        await NextAsync(samples);

        System.IO.File.Delete(File);
        (await PassAsync(NextAsync(samples))).Fault.Should().Be(KernelFault.Missing);

        Write("1\n");
        (await PassAsync(NextAsync(samples))).State.Should().BeTrue();
    }

    public void Dispose() => _folder.Dispose();

    private IAsyncEnumerator<ProbeSample> Samples(bool isInverted = false) =>
        new SwitchSource(Door, File, isInverted, EveryMinute, _time).ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();

    // In one piece, as the kernel changes it: a reader never sees half of it.
    private void Write(string content)
    {
        System.IO.File.WriteAllText(File + ".new", content);
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }

    private static async Task<ProbeSample> NextAsync(IAsyncEnumerator<ProbeSample> samples)
    {
        (await samples.MoveNextAsync()).Should().BeTrue();
        return samples.Current;
    }

    // Second by second, until the source has something to tell.
    private async Task<ProbeSample> PassAsync(Task<ProbeSample> next)
    {
        while (!next.IsCompleted)
        {
            // The limit of a read is further away: only the source waits for the next second.
            await Task.WhenAny(next, _time.UntilSomeoneWaitsForAsync(Second));
            if (!next.IsCompleted)
            {
                _time.Advance(Second);
            }
        }

        return await next;
    }
}
