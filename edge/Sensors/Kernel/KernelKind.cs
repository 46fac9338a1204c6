using System.Text.RegularExpressions;
using ColdChain.Core.Readings;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>
/// What the kinds that the kernel drives have in common: <c>device</c>, <c>intervalSeconds</c>, <c>timeoutSeconds</c>, and <c>root</c>,
/// where sysfs is mounted.
/// </summary>
internal abstract class KernelKind(BusTable buses) : ISensorKind
{
    public SourceFactory? Configure(ConfigSection section, ProbeId probe)
    {
        var device = section.Text("device", $"write 'device:' and {DeviceRule}");
        var root = section.OptionalPath("root") ?? "/sys";
        var interval = TimeSpan.FromSeconds(section.Whole("intervalSeconds", fallback: 60, min: 1, max: 3600));
        var limit = TimeSpan.FromSeconds(section.Whole("timeoutSeconds", fallback: 20, min: 1, max: 120));
        var sensor = Sensor(section, root, device);
        if (device.Length == 0)
        {
            return null;
        }

        if (!IsDevice(device))
        {
            section.Error("device", $"'{device}' is not a device of this kind", $"write {DeviceRule}");
            return null;
        }

        var bus = buses.Of(device);
        return clock => new KernelSource(probe, sensor, bus, new Sampling(interval, limit), clock);
    }

    /// <summary>How a device is named, as the end of a sentence that begins with "write".</summary>
    protected abstract string DeviceRule { get; }

    protected abstract bool IsDevice(string device);

    /// <summary>Reads the kind's own keys.</summary>
    protected abstract IKernelProbe Sensor(ConfigSection section, string root, string device);
}

/// <summary><c>kind: hwmon</c>: a chip on I²C or SPI; <c>channel</c> when it has more than one.</summary>
internal sealed class HwmonKind(BusTable buses) : KernelKind(buses)
{
    // The number of a hwmon folder is another chip's tomorrow. And without the checks of its own kind, a DS18B20 that lost its supply would
    // be a fridge at 85 °C.
    private static readonly string[] Refused = ["hwmon", "28-"];

    protected override string DeviceRule =>
        "the address that the link /sys/class/hwmon/hwmon*/device ends with, such as 1-0018; a 28-… has 'kind: w1'";

    protected override bool IsDevice(string device) =>
        !device.Contains('/') && !Refused.Any(start => device.StartsWith(start, StringComparison.Ordinal));

    protected override IKernelProbe Sensor(ConfigSection section, string root, string device) =>
        new HwmonProbe(root, device, section.Whole("channel", fallback: 1, min: 1, max: 64));
}

/// <summary><c>kind: w1</c>: a DS18B20 on 1-Wire.</summary>
internal sealed partial class W1Kind(BusTable buses) : KernelKind(buses)
{
    protected override string DeviceRule => "the sensor's serial number as in /sys/bus/w1/devices, such as 28-0316a2790bff";

    protected override bool IsDevice(string device) => Serial().IsMatch(device);

    protected override IKernelProbe Sensor(ConfigSection section, string root, string device) => new W1Probe(root, device);

    [GeneratedRegex(@"^28-[0-9a-f]{12}\z")]
    private static partial Regex Serial();
}

/// <summary><c>kind: iio</c>: a chip of the industrial I/O subsystem, such as a thermocouple converter.</summary>
internal sealed class IioKind(BusTable buses) : KernelKind(buses)
{
    protected override string DeviceRule =>
        "the chip's name as in /sys/bus/iio/devices/*/name, such as max31856, or its address, such as spi0.0";

    protected override bool IsDevice(string device) => !device.Contains('/') && !device.StartsWith("iio:", StringComparison.Ordinal);

    protected override IKernelProbe Sensor(ConfigSection section, string root, string device) => new IioProbe(root, device);
}
