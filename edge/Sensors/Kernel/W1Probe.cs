using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>
/// A DS18B20 on 1-Wire. Some of its failures look like temperatures: 85 °C after a loss of supply, 0 °C when the line is held low (zeros
/// have the checksum zero), −0.0625 °C when it is held high. Such a value counts only with a scratchpad that bears it out.
/// </summary>
internal sealed class W1Probe(string root, string serial) : IKernelProbe
{
    private const int PowerOnMilli = 85_000;
    private const int AllOnesMilli = -62; // −0.0625 °C, as the driver cuts it.
    private const int JumpMilli = 5_000; // No load warms so far between two samples.
    private const int SameMilli = 1_000; // The scratchpad is of the next conversion.

    private readonly string _folder = Path.Combine(root, "bus/w1/devices", serial);
    private bool _measuredHot;

    public Celsius Read(Celsius? previous)
    {
        var hotBefore = _measuredHot;
        _measuredHot = false;
        var value = Measure();
        if (value.Milli is not (PowerOnMilli or 0 or AllOnesMilli))
        {
            return InRange(value);
        }

        var scratchpad = ReadScratchpad();
        var confirmed = scratchpad is not null && Confirms(scratchpad, value);
        if (value.Milli != PowerOnMilli)
        {
            return confirmed ? value : throw new ProbeFaultException(Denial(scratchpad), scratchpad?.Bytes);
        }

        // A hot decontamination climbs to 85 °C, or is measured there again and again; a jump that is gone at the next sample was none.
        _measuredHot = confirmed;
        var climbed = previous is { } before && Math.Abs(value.Milli - before.Milli) <= JumpMilli;
        return (climbed && (confirmed || scratchpad is null)) || (hotBefore && confirmed)
            ? value
            : throw new ProbeFaultException(KernelFault.PowerOn, scratchpad?.Bytes);
    }

    private Celsius Measure()
    {
        try
        {
            return SysfsAttribute.ReadCelsius(ValueFile());
        }
        catch (ProbeFaultException e) when (e.Fault is KernelFault.Empty or KernelFault.IoError)
        {
            var scratchpad = ReadScratchpad();
            throw new ProbeFaultException(scratchpad is { IsAllOnes: true } ? KernelFault.AllOnes : e.Fault, scratchpad?.Bytes);
        }
    }

    // The hwmon file says EIO where the older one is merely empty.
    private string ValueFile() =>
        DeviceFolder.All(Path.Combine(_folder, "hwmon"), "hwmon*") is [var chip]
            ? Path.Combine(chip, "temp1_input")
            : Path.Combine(_folder, "temperature");

    private Scratchpad? ReadScratchpad()
    {
        try
        {
            return Scratchpad.Parse(SysfsAttribute.ReadBytes(Path.Combine(_folder, "w1_slave")));
        }
        catch (ProbeFaultException)
        {
            return null; // The read is judged without it, which is the stricter way.
        }
    }

    private static bool Confirms(Scratchpad scratchpad, Celsius value) =>
        scratchpad is { ChecksumIsRight: true, IsAllZero: false, IsAllOnes: false, IsPowerOn: false }
        && Math.Abs(scratchpad.Milli - value.Milli) <= SameMilli;

    private static string Denial(Scratchpad? scratchpad) => scratchpad switch
    {
        { IsAllZero: true } => KernelFault.AllZero,
        { IsAllOnes: true } => KernelFault.AllOnes,
        _ => KernelFault.Unconfirmed,
    };

    // The sensor's own range. 127.94 °C (0x07FF), for one, is what a starved supply makes, with a right checksum.
    private Celsius InRange(Celsius value) => value.Milli is >= -55_000 and <= 125_000
        ? value
        : throw new ProbeFaultException(KernelFault.OutOfRange, ReadScratchpad()?.Bytes);
}
