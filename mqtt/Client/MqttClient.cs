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
    private readonly SemaphoreSlim inFlight;

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
        return message.Qos == QualityOfService.AtLeastOnce ? PublishQos1Async(message, cancellation) : PublishQos0Async(message, cancellation);
    }

    /// <summary>Subscribes with quality of service 1; false when the other side refuses.</summary>
    /// <exception cref="ArgumentException">The text is no topic filter.</exception>
    /// <exception cref="MqttLinkException">There was no answer in time, or the connection broke.</exception>
    public async Task<bool> SubscribeAsync(string topicFilter, CancellationToken cancellation)
    {
        MessageRules.CheckFilter(topicFilter);
        var pending = replies.Add<SubAckPacket>();
        var subscribe = new SubscribePacket(pending.PacketId, [new Subscription(topicFilter, QualityOfService.AtLeastOnce)]);
        return await AskAsync(subscribe, pending, cancellation) is SubAckPacket { ReturnCodes: [not SubscribeReturnCode.Failure] };
    }

    /// <summary>Takes a subscription back.</summary>
    /// <exception cref="ArgumentException">The text is no topic filter.</exception>
    /// <exception cref="MqttLinkException">There was no answer in time, or the connection broke.</exception>
    public async Task UnsubscribeAsync(string topicFilter, CancellationToken cancellation)
    {
        MessageRules.CheckFilter(topicFilter);
        var pending = replies.Add<UnsubAckPacket>();
        await AskAsync(new UnsubscribePacket(pending.PacketId, [topicFilter]), pending, cancellation);
    }

    /// <summary>Says DISCONNECT when it still can, closes the connection, and waits for the handler to return.</summary>
    public async ValueTask DisposeAsync()
    {
        packets.TrySend(new DisconnectPacket());
        Close("closed by its owner");
        await running;
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

    private async Task PublishQos1Async(MqttMessage message, CancellationToken cancellation)
    {
        await TakeSlotAsync(cancellation);
        PendingReplies.Pending? pending = null;
        var isSent = false;
        try
        {
            pending = replies.Add<PubAckPacket>();
            await packets.SendAsync(new PublishPacket(message, pending.PacketId), cancellation);
            isSent = true;
        }
        catch (IOException e)
        {
            throw Broken(e);
        }
        finally
        {
            if (!isSent)
            {
                FreeSlot(pending);
            }
        }

        // The PUBACK frees the slot, not the end of this waiting: until then the packet identifier is in use.
        await pending.Task.WaitAsync(cancellation);
    }

    private async ValueTask TakeSlotAsync(CancellationToken cancellation)
    {
        if (Closed.IsCompleted)
        {
            throw Broken();
        }

        if (inFlight.Wait(0, CancellationToken.None))
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, cancellation);
        try
        {
            await inFlight.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Broken();
        }
    }

    private void FreeSlot(PendingReplies.Pending? unsent)
    {
        if (unsent is not null)
        {
            replies.Remove(unsent);
        }

        inFlight.Release();
    }

    private async Task<Packet> AskAsync(Packet question, PendingReplies.Pending pending, CancellationToken cancellation)
    {
        try
        {
            await packets.SendAsync(question, cancellation);
            return await pending.Task.WaitAsync(options.ReplyTimeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            Close($"no answer to {question.GetType().Name} within {options.ReplyTimeout.TotalSeconds} s");
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
