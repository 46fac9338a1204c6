namespace ColdChain.Edge.LocalAlarm;

/// <summary>A lamp behind the kernel's LED class (Documentation/ABI/testing/sysfs-class-led), named by its label.</summary>
/// <param name="label">The name of its folder in <c>class/leds</c>.</param>
/// <param name="root">The folder of sysfs.</param>
internal sealed class LedLamp(string label, string root) : ILamp
{
    private readonly string _brightness = Path.Combine(root, "class", "leds", label, "brightness");

    /// <inheritdoc/>
    public void Show(bool isOn)
    {
        // The file is the driver's: it is opened as it is, and never made.
        using var file = new FileStream(_brightness, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(isOn ? "1\n"u8 : "0\n"u8);
    }
}
