using ColdChain.Mqtt.Routing;

namespace ColdChain.Mqtt.Link;

/// <summary>A link of <see cref="InMemoryNetwork"/>: a local link whose connection can be broken.</summary>
internal sealed class InMemoryLink(LocalLink link, Action<InMemoryLink> onDisposed) : IMqttLink
{
    private int isAcknowledgementDoomed;

    public bool IsConnected => link.IsConnected;

    public Task WaitUntilConnectedAsync(CancellationToken cancellation) => link.WaitUntilConnectedAsync(cancellation);

    public async Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        await link.PublishAsync(message, cancellation);
        if (Interlocked.Exchange(ref isAcknowledgementDoomed, 0) == 1)
        {
            link.Disconnect();
            throw new MqttLinkException("The link broke before the message was acknowledged.");
        }
    }

    public Task SubscribeAsync(string topicFilter, Func<MqttMessage, CancellationToken, Task> handler, CancellationToken cancellation) =>
        link.SubscribeAsync(topicFilter, handler, cancellation);

    public void Cut() => link.Disconnect();

    public void Restore() => link.Connect();

    public void CutBeforeNextAcknowledgement() => Interlocked.Exchange(ref isAcknowledgementDoomed, 1);

    public async ValueTask DisposeAsync()
    {
        onDisposed(this);
        await link.DisposeAsync();
    }
}
