using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Tests.Wire;

/// <summary>Generators of well-formed packs and control messages.</summary>
internal static class Some
{
    internal const string EpochText = "00112233445566778899aabbccddeeff";

    internal static readonly DeviceId Device = new("pi-casa-01");

    private static readonly Gen<string> Name = Gen.Elements("load", "air", "T.1", "probe_2", new string('x', 64));

    private static readonly Gen<string> Words = Gen.Elements("power-on", "no-answer", "é\"\\/\u0001", "温度", "😀", new string('y', 64));

    private static readonly Gen<Celsius> Temperature =
        from milli in Gen.OneOf(Gen.Choose(-273_150, 1_000_000_000), Gen.Choose(-30_000, 30_000))
        select Celsius.FromMilli(milli);

    private static readonly Gen<Instant> Time =
        from seconds in Gen.Choose(268_435_457, int.MaxValue)
        from milliseconds in Gen.Choose(0, 999)
        select new Instant((seconds * 1000L) + milliseconds);

    /// <summary>Packs with faults, restarts and stretches of an unset clock; foreign ones too.</summary>
    internal static Gen<Pack> Packs =>
        from foreign in Gen.Elements(false, false, true)
        from firstSeq in Gen.Elements(1L, 101L, WireLimits.IntegerMax - WireLimits.RecordsMax)
        from count in Gen.Choose(1, 40)
        from readings in Gen.ArrayOf(AnyReading(foreign), count)
        let epoch = foreign ? "" : EpochText
        select new Pack(Device, epoch, [.. readings.Select((reading, i) => reading with { Key = new(Device, epoch, foreign ? 0 : firstSeq + i) })]);

    internal static Gen<Ack> Acks =>
        from upTo in Gen.Choose(0, 1000)
        from ranges in Gen.ArrayOf(Gen.Choose(1, 100), 5)
        from refused in Gen.ArrayOf(Gen.Choose(1, int.MaxValue), 3)
        from reason in Words
        from head in Gen.Elements("", "abc")
        from contents in Gen.Elements<ContentSum?>(null, new ContentSum(1, 0), new ContentSum(WireLimits.IntegerMax, ulong.MaxValue))
        select new Ack("store-1", EpochText, upTo, ranges.Aggregate(SeqRanges.Empty, (set, n) => set.Add(upTo + n, upTo + n)),
            [.. refused.Select(seq => new RefusedReading(seq, reason))], head) { Contents = contents };

    internal static Gen<Status> Statuses =>
        from at in Gen.Elements(null, "2026-11-22T10:30:00.000Z")
        from number in Gen.Choose(0, int.MaxValue)
        from gone in Gen.ArrayOf(Gen.Choose(1, 1000), 3)
        from words in Words
        from foreign in Gen.Elements(null, "store-2")
        from previous in Gen.Elements(null, new PreviousOutbox(null, SeqRanges.Empty, true), new PreviousOutbox(EpochText, SeqRanges.Of(3, 9).Add(12, 12), false))
        from anchors in Gen.ArrayOf(Gen.Choose(0, int.MaxValue), 2)
        select new Status(EpochText, at, "boot", number, number, number, number, WireLimits.IntegerMax, "coldchain-edge 0.1.0",
            [.. gone.Select(first => new Gone(first, first + 5, words))], foreign, previous)
        {
            Anchors = [.. anchors.Select(mono => new ClockAnchor("boot-1", mono, new Instant(1_795_348_800_000L + mono), mono % 86_400_000))],
        };

    internal static Pack Pack(params Reading[] readings) =>
        new(Device, EpochText, [.. readings.Select((reading, i) => reading with { Key = new(Device, EpochText, 101 + i) })]);

    internal static Reading Sample(string probe, long milliseconds, int milli) => new()
    {
        Key = default,
        Probe = new ProbeId(Device, probe),
        MeasuredAt = new Instant(milliseconds),
        Value = Celsius.FromMilli(milli),
    };

    private static Gen<Reading> AnyReading(bool foreign) =>
        from name in Name
        from temperature in Temperature
        from time in Time
        from kind in Gen.Elements("value", "value", "state", "fault")
        from isOn in Gen.Elements(true, false)
        from reason in Words
        from frame in Gen.Elements(null, "UAU_-w", "")
        from unset in Gen.Elements(false, false, !foreign)
        from boot in Gen.Elements("boot-1", "boot-2", null)
        from mono in Gen.Elements<long?>(null, 0, 12345, WireLimits.IntegerMax)
        select new Reading
        {
            Key = default,
            Probe = new ProbeId(Device, name),
            MeasuredAt = unset ? null : time,
            Value = kind == "value" ? temperature : null,
            State = kind == "state" ? isOn : null,
            Fault = kind == "fault" ? reason : null,
            RawFrame = kind == "fault" ? frame : null,
            Boot = unset ? boot ?? "boot-3" : boot,
            Mono = unset ? mono ?? 1 : mono,
        };
}
