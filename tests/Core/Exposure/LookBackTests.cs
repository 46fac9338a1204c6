using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Exposure;

public class LookBackTests
{
    private static readonly StorageUnitId Fridge = new("fridge-1");
    private static readonly StorageUnitId Van = new("van-1");
    private static readonly Instant Noon = new(1_795_348_800_000);

    [Fact]
    public void Of_BloodUnitThatWentOn_SaysWhenAndWhereTo() =>
        LookBack.Of(Fridge, [Stay(Van, 2, null), Stay(Fridge, -5, 1)], Noon + TimeSpan.FromHours(3))
            .Should().Be(new Departure(Noon + TimeSpan.FromHours(1), Van));

    [Fact]
    public void Of_BloodUnitThatWasIssued_SaysWhenOnly() =>
        LookBack.Of(Fridge, [Stay(Van, -9, -6), Stay(Fridge, -5, 1)], Noon + TimeSpan.FromHours(3))
            .Should().Be(new Departure(Noon + TimeSpan.FromHours(1), null));

    [Fact]
    public void Of_BloodUnitThatIsInside_IsNone()
    {
        LookBack.Of(Fridge, [Stay(Fridge, -5, null)], Noon).Should().BeNull();
        LookBack.Of(Fridge, [Stay(Fridge, -5, 1)], Noon).Should().BeNull("it leaves in an hour");
        LookBack.Of(Fridge, [Stay(Fridge, -5, -3), Stay(Fridge, -1, null)], Noon).Should().BeNull("it came back");
        LookBack.Of(Fridge, [Stay(Van, -5, -3)], Noon).Should().BeNull("it was never here");
    }

    [Fact]
    public void Of_BloodUnitAtTheVeryInstant_CountsWhatHasHappenedByThen()
    {
        LookBack.Of(Fridge, [Stay(Fridge, -5, 0)], Noon).Should().Be(new Departure(Noon, null), "it has just left");
        LookBack.Of(Fridge, [Stay(Fridge, -5, 0), Stay(Van, 0, null)], Noon).Should().Be(new Departure(Noon, Van), "it has just arrived");
        LookBack.Of(Fridge, [Stay(Fridge, -5, -3), Stay(Van, 1, null)], Noon).Should().Be(new Departure(Noon - TimeSpan.FromHours(3), null), "it is not there yet");
        LookBack.Of(Fridge, [Stay(Fridge, 0, null)], Noon).Should().BeNull("it has just come in");
        LookBack.Of(Fridge, [Stay(Fridge, -9, -8), Stay(Fridge, -5, -3)], Noon).Should().Be(new Departure(Noon - TimeSpan.FromHours(3), null), "the last time counts");
    }

    [Fact]
    public void Of_BloodUnitThatWentOnTwice_NamesTheFirstPlace()
    {
        var other = new StorageUnitId("fridge-2");

        LookBack.Of(Fridge, [Stay(other, 2, null), Stay(Van, 1, 2), Stay(Fridge, -5, 1)], Noon + TimeSpan.FromHours(3))
            .Should().Be(new Departure(Noon + TimeSpan.FromHours(1), Van));
        LookBack.Of(Fridge, [Stay(Van, 1, null), Stay(other, 1, null), Stay(Fridge, -5, 1)], Noon + TimeSpan.FromHours(3))
            .Should().Be(new Departure(Noon + TimeSpan.FromHours(1), other), "where two were entered at once, the order in which that came decides nothing");
    }

    [Fact]
    public void Of_BloodUnitThatHasJustComeBack_IsNone() => LookBack.Of(Fridge, [Stay(Fridge, -5, -3), Stay(Fridge, 0, null)], Noon).Should().BeNull();

    [Fact]
    public void Of_BloodUnitThatWentOnAtOnce_SaysWhereTo() =>
        LookBack.Of(Fridge, [Stay(new StorageUnitId("box-1"), -5, null), Stay(Fridge, -5, -5)], Noon)
            .Should().Be(new Departure(Noon - TimeSpan.FromHours(5), new StorageUnitId("box-1")));

    [Fact]
    public void Reopened_ByOtherAmounts_AlthoughTheVersionIsTheSame() =>
        DecisionReview.Reopened(new DecisionBasis(DecisionKind.Release, 3, Noon), new DecisionNews(3, false, null) { IsCountedAnew = true })
            .Should().Contain("adds up to something else");

    [Theory]
    [InlineData(DecisionKind.Release, 3, false, null, null)]
    [InlineData(DecisionKind.Release, 4, false, null, "version 4")]
    [InlineData(DecisionKind.Release, 4, true, null, null)]
    [InlineData(DecisionKind.Discard, 4, true, null, "no ground")]
    [InlineData(DecisionKind.Return, 4, true, null, "no ground")]
    [InlineData(DecisionKind.Return, 4, false, null, "version 4")]
    [InlineData(DecisionKind.Release, 3, false, 0, "counted as complete")]
    [InlineData(DecisionKind.Release, 3, false, 1, null)]
    public void Reopened_ByWhatIsNew(DecisionKind kind, int version, bool isRetracted, int? hoursAfterWatermark, string? expected)
    {
        var news = new DecisionNews(version, isRetracted, hoursAfterWatermark is { } hours ? Noon + TimeSpan.FromHours(hours) : null);

        var reason = DecisionReview.Reopened(new DecisionBasis(kind, 3, Noon), news);

        if (expected is null)
        {
            reason.Should().BeNull();
        }
        else
        {
            reason.Should().Contain(expected);
        }
    }

    private static PlacedStay Stay(StorageUnitId unit, int fromHours, int? toHours) =>
        new(unit, Noon + TimeSpan.FromHours(fromHours), toHours is { } to ? Noon + TimeSpan.FromHours(to) : null);
}
