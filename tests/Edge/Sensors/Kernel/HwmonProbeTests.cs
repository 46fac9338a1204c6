using System.Text;
using ColdChain.Edge.Sensors.Kernel;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Sensors.Kernel;

public sealed class HwmonProbeTests : IDisposable
{
    private readonly SysfsTree _sys = new();
    private readonly HwmonProbe _probe;

    public HwmonProbeTests() => _probe = new HwmonProbe(_sys.Root, "1-0018", channel: 1);

    [Fact]
    public void Numbers_ShiftedByAnotherDevice_DoNotMatter()
    {
        _sys.AddHwmon(0, "1-0048", "20000");
        _sys.AddHwmon(1, "1-0018", "4250");
        Reading.Of(_probe).Should().Be("4250");

        _sys.RemoveHwmon(0, "1-0048");
        _sys.RemoveHwmon(1, "1-0018");
        Reading.Of(_probe).Should().Be(KernelFault.Missing);

        _sys.AddHwmon(0, "1-0018", "4300");
        _sys.AddHwmon(1, "1-0048", "20000");
        Reading.Of(_probe).Should().Be("4300");
    }

    [Theory]
    [InlineData("4250\n", "4250")]
    [InlineData("-30500\n", "-30500")]
    [InlineData("0\n", "0")]
    [InlineData("", KernelFault.Empty)]
    [InlineData("\n", KernelFault.Empty)]
    [InlineData("N/A\n", KernelFault.NotANumber)]
    [InlineData("NaN\n", KernelFault.NotANumber)]
    [InlineData("4,25\n", KernelFault.NotANumber)]
    [InlineData("1e308\n", KernelFault.NotANumber)]
    [InlineData("-273151\n", KernelFault.OutOfRange)]
    [InlineData("99999999999\n", KernelFault.OutOfRange)]
    [InlineData("9999999999999999999999999999999\n", KernelFault.NotANumber)]
    public void Content_IsATemperatureOrItsFault_AndNeverAGuess(string content, string expected)
    {
        SysfsTree.Write(_sys.AddHwmon(0, "1-0018"), "temp1_input", content);

        Reading.Of(_probe).Should().Be(expected);
    }

    [Fact]
    public void NotANumber_ComesWithTheTextThatWasRead()
    {
        SysfsTree.Write(_sys.AddHwmon(0, "1-0018"), "temp1_input", "N/A\n");

        Reading.FrameOf(_probe).Should().Be(Convert.ToHexStringLower(Encoding.ASCII.GetBytes("N/A\n")));
    }

    [Fact]
    public void FileThatCannotBeRead_IsAnIoError()
    {
        SysfsTree.MakeUnreadable(Path.Combine(_sys.AddHwmon(0, "1-0018"), "temp1_input"));

        Reading.Of(_probe).Should().Be(KernelFault.IoError);
    }

    [Fact]
    public void FileThatMayNotBeOpened_IsNoPermission()
    {
        Directory.CreateDirectory(Path.Combine(_sys.AddHwmon(0, "1-0018", milli: null), "temp1_input"));

        Reading.Of(_probe).Should().Be(KernelFault.NoPermission);
    }

    [Fact]
    public void NoTree_NoFile_IsMissing()
    {
        Reading.Of(_probe).Should().Be(KernelFault.Missing);

        _sys.AddHwmon(0, "1-0018", milli: null);
        Reading.Of(_probe).Should().Be(KernelFault.Missing);
    }

    [Fact]
    public void TwoChipsAtOneAddress_AreAmbiguous()
    {
        _sys.AddHwmon(0, "1-0018");
        _sys.AddHwmon(1, "1-0018");

        Reading.Of(_probe).Should().Be(KernelFault.Ambiguous);
    }

    [Fact]
    public void Channel_ThatTheDriverCallsFaulty_IsNoTemperature()
    {
        var chip = _sys.AddHwmon(0, "1-0018");
        SysfsTree.Write(chip, "temp2_input", "0\n");
        SysfsTree.Write(chip, "temp2_fault", "1\n");

        Reading.Of(new HwmonProbe(_sys.Root, "1-0018", channel: 2)).Should().Be(KernelFault.SensorFault);
    }

    public void Dispose() => _sys.Dispose();
}
