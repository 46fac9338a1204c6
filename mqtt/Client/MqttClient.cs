using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Transport;

namespace ColdChain.Mqtt.Client;

/// <summary>
/// One connection to an MQTT 3.1.1 server, with a clean session. An object exists only once it is connected: a connection that could not be
/// made leaves nothing behind. When it breaks, it stays broken; <see cref="ReconnectingLink"/> makes new ones.
/// </summary>
public sealed partial class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions options;
    private readonly PacketStream packets;
    private readonly TimeProvider time;
    private readonly PendingReplies replies = new();
    private readonly PublishQueue publishing;

    /// <summary>Completes with the reason, in words, when the connection has ended. Never faults.</summary>
    public Task<string> Closed => closed.Task;

    /// <summary>
    /// Publishes a message; completes when it was written (quality of service 0) or acknowledged (1). At most
    /// <see cref="MqttClientOptions.InFlightMax"/> messages wait for their acknowledgement; further calls wait for one of them.
    /// </summary>
    /// <exception cref="ArgumentException">The topic is none, or the message is larger than the limit.</exception>
    /// <exception cref="MqttLinkException">The connection broke before.</exception>
    public Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        MessageRules.Check(message, options.PacketSizeMax);
        return message.Qos == QualityOfService.AtLeastOnce
            ? publishing.PublishAsync(message, cancellation)
            : PublishQos0Async(message, cancellation);
    }

    /// <summary>Subscribes with quality of service 1; false when the other side refuses.</summary>
    /// <exception cref="ArgumentException">The text is no topic filter.</exception>
    /// <exception cref="MqttLinkException">There was no answer in time, or the connection broke.</exception>
    public async Task<bool> SubscribeAsync(string topicFilter, CancellationToken cancellation)
    {
        MessageRules.CheckFilter(topicFilter);
        var subscription = new Subscription(topicFilter, QualityOfService.AtLeastOnce);
        var reply = await AskAsync<SubAckPacket>(id => new SubscribePacket(id, [subscription]), cancellation);
        return reply.ReturnCodes is [not SubscribeReturnCode.Failure];
    }

    /// <summary>Takes a subscription back.</summary>
    /// <exception cref="ArgumentException">The text is no topic filter.</exception>
    /// <exception cref="MqttLinkException">There was no answer in time, or the connection broke.</exception>
    public async Task UnsubscribeAsync(string topicFilter, CancellationToken cancellation)
    {
        MessageRules.CheckFilter(topicFilter);
        await AskAsync<UnsubAckPacket>(id => new UnsubscribePacket(id, [topicFilter]), cancellation);
    }

    /// <summary>Says DISCONNECT when it still can, closes the connection, and waits for the handler to return.</summary>
    public async ValueTask DisposeAsync()
    {
        packets.TrySend(new DisconnectPacket());
        Close("closed by its owner");
        await running;
        publishing.Dispose();
        closing.Dispose();
    }

    private async Task PublishQos0Async(MqttMessage message, CancellationToken cancellation)
    {
        try
        {
            await packets.WriteAsync(new PublishPacket(message, PacketId: 0), cancellation);
        }
        catch (IOException e)
        {
            throw Broken(e);
        }
    }

    private async Task<TReply> AskAsync<TReply>(Func<ushort, Packet> question, CancellationToken cancellation)
        where TReply : Packet
    {
        var pending = new PendingReply(typeof(TReply));
        var packet = question(replies.Add(pending));
        try
        {
            await packets.SendAsync(packet, cancellation);
            return (TReply)await pending.Task.WaitAsync(options.ReplyTimeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            Close($"no answer to {packet.GetType().Name} within {options.ReplyTimeout.TotalSeconds} s");
            throw Broken();
        }
        catch (IOException e)
        {
            throw Broken(e);
        }
    }

    private MqttLinkException Broken(Exception? cause = null) =>
        new($"The connection is over: {(Closed.IsCompletedSuccessfully ? Closed.Result : cause?.Message)}.", cause);
}
