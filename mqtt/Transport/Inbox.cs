using System.Threading.Channels;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Transport;

/// <summary>
/// Between the loop that reads a connection and the handling of its messages, so that a handler that waits does not keep PINGREQ and PUBACK
/// from being read. When it is full, reading stops: the sender is then held back by TCP.
/// </summary>
internal sealed class Inbox(int messagesMax)
{
    private readonly Channel<PublishPacket> messages =
        Channel.CreateBounded<PublishPacket>(new BoundedChannelOptions(messagesMax) { SingleReader = true, SingleWriter = true });

    private volatile bool isHoldingBack;

    /// <summary>True while the reading loop waits for room: then the other side's silence says nothing about its health.</summary>
    public bool IsHoldingBack => isHoldingBack;

    /// <summary>Adds a message, waiting for room.</summary>
    public ValueTask AddAsync(PublishPacket message, CancellationToken cancellation) =>
        messages.Writer.TryWrite(message) ? ValueTask.CompletedTask : WaitForRoomAsync(message, cancellation);

    /// <summary>Says that no message follows.</summary>
    public void Complete() => messages.Writer.TryComplete();

    /// <summary>The messages in the order of arrival, until completion.</summary>
    public IAsyncEnumerable<PublishPacket> TakeAllAsync(CancellationToken cancellation) => messages.Reader.ReadAllAsync(cancellation);

    private async ValueTask WaitForRoomAsync(PublishPacket message, CancellationToken cancellation)
    {
        isHoldingBack = true;
        try
        {
            await messages.Writer.WriteAsync(message, cancellation);
        }
        finally
        {
            isHoldingBack = false;
        }
    }
}
