using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Core.Tests.Alerting;

public sealed class IncidentStateTests
{
    private static readonly Instant Start = new(1_800_000_000_000);

    [Fact]
    public void Acknowledged_StopsTheLadder_AndComesBackWhenItRunsOut()
    {
        var state = IncidentState.Open(Severity.Critical, wakes: true, Start).Step(2).Acknowledge(At(12), At(72));

        state.NextDeadline(Ladder.Critical).Should().Be(At(72));
        state.Expire(At(71)).Should().Be(state);
        var back = state.Expire(At(75));
        (back.Round, back.RoundFrom, back.NextStep, back.IsAcknowledged).Should().Be((2, At(72), 0, false), "its deadlines are counted from when it ran out, not from when that was seen");
        back.NextDeadline(Ladder.Critical).Should().Be(At(72));
    }

    [Fact]
    public void Acknowledged_AndRaised_IsToldAnewAtOnce()
    {
        var state = IncidentState.Open(Severity.Warning, wakes: true, Start).Acknowledge(At(1), At(61));

        state.Raise(Severity.Warning, At(2)).Should().Be(state);
        var raised = state.Raise(Severity.Critical, At(3));
        (raised.IsAcknowledged, raised.Round, raised.NextDeadline(Ladder.Critical)).Should().Be((false, 2, At(3)));
    }

    [Fact]
    public void Over_AndAcknowledged_IsClosedInEitherOrder()
    {
        var open = IncidentState.Open(Severity.Critical, wakes: true, Start);

        open.Acknowledge(At(1), At(61)).End(At(2)).IsClosed.Should().BeTrue();
        open.End(At(1)).Acknowledge(At(2), At(62)).IsClosed.Should().BeTrue();
        open.End(At(1)).Acknowledge(At(2), At(62)).NextDeadline(Ladder.Critical).Should().BeNull();
    }

    [Fact]
    public void Over_AndCritical_GoesOnUntilAPersonHasIt_AndAWarningDoesNot()
    {
        IncidentState.Open(Severity.Critical, wakes: true, Start).Step(0).End(At(1)).NextDeadline(Ladder.Critical).Should().Be(At(5));
        IncidentState.Open(Severity.Warning, wakes: true, Start).Step(0).End(At(1)).NextDeadline(Ladder.Warning).Should().BeNull();
    }

    [Fact]
    public void FoundLater_HasNoDeadline_UntilSomethingWakesIt()
    {
        var found = IncidentState.Open(Severity.Critical, wakes: false, Start).End(Start);

        found.NextDeadline(Ladder.Critical).Should().BeNull();
        found.Wake(At(9)).NextDeadline(Ladder.Critical).Should().Be(At(9));
    }

    [Fact]
    public void Returned_WarningBeginsAnew_AndCriticalGoesOn()
    {
        IncidentState.Open(Severity.Warning, wakes: true, Start).Step(0).End(At(1)).Return(At(4)).NextDeadline(Ladder.Warning).Should().Be(At(4));
        IncidentState.Open(Severity.Critical, wakes: true, Start).Step(0).End(At(1)).Return(At(4)).NextDeadline(Ladder.Critical).Should().Be(At(5));
    }

    /// <summary>The promise of alerts: nobody falls asleep over it, whatever happens in which order.</summary>
    [Fact]
    public void Critical_ThatNobodyHas_AlwaysHasANextDeadline() => ForAnyHistory(state =>
    {
        if (state is { Severity: Severity.Critical, Wakes: true, IsAcknowledged: false })
        {
            state.NextDeadline(Ladder.Critical).Should().NotBeNull();
        }
    });

    [Fact]
    public void Acknowledged_WhileTheCauseLasts_AlwaysRunsOut() => ForAnyHistory(state =>
    {
        if (state is { IsAcknowledged: true, OverAt: null })
        {
            state.NextDeadline(Ladder.Of(state.Severity)).Should().Be(state.AcknowledgedUntil).And.NotBeNull();
        }
    });

    [Fact]
    public void History_OfAnyKind_NeverSinksInSeverity_NorGoesBackARound()
    {
        IncidentState? before = null;
        ForAnyHistory(state =>
        {
            if (before is { } last && state.Round > 1)
            {
                (state.Severity >= last.Severity || state.Round < last.Round).Should().BeTrue();
            }

            before = state;
        });
    }

    private static void ForAnyHistory(Action<IncidentState> check) => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte What, byte Minutes)[]>(),
        steps =>
        {
            var (state, minute) = (IncidentState.Open((Severity)(steps.Length % 3), wakes: steps.Length % 4 != 0, Start), 0);
            check(state);
            foreach (var (what, minutes) in steps)
            {
                minute += minutes;
                check(state = Happen(state, what % 8, At(minute)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(2000)));

    private static IncidentState Happen(IncidentState state, int what, Instant now) => what switch
    {
        0 => state.Acknowledge(now, now + TimeSpan.FromMinutes(60)),
        1 => state.Raise(Severity.Critical, now),
        2 => state.Raise(Severity.Warning, now),
        3 => state.IsClosed ? state : state.End(now),
        4 => state.IsClosed ? state : state.Return(now),
        5 => state.Expire(now),
        6 => state.Wake(now),
        _ => state.Step(state.NextStep),
    };

    private static Instant At(int minutes) => Start + TimeSpan.FromMinutes(minutes);
}
