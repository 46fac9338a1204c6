using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>Who was inside: an interval has its first moment and not its last.</summary>
public sealed class HoldPlannerTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void Touched_AtTheEndsOfAStretch_AreThoseWithAMomentOfIt()
    {
        var stretch = Stretch(from: 10, to: 20);

        Touches(stretch, Minute(0), Minute(10)).Should().BeFalse("it left as it began");
        Touches(stretch, Minute(0), Minute(10) + Moment).Should().BeTrue();
        Touches(stretch, Minute(20) - Moment, null).Should().BeTrue();
        Touches(stretch, Minute(20), null).Should().BeFalse("it came as it ended");
        Touches(stretch, Minute(12), Minute(13)).Should().BeTrue();
    }

    [Fact]
    public void Touched_ByAStretchWithoutLength_AreThoseInsideAtItsInstant()
    {
        var stretch = Stretch(from: 10, to: 10);

        Touches(stretch, Minute(10), null).Should().BeTrue();
        Touches(stretch, Minute(0), Minute(10)).Should().BeFalse("it left at that very instant");
        Touches(stretch, Minute(10) + Moment, null).Should().BeFalse();
    }

    [Fact]
    public void Touched_ByAStretchThatGoesOn_AreAllThatCome() =>
        Touches(Record("0:4 5:8 10:8").Single(), Minute(600), null).Should().BeTrue();

    private static Stretch Stretch(double from, double to) => Record("0:4 5:8 10:4")[0] with { Start = Minute(from), End = Minute(to), LastKnown = Minute(to) };

    private static bool Touches(Stretch stretch, Instant @in, Instant? @out) => HoldPlanner.Touched(stretch, [new Stay("W000026000001", "RBC", @in, @out)]).Any();
}
