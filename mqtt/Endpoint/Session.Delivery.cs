using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Routing;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>The way to the client: acknowledgements and the messages that it subscribed to. Nothing here waits for it.</summary>
internal sealed partial class Session : ISubscriber
{
    private readonly Unacknowledged unacknowledged = new(context.Options.OutboundMax);

    /// <inheritdoc/>
    public ValueTask DeliverAsync(MqttMessage message, DeliveryWait wait, CancellationToken cancellation)
    {
        if (message.Qos == QualityOfService.AtMostOnce)
        {
            Send(new PublishPacket(message, PacketId: 0));
        }
        else if (unacknowledged.Take() is { } packetId)
        {
            Send(new PublishPacket(message, packetId));
        }
        else
        {
            CloseSlow("messages not acknowledged");
        }

        context.Counters.MessageQueued();
        return ValueTask.CompletedTask;
    }

    private void Send(Packet packet)
    {
        if (!packets.TrySend(packet) && !packets.IsClosed)
        {
            CloseSlow("packets waiting to be written");
        }
    }

    private void CloseSlow(string what) =>
        connection.Close(MqttEventKind.SlowReader, $"{context.Options.OutboundMax} {what}: it does not keep up");
}
