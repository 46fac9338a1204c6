using System.Threading.Channels;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Transport;

namespace ColdChain.Mqtt.Client;

/// <summary>
/// Own messages of quality of service 1 on their way out, in the order of the calls. At most a window of them waits for its PUBACK; the
/// others wait here.
/// </summary>
internal sealed class PublishQueue(PacketStream packets, PendingReplies replies, int inFlightMax) : IDisposable
{
    private readonly SemaphoreSlim window = new(inFlightMax, inFlightMax);
    private readonly Channel<Request> waiting =
        Channel.CreateBounded<Request>(new BoundedChannelOptions(inFlightMax) { SingleReader = true });

    private MqttLinkException? broken;

    /// <summary>Completes when the message was acknowledged.</summary>
    /// <exception cref="MqttLinkException">The connection broke before.</exception>
    public async Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        var request = new Request(message);
        try
        {
            await waiting.Writer.WriteAsync(request, cancellation);
            await request.Task.WaitAsync(cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new MqttLinkException(broken!.Message, broken); // Set before the channel is closed.
        }
        catch (OperationCanceledException)
        {
            request.TrySetCanceled(cancellation); // Not sent any more, if it was not yet.
            throw;
        }
    }

    /// <summary>Takes a PUBACK.</summary>
    public void Acknowledged(PubAckPacket ack)
    {
        if (replies.Complete(ack.PacketId, ack))
        {
            window.Release();
        }
    }

    /// <summary>Sends what waits, until the connection ends.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        while (await waiting.Reader.WaitToReadAsync(ended))
        {
            // A request leaves the queue only when it can be sent, so that none is lost between the two when the connection ends.
            await window.WaitAsync(ended);
            if (waiting.Reader.TryRead(out var request) && !request.Task.IsCompleted)
            {
                await packets.SendAsync(new PublishPacket(request.Message, replies.Add(request)), ended);
            }
            else
            {
                window.Release();
            }
        }
    }

    /// <summary>Fails what waits, and whatever comes later; after <see cref="RunAsync"/>.</summary>
    public void Break(MqttLinkException cause)
    {
        broken = cause;
        waiting.Writer.TryComplete();
        while (waiting.Reader.TryRead(out var request))
        {
            request.Break(cause);
        }
    }

    public void Dispose() => window.Dispose();

    private sealed class Request(MqttMessage message) : PendingReply(typeof(PubAckPacket))
    {
        public MqttMessage Message => message;
    }
}
