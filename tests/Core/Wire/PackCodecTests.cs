using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Tests.Wire;

public class PackCodecTests
{
    [Fact]
    public void Encode_AnyPack_DecodesToAnEqualPack() => Prop.ForAll(Some.Packs.ToArbitrary(), pack =>
    {
        var json = PackCodec.Encode(pack);
        PackCodec.TryDecode(pack.Device, json, out var decoded, out var error).Should().BeTrue(error);
        decoded.Should().Be(pack);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_PackWithFaultAndLaterBoot_WritesTheDocumentedForm()
    {
        var start = 1_651_460_640_000;
        var pack = Some.Pack(
            Some.Sample("load", start, 4250) with { Boot = "b1", Mono = 12345 },
            Some.Sample("air", start + 500, -5100) with { Boot = "b1" },
            Some.Sample("load", start + 60_000, 0) with { Boot = "b1", Value = null, Fault = "no-answer", RawFrame = "UAU_-w" },
            Some.Sample("load", start, 4300) with { Boot = "b2", MeasuredAt = null, Mono = 7 });

        Encoding.UTF8.GetString(PackCodec.Encode(pack)).Should().Be(
            """[{"bn":"pi-casa-01/","bu":"Cel","epoch":"00112233445566778899aabbccddeeff","seq":101,"bt":1651460640,"boot":"b1","n":"load","v":4.25,"mono":12345},"""
            + """{"n":"air","t":0.5,"v":-5.1},"""
            + """{"n":"load","t":60,"vs":"no-answer","vd":"UAU_-w"},"""
            + """{"bt":268435456,"boot":"b2","n":"load","clock_":"unset","v":4.3,"mono":7}]""");
    }

    [Fact]
    public void Encode_PackWithStates_WritesTheDocumentedForm()
    {
        var start = 1_795_348_800_000;
        var door = Some.Sample("door", start, 0) with { Value = null, State = true };
        var pack = Some.Pack(door, door with { MeasuredAt = new Instant(start + 41_500), State = false });

        Encoding.UTF8.GetString(PackCodec.Encode(pack)).Should().Be(
            """[{"bn":"pi-casa-01/","bu":"Cel","epoch":"00112233445566778899aabbccddeeff","seq":101,"bt":1795348800,"n":"door","vb":true},"""
            + """{"n":"door","t":41.5,"vb":false}]""");
    }

    [Fact]
    public void Encode_ReadingWithValueAndState_Throws()
    {
        var encode = () => PackCodec.Encode(Some.Pack(Some.Sample("door", 1_795_348_800_000, 0) with { State = true }));

        encode.Should().Throw<ArgumentException>().WithMessage("*exactly one of value, state and fault*");
    }

    [Fact]
    public void TryDecode_StateBehindABaseValue_IsThatState()
    {
        var json = """[{"bn":"gw1/","bt":1795348800,"bv":4,"n":"load","v":0.5},{"n":"door","vb":false}]"""u8;

        PackCodec.TryDecode(new DeviceId("gw1"), json, out var pack, out var error).Should().BeTrue(error);
        pack.Readings.Select(reading => (reading.Value?.Milli, reading.State)).Should().Equal((4500, null), (null, false));
    }

    [Fact]
    public void Encode_LargestReadings_TheStatedNumberAlwaysFits()
    {
        var largest = Some.Sample(new string('n', 64), 253_402_300_799_999, 0) with
        {
            Value = null,
            Fault = new string('\u0001', WireLimits.NameLengthMax),
            RawFrame = new string('A', WireLimits.FrameLengthMax),
            Mono = WireLimits.IntegerMax,
        };
        var readings = Enumerable.Range(0, WireLimits.RecordsThatAlwaysFit)
            .Select(i => largest with { Boot = (char)(i % 2) + new string('\u0002', WireLimits.NameLengthMax - 1) });

        var encode = () => PackCodec.Encode(Some.Pack([.. readings]));

        encode.Should().NotThrow();
    }

    [Fact]
    public void Encode_PackThatNoReaderWouldAccept_Throws()
    {
        var sample = Some.Sample("load", 1_651_460_640_000, 4250);
        Pack[] unreadable =
        [
            Some.Pack(),
            Some.Pack(sample with { MeasuredAt = new Instant(5_000) }),
            Some.Pack(sample with { MeasuredAt = null }),
            Some.Pack(sample with { Fault = "no-answer" }),
            Some.Pack(sample with { Value = null }),
            Some.Pack(sample with { RawFrame = "UAU" }),
            Some.Pack(sample with { Probe = new ProbeId(new DeviceId("other"), "load") }),
            Some.Pack(sample) with { Epoch = "other" },
            new Pack(Some.Device, Some.EpochText, [.. Some.Pack(sample, sample).Readings.Reverse()]),
        ];

        foreach (var pack in unreadable)
        {
            var encode = () => PackCodec.Encode(pack);
            encode.Should().Throw<ArgumentException>();
        }
    }

    [Fact]
    public void TryDecode_PackCutAnywhere_IsRefusedWithAnError()
    {
        var json = PackCodec.Encode(Some.Packs.Sample(1, 40).First());
        for (var length = 0; length < json.Length; length++)
        {
            PackCodec.TryDecode(Some.Device, json.AsSpan(0, length), out _, out var error).Should().BeFalse();
            error.Should().NotBeEmpty();
        }
    }

    [Fact]
    public void TryDecode_AnyByteChanged_NeverThrows() =>
        Prop.ForAll(Some.Packs.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (pack, position, value) =>
        {
            var json = PackCodec.Encode(pack);
            json[position % json.Length] = (byte)value;
            var accepted = PackCodec.TryDecode(pack.Device, json, out var decoded, out var error);
            error.Should().Match(text => accepted == (text.Length == 0));
            (decoded is not null).Should().Be(accepted);
        }).QuickCheckThrowOnFailure();
}
