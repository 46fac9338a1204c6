using ColdChain.Hosting.Clocks;

namespace ColdChain.Hosting.Tests.Clocks;

public sealed class KernelClockTests : IDisposable
{
    private const int Unsynchronised = 0x40;
    private const int PllAndUnsynchronised = 0x41;
    private const int Pll = 0x01;

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ask_KernelIsSynchronised_IsTrustedToItsError() =>
        Clock(new KernelTime(Pll, 12_345, null)).Ask(Noon).ErrorMs.Should().Be(13);

    [Theory]
    [InlineData(Unsynchronised)]
    [InlineData(PllAndUnsynchronised)]
    public void Ask_KernelIsNotSynchronised_NobodyVouches(int status)
    {
        var word = Clock(new KernelTime(status, 16_000_000, null)).Ask(Noon);

        word.ErrorMs.Should().BeNull();
        word.Reason.Should().Contain("not synchronised").And.Contain("no battery-backed clock");
    }

    [Fact]
    public void Ask_KernelDoesNotAnswer_NobodyVouches_AndItSaysWhatToAllow()
    {
        var word = Clock(new KernelTime(0, 0, "the kernel does not say (Operation not permitted; allow adjtimex)")).Ask(Noon);

        word.ErrorMs.Should().BeNull();
        word.Reason.Should().Contain("allow adjtimex");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-299)]
    [InlineData(300)]
    public void Ask_BatteryBackedClockSetIt_IsTrusted(int secondsApart)
    {
        Rtc("1", Noon.ToUnixTimeMilliseconds() / 1000 + secondsApart);

        Clock(Free).Ask(Noon).ErrorMs.Should().Be(KernelClock.RtcErrorMs);
    }

    [Theory]
    [InlineData("0", 0, "it set nothing at this boot")]
    [InlineData("1", 301, "somebody has set the wall clock since")]
    [InlineData("1", -1_795_348_800, "its battery is empty and it shows 1970, while a file gave the last shutdown")]
    public void Ask_BatteryBackedClockThatDoesNotVouch_IsNotTrusted(string hctosys, long secondsApart, string because)
    {
        Rtc(hctosys, Noon.ToUnixTimeMilliseconds() / 1000 + secondsApart);

        Clock(Free).Ask(Noon).ErrorMs.Should().BeNull(because);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    public void Ask_UnreadableAttribute_IsNoClock(string hctosys)
    {
        Rtc(hctosys, Noon.ToUnixTimeMilliseconds() / 1000);

        Clock(Free).Ask(Noon).ErrorMs.Should().BeNull();
    }

    [Fact]
    public void OfThisMachine_AsksTheRealKernel_WhichAnswersWithoutARight() =>
        KernelClock.OfThisMachine().Ask(TimeProvider.System.GetUtcNow()).Reason.Should().NotContain("allow adjtimex").And.NotBeEmpty();

    private static KernelTime Free => new(Unsynchronised, 16_000_000, null);

    private KernelClock Clock(KernelTime time) => new(() => time, _folder.File("."));

    private void Rtc(string hctosys, long sinceEpoch)
    {
        _folder.Write("hctosys", hctosys + "\n");
        _folder.Write("since_epoch", $"{sinceEpoch}\n");
    }
}
