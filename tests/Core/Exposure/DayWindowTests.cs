using ColdChain.Core.Exposure;
using ColdChain.Core.Rules;
using FsCheck;
using FsCheck.Fluent;
using static ColdChain.Core.Tests.Exposure.OwnRule;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>What is allowed in any 24 hours in a row, wherever these begin.</summary>
public sealed class DayWindowTests
{
    private const int SlotsOfADay = 48;

    private static readonly ExposureBand InADay = Warm with { Window = ExposureWindow.Day, MaxCumulative = Hours(5), MaxCount = 1 };

    [Theory]
    [InlineData(3, 18, 3, 6)] // From the beginning of the one to the end of the other there are 24 hours.
    [InlineData(3, 20, 2, 4)] // An hour of the first is past when the second is over.
    [InlineData(3, 24, 2, 3)]
    [InlineData(2, 24, 3, 3)]
    [InlineData(2, 23, 3, 3)]
    [InlineData(30, 1, 1, 24)] // One alone is longer than that.
    public void Total_OfTwoStays_IsThatOfTheFullest24Hours(double first, double apart, double second, double expected) =>
        Warmed(first, apart, second).Total.Should().Be(Known(expected));

    [Theory]
    [InlineData(2, 23.75, 2)]
    [InlineData(2, 24, 1)] // As one begins, the end of the other is 24 hours ago.
    [InlineData(0.5, 30, 1)]
    public void Occasions_OfTwoStays_AreThoseOfWhich24HoursHaveAPart(double lasted, double apart, int expected) =>
        Warmed(lasted, apart, lasted).Occasions.Should().Be(new CountBounds(expected, expected));

    [Fact]
    public void Verdict_OfMoreInADayThanAllowed_FollowsFromItHoweverLittleCameLater()
    {
        var exposure = LifeUnder(With(InADay)).Stored(0, (1, 8), (1, 4), (1, 8), (100, 4), (1, 8), (1, 4)).Judge().OfBand();

        exposure.Occasions.Should().Be(new CountBounds(2, 2));
        exposure.Verdict.Should().Be(Verdict.DiscardProposed);
    }

    [Fact]
    public void Nothing_InAnyDay_IsNothing() =>
        LifeUnder(With(InADay)).Stored(0, (50, 4)).Judge().OfBand().Should().BeEquivalentTo(new { Total = Known(0), Occasions = new CountBounds(0, 0), Verdict = Verdict.Fine });

    [Fact]
    public void Total_OfAnyDays_IsTheMostThatADayOfHalfHoursHas() => ForAnyDays("KPN", (slots, exposure) =>
        exposure.Total.Should().Be(Bounds(Fullest(slots, "K") / 2.0, Fullest(slots, "KP") / 2.0), slots));

    [Fact]
    public void Occasions_OfAnyDays_AreTheMostThatADayTouches() => ForAnyDays("KNN", (slots, exposure) =>
        exposure.Occasions.Should().Be(new CountBounds(MostTouched(slots), MostTouched(slots)), slots));

    private static AllowanceExposure Warmed(double first, double apart, double second) =>
        LifeUnder(With(InADay)).Stored(0, (30, 4), (first, 8), (apart, 4), (second, 8), (30, 4)).Judge().OfBand();

    // Half hours: K is warm, P is unknown, N is cold.
    private static void ForAnyDays(string kinds, Action<string, AllowanceExposure> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(100)), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var slots = Slots(new Random(seed), kinds);
            var course = slots.Select(slot => (0.5, slot switch { 'K' => 8.0, 'N' => 4.0, _ => (double?)null })).ToArray();
            holds(slots, LifeUnder(With(InADay)).Stored(0, course).Judge().OfBand());
        }));

    private static string Slots(Random random, string kinds) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => new string(kinds[random.Next(kinds.Length)], random.Next(1, 40))));

    private static int Fullest(string slots, string which) =>
        Enumerable.Range(0, slots.Length).Max(from => slots.Skip(from).Take(SlotsOfADay).Count(which.Contains));

    // A day begins at some quarter of an hour; an occasion of which it has a part is one.
    private static int MostTouched(string slots)
    {
        var quarters = string.Concat(slots.Select(slot => new string(slot, 2)));
        return Enumerable.Range(0, quarters.Length).Max(from =>
            new string([.. quarters.Skip(from).Take(2 * SlotsOfADay)]).Split('N').Count(run => run.Length > 0));
    }
}
