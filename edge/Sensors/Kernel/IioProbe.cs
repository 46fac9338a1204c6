using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>
/// A temperature of the industrial I/O subsystem. The device is found by its <c>name</c> (the chip), or by the bus address that the folder
/// lies beneath when there is more than one such chip.
/// </summary>
internal sealed class IioProbe(string root, string device) : IKernelProbe
{
    public Celsius Read(Celsius? previous)
    {
        var folder = DeviceFolder.Single(Path.Combine(root, "bus/iio/devices"), "iio:device*", IsConfigured);
        var processed = Path.Combine(folder, "in_temp_input");
        if (File.Exists(processed))
        {
            return SysfsAttribute.ReadCelsius(processed);
        }

        var raw = SysfsAttribute.ReadNumber(Path.Combine(folder, "in_temp_raw"));
        var offset = Path.Combine(folder, "in_temp_offset");
        var shifted = raw + (File.Exists(offset) ? SysfsAttribute.ReadNumber(offset) : 0); // The interface defines: no file, no offset.
        return SysfsAttribute.FromMilli(shifted * SysfsAttribute.ReadNumber(Path.Combine(folder, "in_temp_scale")));
    }

    private bool IsConfigured(string folder) =>
        (DeviceFolder.LinkParts(folder) is [.., var address, _] && address == device) || Name(folder) == device;

    // A device that is just going away has no name, and is not the one.
    private static string? Name(string folder)
    {
        var name = Path.Combine(folder, "name");
        return File.Exists(name) ? SysfsAttribute.ReadText(name) : null;
    }
}
