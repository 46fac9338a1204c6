using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Tests.Wire;

/// <summary>
/// What the messages in <c>Versions/0.1.0</c> mean, by the name of their file. A device may send such a message years after: the files are
/// never edited. A version that adds a member gets a folder of its own beside them.
/// </summary>
internal static class MessagesOfVersion010
{
    private const string Epoch = "0123456789abcdef0123456789abcdef";
    private const string Store = "c1932f44f1d3010229d4be1dd93c22c2";

    private static readonly DeviceId Device = new("pi-7");
    private static readonly Instant Noon = new(1_795_348_800_000); // 2026-11-22T12:00:00Z

    public static readonly IReadOnlyDictionary<string, Pack> Packs = new Dictionary<string, Pack>
    {
        ["pack"] = Own(
            101,
            Sample("load", 0, 4250) with { Boot = "b1", Mono = 12345 },
            Sample("air", 0, -5100) with { Boot = "b1", Mono = 12346 },
            Sample("load", 60_000, 4300) with { Boot = "b1", Mono = 72345 },
            Sample("air", 60_125, 4000) with { Boot = "b1", Mono = 72470 }),
        ["pack-with-faults"] = Own(
            9_007_199_254_739_988,
            Fault("load", 1, "no-answer"),
            Fault("load", 60_001, "power-on") with { RawFrame = "UAU_-w" },
            Sample("load", -1_499, 85_000)),
        ["pack-with-unset-clock"] = Own(
            1,
            Sample("load", 0, 4250) with { MeasuredAt = null, Boot = "b1", Mono = 1000 },
            Fault("load", 0, "timeout") with { MeasuredAt = null, Boot = "b1", Mono = 2000 },
            Sample("load", 0, 4500) with { Boot = "b1", Mono = 3000 },
            Sample("load", 60_000, 4500) with { Boot = "b2", Mono = 10 }),
        ["pack-foreign"] = Foreign(Sample("load", 0, 4200), Fault("load", 600_000, "open")),
    };

    public static readonly IReadOnlyDictionary<string, Ack> Acks = new Dictionary<string, Ack>
    {
        ["ack"] = new(Store, Epoch, 104, SeqRanges.Of(107, 120).Add(130, 130), [new RefusedReading(105, "the instant is in the future")], ""),
        ["ack-of-nothing"] = new(Store, Epoch, 0, SeqRanges.Empty, [], ""),
    };

    public static readonly IReadOnlyDictionary<string, Status> Statuses = new Dictionary<string, Status>
    {
        ["status"] = new(
            Epoch, "2026-11-22T12:00:00.000Z", "b1", 12345, 120, 105, 16, 7_340_032_000, "coldchain-edge 0.1.0",
            [new Gone(5, 9, "no longer in the outbox")], "d5b7aa5ebc0d4bd6a1f2e1a1aa0b1c2d"),
        ["status-with-unset-clock"] = new(Epoch, null, "b1", 12345, 0, 0, 0, 0, "coldchain-edge 0.1.0", [], null),
    };

    private static Pack Own(long firstSeq, params Reading[] readings) =>
        new(Device, Epoch, [.. readings.Select((reading, place) => reading with { Key = new ReadingKey(Device, Epoch, firstSeq + place) })]);

    private static Pack Foreign(params Reading[] readings)
    {
        var gateway = new DeviceId("gateway-1");
        return new(gateway, "", [.. readings.Select(reading => reading with { Key = new ReadingKey(gateway, "", 0), Probe = new ProbeId(gateway, reading.Probe.Name) })]);
    }

    private static Reading Sample(string probe, int afterNoon, int milli) => At(probe, afterNoon) with { Value = Celsius.FromMilli(milli) };

    private static Reading Fault(string probe, int afterNoon, string reason) => At(probe, afterNoon) with { Fault = reason };

    private static Reading At(string probe, int afterNoon) => new()
    {
        Key = default, // Given by the pack.
        Probe = new ProbeId(Device, probe),
        MeasuredAt = Noon + TimeSpan.FromMilliseconds(afterNoon),
    };
}
