using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Transport;

namespace ColdChain.Mqtt.Client;

/// <content>
/// Four loops: one reads packets and never waits for the handler as long as the inbox has room, one hands messages to the handler and
/// acknowledges them, one sends own messages, one pings. Any of them can end the connection.
/// </content>
public sealed partial class MqttClient
{
    // How long the end of a connection waits for DISCONNECT to be written.
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(2);

    private readonly Func<MqttMessage, CancellationToken, Task> handler;
    private readonly Inbox inbox;
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationToken ended; // Of closing; stays good when that is disposed.
    private readonly TaskCompletionSource<string> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task running;
    private TaskCompletionSource pong = NewPong();

    private MqttClient(
        MqttClientOptions options, PacketStream packets, Func<MqttMessage, CancellationToken, Task> handler, TimeProvider time)
    {
        (this.options, this.packets, this.handler, this.time) = (options, packets, handler, time);
        ended = closing.Token;
        publishing = new PublishQueue(packets, replies, options.InFlightMax);
        inbox = new Inbox(options.InboundMax);
        running = Task.WhenAll(
            Task.Run(ReadToEndAsync),
            Task.Run(PublishToEndAsync),
            Task.Run(() => GuardAsync(HandleAsync)),
            Task.Run(() => GuardAsync(PingAsync)));
    }

    /// <summary>True while the connection is not read, because its messages wait for the handler.</summary>
    internal bool IsHoldingBack => inbox.IsHoldingBack;

    private void Close(string reason)
    {
        if (closed.TrySetResult(reason))
        {
            replies.Break(Broken());
            closing.Cancel();
        }
    }

    private async Task GuardAsync(Func<Task> loop)
    {
        try
        {
            await loop();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // It ends already, with a reason.
        }
        catch (Exception e)
        {
            Close(e is IOException ? e.Message : $"unexpected: {e}");
        }
    }

    private async Task ReadToEndAsync()
    {
        await GuardAsync(ReadAsync);
        await packets.CloseAsync(FlushTime, time);
    }

    private async Task PublishToEndAsync()
    {
        await GuardAsync(() => publishing.RunAsync(ended));
        publishing.Break(Broken());
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            var received = await packets.ReadAsync(ended);
            if (received.Packet is { } packet)
            {
                await ReceiveAsync(packet);
            }
            else
            {
                Close(received.Fault ?? received.Ended!); // Without a packet, one of them is there.
            }
        }
    }

    private ValueTask ReceiveAsync(Packet packet)
    {
        switch (packet)
        {
            case PublishPacket publish:
                return inbox.AddAsync(publish, ended);
            case PubAckPacket ack:
                publishing.Acknowledged(ack);
                break;
            case SubAckPacket ack:
                replies.Complete(ack.PacketId, ack);
                break;
            case UnsubAckPacket ack:
                replies.Complete(ack.PacketId, ack);
                break;
            case PingRespPacket:
                pong.TrySetResult();
                break;
            default:
                Close($"the other side sent {packet.GetType().Name}, which is not for a server to send");
                break;
        }

        return ValueTask.CompletedTask;
    }

    private async Task HandleAsync()
    {
        await foreach (var publish in inbox.TakeAllAsync(ended))
        {
            await handler(publish.Retain ? publish.Message with { IsRetained = true } : publish.Message, ended);
            if (publish.Message.Qos == QualityOfService.AtLeastOnce)
            {
                await packets.SendAsync(new PubAckPacket(publish.PacketId), ended);
            }
        }
    }

    private async Task PingAsync()
    {
        while (true)
        {
            await Task.Delay(options.KeepAlive / 2, time, ended);
            pong = NewPong();
            try
            {
                await ExchangePingAsync().WaitAsync(options.ReplyTimeout, time, ended);
            }
            catch (TimeoutException) when (IsHoldingBack)
            {
                // Nothing is read at the moment, so that a missing answer says nothing about the other side.
            }
            catch (TimeoutException)
            {
                Close($"no answer to PINGREQ within {options.ReplyTimeout.TotalSeconds} s");
            }
        }
    }

    // The time limit spans the sending too: towards a dead peer, the packets before the ping may never leave.
    private async Task ExchangePingAsync()
    {
        await packets.SendAsync(new PingReqPacket(), ended);
        await pong.Task;
    }

    private static TaskCompletionSource NewPong() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
