using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Alerting;

/// <summary>Each reason, alone; and which one is named when several hold.</summary>
public sealed class SendDecisionTests
{
    private static readonly Instant Start = new(1_800_000_000_000);

    private static readonly SendQuestion Usual = new()
    {
        Incident = IncidentState.Open(Severity.Critical, wakes: true, Start), Ladder = Ladder.Critical, Step = 1, Channel = AlertChannel.Sms, Now = Start + TimeSpan.FromMinutes(6),
    };

    public static TheoryData<SendReason> Reasons => [.. Enum.GetValues<SendReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Reason_Alone_DecidesByItsName(SendReason reason)
    {
        var decision = SendDecision.Of(Asked(reason));

        decision.Reason.Should().Be(reason);
        decision.IsSent.Should().Be(reason is SendReason.Due or SendReason.OnlyChannel or SendReason.NobodyOnDuty);
    }

    [Fact]
    public void Over_ThatWasCritical_IsTold() =>
        SendDecision.Of(Usual with { Incident = Usual.Incident.End(Start) }).Should().Be(new SendDecision(true, SendReason.Due));

    [Fact]
    public void Acknowledged_IsNamedBeforeEverythingElse() =>
        SendDecision.Of(Asked(SendReason.Acknowledged) with { IsShelved = true, HasChannel = false, IsTold = true }).Reason.Should().Be(SendReason.Acknowledged);

    [Fact]
    public void Repetition_FarBeyondTheLastStep_IsDueInItsTurn() =>
        SendDecision.Of(Usual with { Step = 100, Now = Start + Ladder.Critical.After(100) }).IsSent.Should().BeTrue();

    private static SendQuestion Asked(SendReason reason) => reason switch
    {
        SendReason.Due => Usual,
        SendReason.OnlyChannel => Usual with { IsReachedByStep = false },
        SendReason.NobodyOnDuty => Usual with { IsStandIn = true },
        SendReason.NotDue => Usual with { Step = 2 },
        SendReason.Acknowledged => Usual with { Incident = Usual.Incident.Acknowledge(Start, Start + TimeSpan.FromHours(1)) },
        SendReason.Over => Usual with { Incident = IncidentState.Open(Severity.Warning, wakes: true, Start).End(Start) },
        SendReason.FoundLater => Usual with { Incident = IncidentState.Open(Severity.Critical, wakes: false, Start) },
        SendReason.Shelved => Usual with { IsShelved = true },
        SendReason.Overtaken => Usual with { Step = 0 },
        SendReason.AlreadyTold => Usual with { IsTold = true },
        SendReason.NoChannel => Usual with { HasChannel = false },
        SendReason.NoAddress => Usual with { HasAddress = false },
        SendReason.Disabled => Usual with { IsDisabled = true },
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
