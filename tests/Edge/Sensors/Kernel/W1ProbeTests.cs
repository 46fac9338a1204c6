using ColdChain.Edge.Sensors.Kernel;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Sensors.Kernel;

public sealed class W1ProbeTests : IDisposable
{
    private const string PowerOnFrame = "50 05 4b 46 7f ff 0c 10 1c : crc=1c YES\n50 05 4b 46 7f ff 0c 10 1c t=85000\n";
    private const string HotFrame = "50 05 4b 46 7f ff 10 10 56 : crc=56 YES\n50 05 4b 46 7f ff 10 10 56 t=85000\n";
    private const string FridgeFrame = "42 00 4b 46 7f ff 0e 10 5c : crc=5c YES\n42 00 4b 46 7f ff 0e 10 5c t=4125\n";
    private const string ZeroFrame = "00 00 4b 46 7f ff 10 10 0d : crc=0d YES\n00 00 4b 46 7f ff 10 10 0d t=0\n";
    private const string AllZeroFrame = "00 00 00 00 00 00 00 00 00 : crc=00 YES\n00 00 00 00 00 00 00 00 00 t=0\n";
    private const string AllOnesFrame = "ff ff ff ff ff ff ff ff ff : crc=c9 NO\n42 00 4b 46 7f ff 0e 10 5c t=-62\n";
    private const string SixteenthBelowFrame = "ff ff 4b 46 7f ff 01 10 9b : crc=9b YES\nff ff 4b 46 7f ff 01 10 9b t=-62\n";
    private const string StarvedFrame = "ff 07 4b 46 7f ff 01 10 f2 : crc=f2 YES\nff 07 4b 46 7f ff 01 10 f2 t=127937\n";

    private readonly SysfsTree _sys = new();
    private readonly W1Probe _probe;

    public W1ProbeTests() => _probe = new W1Probe(_sys.Root, SysfsTree.Serial);

    [Fact]
    public void HwmonFile_IsPreferredToTheOlderOne()
    {
        _sys.AddW1(temperature: "9999\n", hwmon: "4125\n");

        Reading.Of(_probe).Should().Be("4125");
    }

    [Fact]
    public void NoHwmonFile_TemperatureIsRead()
    {
        _sys.AddW1(temperature: "4125\n");

        Reading.Of(_probe).Should().Be("4125");
    }

    [Fact]
    public void SensorPulledOut_IsMissing_AndBackAgainIsRead()
    {
        var device = _sys.AddW1();
        Directory.Move(device, device + "-gone");
        Reading.Of(_probe).Should().Be(KernelFault.Missing);

        Directory.Move(device + "-gone", device);
        Reading.Of(_probe).Should().Be("4125");
    }

    [Fact]
    public void NoAnswer_IsEmptyOrAnIoError_AndNeverZero()
    {
        var device = _sys.AddW1(temperature: "", slave: "");
        Reading.Of(_probe).Should().Be(KernelFault.Empty);

        SysfsTree.MakeUnreadable(Path.Combine(device, "temperature"));
        Reading.Of(_probe).Should().Be(KernelFault.IoError);
    }

