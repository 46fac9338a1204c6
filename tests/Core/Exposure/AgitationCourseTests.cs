using ColdChain.Core.Exposure;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>What nobody tells of agitation is as it should be; what is told lies within the time asked for.</summary>
public sealed class AgitationCourseTests
{
    private static readonly TimeRange Whole = new(Minute(10), Minute(60));

    [Fact]
    public void Of_NothingTold_IsAsItShouldBeAllTheTime() =>
        AgitationCourse.Of([], Agitation.Running, Whole).Should().Equal(new AgitationInterval(Agitation.Running, Minute(10), Minute(60)));

    [Fact]
    public void Of_StopsInAnyOrder_AreCutToTheTimeAndFilledBetween() =>
        AgitationCourse.Of(
            [
                new(Agitation.Unknown, Minute(50), Minute(90)), new(Agitation.Stopped, Minute(0), Minute(20)), new(Agitation.Stopped, Minute(30), Minute(35)),
                new(Agitation.Stopped, Minute(70), Minute(80)),
            ],
            Agitation.Running,
            Whole).Should().Equal(
                new AgitationInterval(Agitation.Stopped, Minute(10), Minute(20)),
                new AgitationInterval(Agitation.Running, Minute(20), Minute(30)),
                new AgitationInterval(Agitation.Stopped, Minute(30), Minute(35)),
                new AgitationInterval(Agitation.Running, Minute(35), Minute(50)),
                new AgitationInterval(Agitation.Unknown, Minute(50), Minute(60)));
}
