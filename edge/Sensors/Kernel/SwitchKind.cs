using ColdChain.Core.Readings;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>
/// <c>kind: switch</c>: <c>file</c>, <c>invert</c> when its 0 means open, present or running, <c>intervalSeconds</c> and
/// <c>timeoutSeconds</c>.
/// </summary>
internal sealed class SwitchKind : ISensorKind
{
    public SourceFactory? Configure(ConfigSection section, ProbeId probe)
    {
        var file = section.FullPath("file", "write 'file:' and the file that holds 0 or 1, such as /sys/class/power_supply/mains/online");
        var isInverted = section.Flag("invert", fallback: false);
        var interval = TimeSpan.FromSeconds(section.Whole("intervalSeconds", fallback: 60, min: 1, max: 3600));
        var limit = TimeSpan.FromSeconds(section.Whole("timeoutSeconds", fallback: 20, min: 1, max: 120));
        return file.Length == 0 ? null : clock => new SwitchSource(probe, file, isInverted, new Sampling(interval, limit), clock);
    }
}
