using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Reports.Desk;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>What happens to a message after its incident was closed is none of the report’s.</summary>
public sealed class EvidenceAfterwardsTests
{
    [Fact]
    public async Task Message_SeenOrDeliveredAfterItsIncidentWasClosed_IsListedAsItWasThen()
    {
        await using var scene = await Scene.OpenAsync();
        var incident = await DeskScene.OpenIncidentAsync(scene.Store, Scene.At("09:00"));
        var message = await TellAsync(scene, incident.Id, Scene.At("09:01"));
        await AddAsync(scene, message, MessageStates.Delivered, "09:02");
        await DeskScene.MoveAsync(scene.Store, incident, incident.State.Acknowledge(Scene.At("09:10"), Scene.At("10:10")).End(Scene.At("09:30")), Scene.At("09:30"));
        var before = Only(scene);

        await AddAsync(scene, message, MessageStates.Delivered, "11:00");
        await AddAsync(scene, message, MessageStates.Seen, "11:01");

        (before.DeliveredAt, before.SeenAt, before.State).Should().Be((Scene.At("09:02"), null, MessageStates.Delivered));
        Only(scene).Should().Be(before);
    }

    [Fact]
    public async Task Message_SeenWhileItsIncidentIsOpen_IsListedSo()
    {
        await using var scene = await Scene.OpenAsync();
        var incident = await DeskScene.OpenIncidentAsync(scene.Store, Scene.At("09:00"));
        await AddAsync(scene, await TellAsync(scene, incident.Id, Scene.At("09:01")), MessageStates.Seen, "11:01");

        Only(scene).SeenAt.Should().Be(Scene.At("11:01"));
    }

    private static ColdChain.Server.Reports.Content.NotificationContent Only(Scene scene) => scene.Read(session => Evidence.Of(session, 1)).Notifications.Should().ContainSingle().Subject;

    private static async Task<long> TellAsync(Scene scene, long incident, Instant at) => await scene.Store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var told = NotificationStore.TryInsert(transaction, new NotificationRow(0, incident, 1, 0, 0, AlertChannel.Sms, new SendDecision(true, default), at))!; // It is the first.
            return MessageStore.Insert(transaction, new MessageRow(0, 0, AlertChannel.Sms, at), [told.Id]).Id;
        },
        CancellationToken.None);

    private static Task AddAsync(Scene scene, long message, string state, string time) =>
        scene.Write(transaction => MessageStore.Add(transaction, message, new MessageState(state, Scene.At(time), "")));
}
