using ColdChain.Core.Readings;
using ColdChain.Server.Excursions;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Excursions;

public sealed class AttendanceTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Attendance _attendance;

    public AttendanceTests() => _attendance = new Attendance(_clock, NullLogger<Attendance>.Instance);

    public void Dispose() => _attendance.Dispose();

    [Fact]
    public void Start_OfAServerThatWasAwayForNobodyKnowsHowLong_ExcusesAsLongAsIsEverExcused()
    {
        var presence = _attendance.Look();

        (presence.Since, presence.Allowance).Should().Be((presence.Now, AwaitedData.Patience));
    }

    [Fact]
    public void Time_ThatPassesWhileTheServerIsThere_IsNoAbsence()
    {
        var start = _attendance.Look();

        _attendance.Pass(TimeSpan.FromHours(5), _clock.Advance);

        (_attendance.Look() with { Now = start.Now }).Should().Be(start);
    }

    [Theory]
    [InlineData(31, 31)]
    [InlineData(60, 60)]
    [InlineData(18_000, 600)]
    public void Absence_IsExcusedForItsOwnLengthUpToThePatience(int awaySeconds, int allowedSeconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(awaySeconds));

        var back = _attendance.Look();

        (back.Since, back.Allowance).Should().Be((Instant.Now(_clock), TimeSpan.FromSeconds(allowedSeconds)));
    }

    [Fact]
    public void Clock_SetBack_IsNoAbsence_AndOneAfterwardsIsSeen()
    {
        var clock = new Api.FixedClock(Api.Scene.At("12:00"));
        using var attendance = new Attendance(clock, NullLogger<Attendance>.Instance);
        attendance.Pass(AwaitedData.Patience, step => clock.Now += step);

        clock.Now -= TimeSpan.FromHours(2);
        IsExcused(attendance.Look()).Should().BeFalse();

        clock.Now += TimeSpan.FromHours(1);
        IsExcused(attendance.Look()).Should().BeTrue();
        attendance.Look().Since.Should().Be(clock.Now);
    }

    [Fact]
    public void Clock_SetBackWhileSomethingIsExcused_DoesNotLengthenThat()
    {
        var clock = new Api.FixedClock(Api.Scene.At("12:00"));
        using var attendance = new Attendance(clock, NullLogger<Attendance>.Instance);

        clock.Now -= TimeSpan.FromHours(24);
        IsExcused(attendance.Look()).Should().BeTrue("the server has just started");
        attendance.Pass(AwaitedData.Patience, step => clock.Now += step);

        IsExcused(attendance.Look()).Should().BeFalse();
    }

    [Fact]
    public void Absences_OneAfterAnother_EndExcusingAfterAnHourOfBeingThere()
    {
        var awake = TimeSpan.Zero;
        while (IsExcused(_attendance.Look()) && awake < TimeSpan.FromHours(24))
        {
            _attendance.Pass(TimeSpan.FromMinutes(5), _clock.Advance);
            awake += TimeSpan.FromMinutes(5);
            _clock.Advance(TimeSpan.FromHours(5));
        }

        awake.Should().Be(AwaitedData.ExcusedAtMost);

        _attendance.Pass(TimeSpan.FromMinutes(5), _clock.Advance);
        _clock.Advance(TimeSpan.FromHours(5));
        IsExcused(_attendance.Look()).Should().BeTrue("what was postponed has been judged, and this is another absence");
    }

    private static bool IsExcused(Presence presence) => presence.Now < presence.Since + presence.Allowance;
}
