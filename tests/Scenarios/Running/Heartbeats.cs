using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Scenarios.Tests.Notation;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>What every device that can be heard says of itself.</summary>
internal sealed class Heartbeats(Scenario scenario, SentPacks packs)
{
    private const long FreeBytes = 5_000_000_000;

    private readonly Dictionary<DeviceId, DeviceClock> _clocks = scenario.Devices.ToDictionary(device => device, device => new DeviceClock(scenario, device));

    public IEnumerable<(DeviceId Device, Status Status)> At(Instant at) =>
        from device in scenario.Devices
        where !scenario.Outages.Any(outage => outage.Covers(device, at))
        select (device, Of(device, at));

    private Status Of(DeviceId device, Instant at)
    {
        var time = _clocks[device].At(at);
        var (last, oldest, unacked) = packs.NumbersAt(device, at);
        return new Status(SentPacks.Epoch, time.Shown?.ToString(), time.Boot, time.Mono, last, oldest, unacked, FreeBytes, "edge", [], null) { Anchors = _clocks[device].Anchors(at) };
    }
}
