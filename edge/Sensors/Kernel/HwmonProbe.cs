using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>A channel of a chip that hwmon drives, found by the bus address that its <c>device</c> link ends with.</summary>
internal sealed class HwmonProbe(string root, string device, int channel) : IKernelProbe
{
    public Celsius Read(Celsius? previous)
    {
        var chip = DeviceFolder.Single(Path.Combine(root, "class/hwmon"), "hwmon*", IsConfigured);
        var fault = Path.Combine(chip, $"temp{channel}_fault");
        // An open line may still read as a number.
        if (File.Exists(fault) && SysfsAttribute.ReadNumber(fault) != 0)
        {
            throw new ProbeFaultException(KernelFault.SensorFault);
        }

        return SysfsAttribute.ReadCelsius(Path.Combine(chip, $"temp{channel}_input"));
    }

    private bool IsConfigured(string chip) => DeviceFolder.LinkParts(Path.Combine(chip, "device")) is [.., var name] && name == device;
}
