using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Tests.Wire;

/// <summary>Packs as other writers of SenML send them: the resolution rules of RFC 8428 §4 and §5, by hand.</summary>
public class ForeignPackTests
{
    private static readonly DeviceId Device = new("gw1");

    [Fact]
    public void TryDecode_SinglePoint_NameWithoutBase() =>
        Decode("""[{"n":"gw1/load","u":"Cel","t":1276020076,"v":23.1}]""").Should().Equal(("load", 1_276_020_076_000, 23_100));

    [Fact]
    public void TryDecode_WholeNameInBase_NoNameNeeded() =>
        Decode("""[{"bn":"gw1/load","bt":1276020076,"v":1},{"t":1,"v":2}]""").Should().Equal(
            ("load", 1_276_020_076_000, 1000), ("load", 1_276_020_077_000, 2000));

    [Fact]
    public void TryDecode_ScientificTimesAsInTheStandard_AreExact() =>
        Decode("""[{"bn":"gw1/","bt":1.276020076001e+09,"bu":"Cel","n":"load","v":20E-1},{"n":"air","t":-5,"v":1.2}]""").Should().Equal(
            ("load", 1_276_020_076_001, 2000), ("air", 1_276_020_071_001, 1200));

    [Fact]
    public void TryDecode_BasesStatedAgain_HoldFromThereOn() =>
        Decode("""[{"bn":"gw1/a","bt":1276020000,"n":"1","v":1},{"bn":"gw1/b","bt":1276030000,"n":"1","v":2},{"n":"2","t":5,"v":3}]""").Should().Equal(
            ("a1", 1_276_020_000_000, 1000), ("b1", 1_276_030_000_000, 2000), ("b2", 1_276_030_005_000, 3000));

    [Fact]
    public void TryDecode_BaseValue_IsAdded() =>
        Decode("""[{"bn":"gw1/","bt":1276020000,"bv":-20,"n":"a","v":0.5},{"n":"b","v":-1}]""").Should().Equal(
            ("a", 1_276_020_000_000, -19_500), ("b", 1_276_020_000_000, -21_000));

    [Fact]
    public void TryDecode_UnitOfRecord_GoesBeforeBaseUnit() =>
        Decode("""[{"bn":"gw1/","bt":1276020000,"bu":"%RH","n":"a","u":"Cel","v":4}]""").Should().Equal(("a", 1_276_020_000_000, 4000));

    [Fact]
    public void TryDecode_MembersInAnyOrderAndUnknownOnes_AreUnderstood() =>
        Decode("""[{"v":4,"x":{"y":[1,{"z":null}]},"n":"a","ut":0,"bver":10,"bt":1276020000,"s":9,"bn":"gw1\/"}]""").Should().Equal(
            ("a", 1_276_020_000_000, 4000));

    [Fact]
    public void TryDecode_EscapedLabelsAndNames_AreTheSameTexts() =>
        Decode("""[{"\u0062n":"gw1\u002f","bt":1276020000,"\u006e":"\u0061","v":4}]""").Should().Equal(("a", 1_276_020_000_000, 4000));

    [Fact]
    public void TryDecode_MoreThanThreeDecimals_RoundHalfAwayFromZero() =>
        Decode("""[{"bn":"gw1/","bt":1276020000.0005,"n":"a","v":4.0005},{"n":"a","v":-4.0005},{"n":"a","v":4.00049999999999999999999999999999}]""")
            .Select(reading => reading.Milli).Should().Equal(4001, -4001, 4000);

    [Fact]
    public void TryDecode_ManyProbes_EachKeepsItsName()
    {
        var records = Enumerable.Range(0, 40).Concat(Enumerable.Range(0, 40)).Select(i => $$"""{"n":"gw1/p{{i}}","t":1276020000,"v":{{i}}}""");
        Decode($"[{string.Join(',', records)}]").Should().OnlyContain(reading => reading.Probe == $"p{reading.Milli / 1000}");
    }

    [Fact]
    public void TryDecode_WithoutEpochAndSeq_IsForeign()
    {
        var json = """[{"n":"gw1/load","t":1276020076,"v":23.1,"q_":"good"},{"n":"gw1/load","t":1276020077,"vs":"open"}]"""u8;
        PackCodec.TryDecode(Device, json, out var pack, out var error).Should().BeTrue(error);
        pack.IsForeign.Should().BeTrue();
        pack.Readings.Should().OnlyContain(reading => reading.Key == new ReadingKey(Device, "", 0));
        pack.Readings[1].Fault.Should().Be("open");
    }

    private static IEnumerable<(string Probe, long Milliseconds, int Milli)> Decode(string json)
    {
        PackCodec.TryDecode(Device, Encoding.UTF8.GetBytes(json), out var pack, out var error).Should().BeTrue(error);
        return pack.Readings.Select(reading => (reading.Probe.Name, reading.MeasuredAt!.Value.Milliseconds, reading.Value!.Value.Milli));
    }
}