    [Theory]
    [InlineData("85000\n", PowerOnFrame, 84_000, KernelFault.PowerOn)] // The scratchpad says so, whatever was before.
    [InlineData("85000\n", PowerOnFrame, 4_125, KernelFault.PowerOn)]
    [InlineData("85000\n", HotFrame, null, KernelFault.PowerOn)]
    [InlineData("85000\n", HotFrame, 4_125, KernelFault.PowerOn)]
    [InlineData("85000\n", HotFrame, 79_999, KernelFault.PowerOn)]
    [InlineData("85000\n", HotFrame, 80_000, "85000")]
    [InlineData("85000\n", FridgeFrame, 84_000, KernelFault.PowerOn)] // Measured again, it is something else.
    [InlineData("85000\n", null, null, KernelFault.PowerOn)]
    [InlineData("85000\n", null, 4_125, KernelFault.PowerOn)]
    [InlineData("85000\n", null, 84_000, "85000")]
    [InlineData("84937\n", null, 4_125, "84937")]
    [InlineData("0\n", ZeroFrame, 4_125, "0")]
    [InlineData("0\n", AllZeroFrame, 62, KernelFault.AllZero)]
    [InlineData("0\n", FridgeFrame, 62, KernelFault.Unconfirmed)]
    [InlineData("0\n", null, 62, KernelFault.Unconfirmed)]
    [InlineData("-62\n", SixteenthBelowFrame, 4_125, "-62")]
    [InlineData("-62\n", AllOnesFrame, 0, KernelFault.AllOnes)]
    [InlineData("-62\n", "not a frame", 0, KernelFault.Unconfirmed)]
    [InlineData("", AllOnesFrame, 4_125, KernelFault.AllOnes)]
    [InlineData("127937\n", StarvedFrame, 4_125, KernelFault.OutOfRange)]
    [InlineData("125000\n", null, 4_125, "125000")]
    [InlineData("-55000\n", null, 4_125, "-55000")]
    [InlineData("-55062\n", null, 4_125, KernelFault.OutOfRange)]
    public void Value_ThatAFailingSensorAnswersToo_CountsWithItsScratchpad(
        string content, string? slave, int? previous, string expected)
    {
        _sys.AddW1(temperature: content, slave: slave);

        Reading.Of(_probe, previous).Should().Be(expected);
    }

    [Theory]
    [InlineData("85000\n", PowerOnFrame, "50054b467fff0c101c")]
    [InlineData("0\n", AllZeroFrame, "000000000000000000")]
    [InlineData("-62\n", AllOnesFrame, "ffffffffffffffffff")]
    [InlineData("127937\n", StarvedFrame, "ff074b467fff0110f2")]
    [InlineData("85000\n", null, null)]
    public void Fault_ComesWithItsScratchpad(string content, string? slave, string? frame)
    {
        _sys.AddW1(temperature: content, slave: slave);

        Reading.FrameOf(_probe).Should().Be(frame);
    }

    [Fact]
    public void HotDecontamination_ThatPersists_IsKeptFromTheSecondSampleOn()
    {
        _sys.AddW1(temperature: "85000\n", slave: HotFrame);

        Reading.Of(_probe, 4_125).Should().Be(KernelFault.PowerOn);
        Reading.Of(_probe, 4_125).Should().Be("85000");
        Reading.Of(_probe, 85_000).Should().Be("85000");
    }

    [Fact]
    public void PowerOnValue_ThatPersists_IsNeverATemperature()
    {
        _sys.AddW1(temperature: "85000\n", slave: PowerOnFrame);

        Enumerable.Range(0, 5).Select(_ => Reading.Of(_probe, 4_125)).Should().AllBe(KernelFault.PowerOn);
    }

    [Theory]
    [InlineData("4125\n", "4125")]
    [InlineData("", KernelFault.Empty)]
    public void SpikesOfHeat_BetweenOtherSamples_DoNotAddUp(string between, string expected)
    {
        var device = _sys.AddW1(slave: HotFrame);
        for (var i = 0; i < 3; i++)
        {
            SysfsTree.Write(device, "temperature", "85000\n");
            Reading.Of(_probe, 4_125).Should().Be(KernelFault.PowerOn);
            SysfsTree.Write(device, "temperature", between);
            Reading.Of(_probe, 4_125).Should().Be(expected);
        }
    }

    [Fact]
    public void RealRamp_IsKept()
    {
        var device = _sys.AddW1(slave: "");
        int[] ramp = [.. Enumerable.Range(0, 41).Select(minute => 4_000 + (minute * 125))];
        foreach (var milli in ramp)
        {
            SysfsTree.Write(device, "temperature", $"{milli}\n");
            Reading.Of(_probe, milli - 125).Should().Be(milli.ToString(null, null));
        }
    }

    public void Dispose() => _sys.Dispose();
}
