using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Scenarios.Tests.Notation;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>What the devices send: numbered in the order of measuring, whenever it arrives.</summary>
internal sealed class SentPacks
{
    public const string Epoch = "0123456789abcdef0123456789abcdef";
    private const int PackMax = 500;

    private readonly List<SentReading> _all;
    private readonly List<SentReading> _waiting;
    private readonly List<Pack> _sent = [];

    public SentPacks(Scenario scenario)
    {
        _all =
        [
            .. from course in scenario.Courses
               group course by course.Probe.Device into device
               from sent in Numbered(scenario, new DeviceClock(scenario, device.Key), device)
               select sent,
        ];
        _waiting = [.. _all];
    }

    /// <summary>When the last of it arrives.</summary>
    public Instant Last => _all.Count == 0 ? Instant.Beginning : _all.Max(sent => sent.Arrives);

    public IReadOnlyList<Pack> Sent => _sent;

    /// <summary>Packs of what has arrived by an instant and was not taken before.</summary>
    public List<Pack> TakeUntil(Instant at)
    {
        var packs = _waiting.Where(sent => sent.Arrives <= at).Select(sent => sent.Reading).GroupBy(reading => reading.Key.Device).SelectMany(PacksOf).ToList();
        _waiting.RemoveAll(sent => sent.Arrives <= at);
        _sent.AddRange(packs);
        return packs;
    }

    /// <summary>What a device says of its numbers at an instant: the newest one, the oldest that is still to arrive, and how many are.</summary>
    public (long Last, long Oldest, long Unacked) NumbersAt(DeviceId device, Instant at)
    {
        var measured = _all.Where(sent => sent.Reading.Key.Device == device && sent.At <= at).ToList();
        var unacked = measured.Where(sent => sent.Arrives > at).Select(sent => sent.Reading.Key.Seq).ToList();
        return (measured.Count, unacked.FirstOrDefault(), unacked.Count);
    }

    private static IEnumerable<SentReading> Numbered(Scenario scenario, DeviceClock clock, IGrouping<DeviceId, Course> device) => device
        .SelectMany(course => course.Samples().Select(sample => (Course: course, Sample: sample)))
        .OrderBy(measured => measured.Sample.At)
        .Select((measured, i) =>
        {
            var (at, time) = (measured.Sample.At, clock.At(measured.Sample.At));
            var outage = scenario.Outages.FirstOrDefault(outage => outage.Covers(device.Key, at));
            return new SentReading(at, measured.Course.Arrives ?? outage?.To ?? at, new Reading
            {
                Key = new ReadingKey(device.Key, Epoch, i + 1),
                Probe = measured.Course.Probe,
                MeasuredAt = time.Shown,
                Value = measured.Sample.Milli is { } milli ? Celsius.FromMilli(milli) : null,
                Fault = measured.Sample.Fault,
                State = measured.Sample.State,
                Boot = time.Boot,
                Mono = time.Mono,
            });
        });

    // A pack is of consecutive numbers.
    private static IEnumerable<Pack> PacksOf(IGrouping<DeviceId, Reading> device)
    {
        var readings = new List<Reading>();
        foreach (var reading in device.OrderBy(reading => reading.Key.Seq))
        {
            if (readings.Count == PackMax || (readings.Count > 0 && readings[^1].Key.Seq + 1 != reading.Key.Seq))
            {
                yield return new Pack(device.Key, Epoch, readings);
                readings = [];
            }

            readings.Add(reading);
        }

        yield return new Pack(device.Key, Epoch, readings);
    }
}

/// <summary>A reading on its way.</summary>
/// <param name="At">When it was measured.</param>
/// <param name="Arrives">When it reaches the server.</param>
/// <param name="Reading">As the device sends it.</param>
internal readonly record struct SentReading(Instant At, Instant Arrives, Reading Reading);
