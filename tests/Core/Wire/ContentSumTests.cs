using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Core.Tests.Wire;

public class ContentSumTests
{
    private static readonly Reading Sample = new()
    {
        Key = new ReadingKey(new DeviceId("pi-7"), "0123456789abcdef0123456789abcdef", 101),
        Probe = new ProbeId(new DeviceId("pi-7"), "load"),
        MeasuredAt = new Instant(1_795_348_800_000),
        Value = Celsius.FromMilli(4250),
        Boot = "b1",
        Mono = 12345,
    };

    private static readonly Reading Fault = Sample with { Value = null, Fault = "no-answer é", RawFrame = "UAU_-w", MeasuredAt = null };

    /// <summary>Devices that are not ours compute these: they never change. Computed apart from this program.</summary>
    [Fact]
    public void Hash_OfTheDocumentedReadings_IsTheDocumentedOne()
    {
        new ContentSum(1, ContentSum.HashOf(Sample)).ToHex().Should().Be("e4ce99ae7ff04604");
        new ContentSum(1, ContentSum.HashOf(Fault)).ToHex().Should().Be("af70b7bd9f9db676");
    }

    [Fact]
    public void Hash_AfterTheWire_IsTheSame() => Prop.ForAll(Some.Packs.ToArbitrary(), pack =>
    {
        PackCodec.TryDecode(pack.Device, PackCodec.Encode(pack), out var decoded, out var error).Should().BeTrue(error);
        decoded.Readings.Select(ContentSum.HashOf).Should().Equal(pack.Readings.Select(ContentSum.HashOf));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hash_OfTheTwoStates_Differs()
    {
        var door = Sample with { Value = null, State = true };

        new ContentSum(1, ContentSum.HashOf(door)).ToHex().Should().Be("cd2acf3f90ca4b73");
        new ContentSum(1, ContentSum.HashOf(door with { State = false })).ToHex().Should().Be("915d13b27c03bfd4");
    }

    public static TheoryData<string> Changes => [.. Changed.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Hash_WhenOneMemberDiffers_Differs(string member) => ContentSum.HashOf(Changed[member]).Should().NotBe(ContentSum.HashOf(Fault));

    private static IReadOnlyDictionary<string, Reading> Changed => new Dictionary<string, Reading>
    {
        ["seq"] = Fault with { Key = Fault.Key with { Seq = 102 } },
        ["probe"] = Fault with { Probe = new ProbeId(new DeviceId("pi-7"), "air") },
        ["instant"] = Fault with { MeasuredAt = new Instant(1_795_348_800_000) },
        ["value"] = Fault with { Value = Celsius.FromMilli(0) },
        ["fault"] = Fault with { Fault = "no-answer e" },
        ["frame"] = Fault with { RawFrame = "UAU_-x" },
        ["boot"] = Fault with { Boot = "b2" },
        ["mono"] = Fault with { Mono = 12346 },
        ["state on"] = Fault with { State = true },
        ["state off"] = Fault with { State = false },
        ["a value in another member"] = Fault with { Boot = null, Fault = "no-answer éb1" },
    };

    [Fact]
    public void Hash_OfALongText_DoesNotDependOnWhereItIsCut()
    {
        // 63 letters, a pair of surrogates across the border of 64, and more.
        var text = new string('x', 63) + "😀" + new string('y', 200);
        ContentSum.HashOf(Fault with { Fault = text }).Should().NotBe(ContentSum.HashOf(Fault with { Fault = text.Replace("😀", "😁", StringComparison.Ordinal) }));
        ContentSum.HashOf(Fault with { Fault = text }).Should().Be(ContentSum.HashOf(Fault with { Fault = string.Concat(text.AsSpan(0, 10), text.AsSpan(10)) }));
    }

    [Fact]
    public void Sum_OfAnyOrder_IsTheSame_AndWhatIsTakenOutIsGone() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(1, 1000)).ToArbitrary(),
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        (seqs, seed) =>
        {
            var readings = seqs.Distinct().Select(seq => Sample with { Key = Sample.Key with { Seq = seq } }).ToList();
            var shuffled = readings.OrderBy(reading => unchecked(reading.Key.Seq * seed * 2_654_435_761) % 1009).ToList();
            var sum = readings.Aggregate(new ContentSum(10, 0), (all, reading) => all.With(reading));

            shuffled.Aggregate(new ContentSum(10, 0), (all, reading) => all.With(reading)).Should().Be(sum);
            shuffled.Aggregate(sum, (all, reading) => all.Without(reading)).Should().Be(new ContentSum(10, 0));
            readings.Where(reading => reading.Key.Seq >= 10).Aggregate(new ContentSum(10, 0), (all, reading) => all.With(reading)).Should().Be(sum, "what lies before does not count");
        }).QuickCheckThrowOnFailure();

    /// <summary>Two rows that differ by as much in opposite directions must not cancel out.</summary>
    [Fact]
    public void Sum_OfContentsExchanged_Differs()
    {
        var sums = new HashSet<ulong>();
        for (var first = 0; first < 100; first++)
        {
            var sum = new ContentSum(1, 0)
                .With(Sample with { Value = Celsius.FromMilli(4000 + first) })
                .With(Sample with { Key = Sample.Key with { Seq = 102 }, Value = Celsius.FromMilli(4099 - first) });
            sums.Add(sum.Value);
        }

        sums.Should().HaveCount(100);
    }

    [Theory]
    [InlineData("0000000000000000", true)]
    [InlineData("ffffffffffffffff", true)]
    [InlineData("FFFFFFFFFFFFFFFF", false)]
    [InlineData("fff", false)]
    [InlineData("00000000000000000", false)]
    [InlineData("", false)]
    public void Hex_OfOtherForm_IsNone(string text, bool isSum) => ContentSum.TryParseHex(text, out _).Should().Be(isSum);
}
