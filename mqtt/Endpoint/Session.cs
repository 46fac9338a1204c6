using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Routing;
using ColdChain.Mqtt.Topics;
using ColdChain.Mqtt.Transport;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>
/// A connected client. One loop reads its packets and answers those that need no handler; another takes its messages through the router and
/// acknowledges each when it was handled. The other direction is in the part <c>Delivery</c>.
/// </summary>
internal sealed partial class Session(EndpointContext context, EndpointConnection connection, PacketStream packets, AcceptedClient client)
{
    // The specification allows a client one and a half times its keep alive (§3.1.2.10).
    private const double KeepAliveTolerance = 1.5;

    private readonly Inbox inbox = new(context.Options.InboundMax);
    private readonly HashSet<string> filters = new(StringComparer.Ordinal);
    private bool isDisconnected;

    /// <summary>Serves the client until its connection ends.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var handling = connection.GuardAsync(() => HandleMessagesAsync(stopping));
        await connection.GuardAsync(ReadPacketsAsync);
        Leave();

        // The client learns at once that it is cut off; what it has sent before is still handled.
        await packets.CloseAsync(context.Options.FlushTimeout, context.Time);
        await handling;
        await connection.GuardAsync(() => PublishWillAsync(stopping));
    }

    private async Task ReadPacketsAsync()
    {
        using var keepAlive = KeepAlive();
        while (true)
        {
            var received = await packets.ReadAsync(connection.Closing);
            keepAlive?.Touch();
            if (received.Packet is { } packet)
            {
                await ReceiveAsync(packet);
            }
            else if (received.Fault is { } fault)
            {
                connection.Close(MqttEventKind.Malformed, fault);
            }
            else
            {
                connection.Close(MqttEventKind.Lost, $"{received.Ended}, without DISCONNECT");
            }
        }
    }

    private ValueTask ReceiveAsync(Packet packet)
    {
        switch (packet)
        {
            case PublishPacket publish:
                return ReceiveMessageAsync(publish);
            case PubAckPacket ack:
                unacknowledged.Free(ack.PacketId);
                break;
            case SubscribePacket subscribe:
                Send(new SubAckPacket(subscribe.PacketId, [.. subscribe.Subscriptions.Select(Subscribe)]));
                break;
            case UnsubscribePacket unsubscribe:
                Unsubscribe(unsubscribe.Filters);
                Send(new UnsubAckPacket(unsubscribe.PacketId));
                break;
            case PingReqPacket:
                Send(new PingRespPacket());
                break;
            case DisconnectPacket:
                isDisconnected = true;
                connection.Close(MqttEventKind.Disconnected, "disconnected");
                break;
            case ConnectPacket or UnsupportedConnectPacket:
                connection.Close(MqttEventKind.Malformed, "a second CONNECT");
                break;
            default:
                connection.Close(MqttEventKind.Malformed, $"{packet.GetType().Name} is not for a client to send");
                break;
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask ReceiveMessageAsync(PublishPacket publish)
    {
        var topic = publish.Message.Topic;
        if (!context.Policy.MayPublish(client.Identity, topic))
        {
            // MQTT 3.1.1 has no way to refuse a message but to close (§3.3.5).
            context.Counters.MessageRefused();
            connection.Close(MqttEventKind.TopicRefused, $"'{client.Identity}' may not publish on '{ShownName.Of(topic)}': have it use its own topics");
            return ValueTask.CompletedTask;
        }

        CountMessage(publish.Retain);
        var added = inbox.AddAsync(publish, connection.Closing);
        return added.IsCompleted ? added : HeldBackAsync(added);
    }

    private async ValueTask HeldBackAsync(ValueTask added)
    {
        context.Counters.HoldBack();
        try
        {
            await added;
        }
        finally
        {
            context.Counters.LetGo();
        }
    }

    private void CountMessage(bool retain)
    {
        context.Counters.MessageReceived();
        if (retain)
        {
            context.Counters.RetainFlagIgnored();
        }
    }

    private async Task HandleMessagesAsync(CancellationToken stopping)
    {
        await foreach (var publish in inbox.TakeAllAsync(stopping))
        {
            await context.Router.RouteAsync(publish.Message, DeliveryWait.Handled, stopping);
            if (publish.Message.Qos == QualityOfService.AtLeastOnce)
            {
                Send(new PubAckPacket(publish.PacketId));
            }
        }
    }

    private SubscribeReturnCode Subscribe(Subscription subscription)
    {
        var (filter, qos) = subscription;
        if (RefusalOf(filter) is { } reason)
        {
            context.Report(connection.Event(MqttEventKind.TopicRefused, $"subscription to '{ShownName.Of(filter)}': {reason}"));
            return SubscribeReturnCode.Failure;
        }

        filters.Add(filter);
        context.Router.Subscribe(filter, this, qos);
        return qos == QualityOfService.AtLeastOnce ? SubscribeReturnCode.GrantedQos1 : SubscribeReturnCode.GrantedQos0;
    }

    private string? RefusalOf(string filter)
    {
        if (TopicFilter.IsShared(filter))
        {
            return "shared subscriptions are not offered";
        }

        if (!context.Policy.MaySubscribe(client.Identity, filter))
        {
            return $"'{client.Identity}' may not: have it use its own topics";
        }

        var max = context.Options.SubscriptionsPerConnectionMax;
        return filters.Count >= max && !filters.Contains(filter) ? $"the limit of {max} subscriptions is reached" : null;
    }

    private void Unsubscribe(IEnumerable<string> given)
    {
        foreach (var filter in given.Where(filters.Remove))
        {
            context.Router.Unsubscribe(filter, this);
        }
    }

    private void Leave()
    {
        inbox.Complete();
        foreach (var filter in filters)
        {
            context.Router.Unsubscribe(filter, this);
        }

        context.Clients.Remove(client.ClientId, connection);
    }

    // Whatever ended the connection but DISCONNECT, the will is published (§3.1.2.5).
    private async Task PublishWillAsync(CancellationToken stopping)
    {
        if (client.Will is { } will && !isDisconnected)
        {
            CountMessage(will.Retain);
            await context.Router.RouteAsync(will.Message, DeliveryWait.Handled, stopping);
        }
    }

    private Watchdog? KeepAlive()
    {
        var window = client.KeepAlive * KeepAliveTolerance;
        return window == TimeSpan.Zero
            ? null
            : new Watchdog(
                context.Time,
                window,
                isExcused: () => inbox.IsHoldingBack,
                () => connection.Close(MqttEventKind.Lost, $"silent for {window.TotalSeconds} s, one and a half times its keep alive"));
    }
}
