using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Alerting;

public sealed class LadderTests
{
    private static readonly Instant Start = new(1_800_000_000_000);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(4, 30)]
    [InlineData(5, 45)]
    [InlineData(104, 1530)]
    public void Step_OfTheCriticalLadder_IsDueAfterItsMinutes_AndThenForEver(int step, int minutes) =>
        Ladder.Critical.After(step).Should().Be(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData(-1, 0, null)]
    [InlineData(0, 0, 0)]
    [InlineData(4, 0, 0)]
    [InlineData(5, 1, 1)]
    [InlineData(4, 1, null)]
    [InlineData(29, 0, 3)]
    [InlineData(30, 0, 4)]
    [InlineData(44, 0, 4)]
    [InlineData(45, 0, 5)]
    [InlineData(180, 2, 14)]
    [InlineData(180, 15, null)]
    public void LatestDue_AfterMinutes_IsTheLastStepWhoseTimeHasCome(int minutes, int next, int? due) =>
        Ladder.Critical.LatestDue(Start, next, Start + TimeSpan.FromMinutes(minutes)).Should().Be(due);

    /// <summary>Then a step that nobody took, because the server stood still, costs nobody his message.</summary>
    [Theory]
    [InlineData(Severity.Advisory)]
    [InlineData(Severity.Warning)]
    [InlineData(Severity.Critical)]
    public void LaterSteps_NameEverybodyOfTheEarlierOnes(Severity severity)
    {
        var ladder = Ladder.Of(severity);
        foreach (var (earlier, later) in ladder.Steps.Zip(ladder.Steps.Skip(1)))
        {
            (later.Who.Contains(Duty.Everyone) || !earlier.Who.Except(later.Who).Any()).Should().BeTrue();
            later.After.Should().BeGreaterThan(earlier.After);
        }

        ladder.RepeatEvery.Should().BePositive();
    }

    [Fact]
    public void CriticalLadder_OfOneIncident_KeepsWithinTheStormGuard()
    {
        var steps = Enumerable.Range(0, 12).SelectMany(step => Ladder.Critical.Step(step).By
            .Where(channel => channel is AlertChannel.Sms or AlertChannel.Email or AlertChannel.Voice).Select(_ => Ladder.Critical.After(step))).ToList();

        steps.Should().OnlyContain(at => steps.Count(other => other <= at && at - other < StormGuard.Window) <= StormGuard.MessagesMax);
    }
}
