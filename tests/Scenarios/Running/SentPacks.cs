using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Scenarios.Tests.Notation;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>What the devices send: numbered in the order of measuring, whenever it arrives.</summary>
internal sealed class SentPacks
{
    private const string Epoch = "0123456789abcdef0123456789abcdef";
    private const int PackMax = 500;

    private readonly List<(Instant Arrives, Reading Reading)> _waiting;
    private readonly List<Pack> _sent = [];

    public SentPacks(Scenario scenario)
    {
        _waiting =
        [
            .. scenario.Courses.SelectMany(Readings)
                .GroupBy(item => item.Reading.Probe.Device)
                .SelectMany(device => device.OrderBy(item => item.Reading.MeasuredAt).Select((item, i) =>
                    item with { Reading = item.Reading with { Key = new ReadingKey(device.Key, Epoch, i + 1) } })),
        ];
    }

    /// <summary>When the last of it arrives.</summary>
    public Instant Last => _waiting.Count == 0 ? Instant.Beginning : _waiting.Max(item => item.Arrives);

    /// <summary>Packs of what has arrived by an instant and was not taken before.</summary>
    public List<Pack> TakeUntil(Instant at)
    {
        var packs = _waiting.Where(item => item.Arrives <= at).Select(item => item.Reading).GroupBy(reading => reading.Key.Device).SelectMany(PacksOf).ToList();
        _waiting.RemoveAll(item => item.Arrives <= at);
        _sent.AddRange(packs);
        return packs;
    }

    public IReadOnlyList<Pack> Sent => _sent;

    private static IEnumerable<(Instant Arrives, Reading Reading)> Readings(Course course) =>
        from sample in course.Samples()
        select (course.Arrives ?? sample.At, new Reading
        {
            Key = new ReadingKey(course.Probe.Device, Epoch, 0),
            Probe = course.Probe,
            MeasuredAt = sample.At,
            Value = sample.Milli is { } milli ? Celsius.FromMilli(milli) : null,
            Fault = sample.Fault,
            State = sample.State,
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
