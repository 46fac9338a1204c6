using ColdChain.Core.Readings;
using ColdChain.Scenarios.Tests.Notation;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>What a device knows of the time at an instant.</summary>
/// <param name="Shown">The instant by its clock; null when that is not believed.</param>
/// <param name="Boot">The name of its boot.</param>
/// <param name="Mono">Milliseconds since that boot.</param>
internal readonly record struct DeviceTime(Instant? Shown, string Boot, long Mono);

/// <summary>The clock of one device: believed from the start, until the device starts anew or the clock jumps; and again from when it is set.</summary>
internal sealed class DeviceClock(Scenario scenario, DeviceId device)
{
    private const long ErrorMs = 100;

    private readonly List<ClockStep> _steps = [.. scenario.Steps.OfType<ClockStep>().Where(step => step.Device == device)];

    public DeviceTime At(Instant at)
    {
        var until = _steps.TakeWhile(step => step.At <= at).ToList();
        var boots = until.OfType<BootStep>().ToList();
        var started = boots.Count > 0 ? boots[^1].At : scenario.Start;
        return new DeviceTime(Shown(until.LastOrDefault(), at), $"boot-{boots.Count + 1}", Milliseconds(at - started));
    }

    /// <summary>What the device declares of its clocks at an instant.</summary>
    public IReadOnlyList<ClockAnchor> Anchors(Instant at) =>
    [
        .. from step in _steps.OfType<SetStep>()
           where step.At <= at
           let time = At(step.At)
           select new ClockAnchor(time.Boot, time.Mono, step.Shown, ErrorMs),
    ];

    private static Instant? Shown(ClockStep? last, Instant at) => last switch
    {
        null => at,
        SetStep set => set.Shown + (at - set.At),
        _ => null,
    };

    private static long Milliseconds(TimeSpan length) => length.Ticks / TimeSpan.TicksPerMillisecond;
}
