using ColdChain.Core.Alerting;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>A list that is too long is cut, says by how much, and keeps what matters.</summary>
public sealed class EvidenceTests
{
    private const int More = 40;
    private static readonly StorageUnitId Fridge = new("fridge-1");
    private static readonly ProbeId Door = ProbeId.TryParse("pi-001/door", out var id) ? id : throw new FormatException("It is a probe.");

    [Fact]
    public async Task Notifications_OfALadderThatWentOn_KeepTheOneThatWasAnswered()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await scene.Write(transaction =>
        {
            var at = Scene.At("09:06");
            var incident = IncidentStore.Insert(transaction, new IncidentRow
            {
                Cause = new Cause(CauseKind.Unit, "fridge-1"), Site = "rabat", Unit = Fridge, OpenedAt = at, Since = at, State = IncidentState.Open(Severity.Critical, wakes: true, at),
            });
            IncidentStore.AddMember(transaction, new IncidentMember(incident.Id, "finding:1", GoesOn: true, Severity.Critical, Fridge, at, at, 0));
            var told = Enumerable.Range(1, Evidence.NotificationsMax + More).Select(round => NotificationStore.TryInsert(
                transaction, new NotificationRow(0, incident.Id, round, 0, 0, AlertChannel.Email, new SendDecision(true, SendReason.Due), at + TimeSpan.FromMinutes(round)))!.Id).ToList();
            var message = MessageStore.Insert(transaction, new MessageRow(0, 0, AlertChannel.Email, at), [told[^2]]);
            MessageStore.Add(transaction, message.Id, new MessageState(MessageStates.Acknowledged, Scene.At("11:00"), ""));
        });

        var excursion = scene.Excursion(1, Scene.At("12:00"));

        excursion.Notifications.Should().HaveCount(Evidence.NotificationsMax + 1).And.BeInAscendingOrder(one => one.Round);
        excursion.Notifications[^1].Should().BeEquivalentTo(new { Round = Evidence.NotificationsMax + More - 1, AcknowledgedAt = Scene.At("11:00") });
        excursion.NotificationsLeftOut.Should().Be(More - 1);
    }

    [Fact]
    public async Task Conditions_OfADoorThatOpensAllDay_KeepThoseOfTheBeginning()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        var start = scene.Excursion(1, Scene.At("12:00")).Finding.Start;
        await scene.Write(transaction =>
        {
            foreach (var number in Enumerable.Range(0, ExcursionContentReader.ConditionsMax + More))
            {
                Keep(transaction, start + TimeSpan.FromSeconds(10 * number), start + TimeSpan.FromSeconds((10 * number) + 5));
            }
        });

        var excursion = scene.Excursion(1, Scene.At("12:00"));

        excursion.Conditions.Should().HaveCount(ExcursionContentReader.ConditionsMax).And.BeInAscendingOrder(condition => condition.From);
        excursion.Conditions[0].From.Should().Be(start);
        excursion.ConditionsLeftOut.Should().Be(More);
    }

    [Fact]
    public async Task Condition_WhoseEndNobodySaw_SaysFromWhenOnItWasOver()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await scene.Write(transaction =>
        {
            Keep(transaction, Scene.At("09:00"), end: null, Scene.At("09:20"));
            Keep(transaction, Scene.At("09:30"), end: null);
            Keep(transaction, Scene.At("09:40"), Scene.At("09:50"), Scene.At("09:55"));
        });

        scene.Excursion(1, Scene.At("12:00")).Conditions.Where(condition => condition.Probe == "pi-001/door").Select(condition => (condition.To, condition.OverBy)).Should().Equal(
            (null, Scene.At("09:20")), (null, null), (Scene.At("09:50"), null));
    }

    [Fact]
    public async Task Condition_ThatEndsAfterWhatTheReportLooksAt_ChangesNothingOfIt()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        var (to, later) = (scene.Report(1, Scene.At("18:00")).To, Scene.At("18:00") + TimeSpan.FromDays(2));
        var row = await scene.Store.WriteAsync(WritePriority.Decision, transaction => Keep(transaction, Scene.At("09:00"), end: null), CancellationToken.None);
        var before = scene.Report(1, later);

        await scene.Write(transaction => ConditionStore.Save(transaction, row with { Condition = row.Condition with { End = to + TimeSpan.FromMinutes(1), SettledAt = to + TimeSpan.FromMinutes(2) } }));

        scene.Report(1, later).Should().BeEquivalentTo(before);
    }

    private static ConditionRow Keep(StoreTransaction transaction, Instant start, Instant? end, Instant? settled = null) => ConditionStore.Save(
        transaction,
        new ConditionRow { Unit = Fridge, Condition = new Condition(ConditionKind.DoorOpen, Door, start, end, settled ?? end), DiscoveredAt = start, UpdatedAt = start });
}
