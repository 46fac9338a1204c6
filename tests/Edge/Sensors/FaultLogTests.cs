using System.Reflection;
using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Kernel;
using ColdChain.Edge.Tests.Support;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Sensors;

public sealed class FaultLogTests
{
    private static readonly ProbeId Probe = new(new DeviceId("pi-7"), "load");

    private readonly ListLogger _logger = new();

    public static TheoryData<string> Faults =>
        [.. typeof(KernelFault).GetFields(BindingFlags.Public | BindingFlags.Static).Where(constant => constant.IsLiteral).Select(constant => (string)constant.GetRawConstantValue()!)];

    [Fact]
    public void Faults_AreToldWhenTheyBegin_Change_AndEnd()
    {
        var log = new FaultLog(_logger);

        foreach (var fault in new[] { null, KernelFault.Empty, KernelFault.Empty, KernelFault.PowerOn, null, null, "odd\nfault" })
        {
            log.Note(fault is null ? ProbeSample.Good(Probe, null, Celsius.FromMilli(4000)) : ProbeSample.Faulty(Probe, null, fault));
        }

        _logger.Lines.Should().Equal(
            "Warning: Probe pi-7/load gives no reading: empty, it is there and does not answer; look at its wire, the pull-up resistor and the length of the cable.",
            "Warning: Probe pi-7/load gives no reading: power-on, 85 °C that was not measured: it lost its supply; look at its supply, and connect three wires instead of two.",
            "Information: Probe pi-7/load gives readings again.",
            "Warning: Probe pi-7/load gives no reading: odd\uFFFDfault; look at the probe and its source.");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_OfTheKernel_HasAdvice_HereAndInTheReadme(string fault)
    {
        KernelFault.Advice.Should().ContainKey(fault);
        File.ReadAllText(Path.Combine(Repository.Root, "firmware-config", "README.md")).Should().Contain($"`{fault}`");
    }
}
