using ColdChain.Edge.Sensors.Kernel;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Sensors.Kernel;

public sealed class IioProbeTests : IDisposable
{
    private readonly SysfsTree _sys = new();

    [Theory]
    [InlineData("max31856", "24086")]
    [InlineData("spi0.0", "24086")]
    [InlineData("max31855", KernelFault.Missing)]
    public void Device_IsFoundByNameOrAddress(string device, string expected)
    {
        _sys.AddIio(0, "1-0076", "bmp280", ("in_temp_input", "20000\n"));
        _sys.AddIio(1, "spi0.0", "max31856", ("in_temp_raw", "3083\n"), ("in_temp_scale", "7.812500\n"));

        Reading.Of(new IioProbe(_sys.Root, device)).Should().Be(expected, "3083 × 7.8125 is 24.0859 °C");
    }

    [Fact]
    public void TwoChipsOfOneName_AreAmbiguous_AndTheirAddressesAreNot()
    {
        _sys.AddIio(0, "spi0.0", "max31856", ("in_temp_input", "4000\n"));
        _sys.AddIio(1, "spi0.1", "max31856", ("in_temp_input", "5000\n"));

        Reading.Of(new IioProbe(_sys.Root, "max31856")).Should().Be(KernelFault.Ambiguous);
        Reading.Of(new IioProbe(_sys.Root, "spi0.1")).Should().Be("5000");
    }

    [Fact]
    public void Offset_IsAddedBeforeTheScale()
    {
        _sys.AddIio(
            0, "1-0040", "hdc1000", ("in_temp_raw", "17000\n"), ("in_temp_offset", "-15887.515151\n"), ("in_temp_scale", "2.517700\n"));

        Reading.Of(new IioProbe(_sys.Root, "hdc1000")).Should().Be("2801");
    }

    [Theory]
    [InlineData("in_temp_raw", KernelFault.Empty)]
    [InlineData("in_temp_offset", KernelFault.Empty)]
    [InlineData("in_temp_scale", KernelFault.Empty)]
    public void EmptyPart_IsAFault(string file, string expected)
    {
        var device = _sys.AddIio(0, "1-0040", "hdc1000", ("in_temp_raw", "1\n"), ("in_temp_offset", "1\n"), ("in_temp_scale", "1\n"));
        SysfsTree.Write(device, file, "");

        Reading.Of(new IioProbe(_sys.Root, "hdc1000")).Should().Be(expected);
    }

    [Fact]
    public void RawWithoutScale_IsNotTakenForATemperature()
    {
        _sys.AddIio(0, "1-0040", "hdc1000", ("in_temp_raw", "4000\n"));

        Reading.Of(new IioProbe(_sys.Root, "hdc1000")).Should().Be(KernelFault.Missing);
    }

    [Fact]
    public void ProcessedValueThatFails_IsNotReplacedByTheRawOne()
    {
        var device = _sys.AddIio(0, "1-0076", "bmp280", ("in_temp_input", ""), ("in_temp_raw", "1\n"), ("in_temp_scale", "4000\n"));
        Reading.Of(new IioProbe(_sys.Root, "bmp280")).Should().Be(KernelFault.Empty);

        SysfsTree.MakeUnreadable(Path.Combine(device, "in_temp_input"));
        Reading.Of(new IioProbe(_sys.Root, "bmp280")).Should().Be(KernelFault.IoError);
    }

    public void Dispose() => _sys.Dispose();
}
