using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Topics;

namespace ColdChain.Mqtt.Routing;

/// <summary>From a published message to everybody who subscribed to it.</summary>
internal sealed class Router
{
    private readonly SubscriptionTree<ISubscriber> subscriptions = new();

    public void Subscribe(string filter, ISubscriber subscriber, QualityOfService qos) => subscriptions.Add(filter, subscriber, qos);

    public void Unsubscribe(string filter, ISubscriber subscriber) => subscriptions.Remove(filter, subscriber);

    /// <summary>
    /// Delivers a message to all its subscribers at the lower of the two qualities of service (§4.3). Nobody waits for another's handler,
    /// and the messages of one caller reach each subscriber in the order of the calls.
    /// </summary>
    /// <exception cref="MqttLinkException">A subscriber went away before it handled the message; the others got it.</exception>
    public async Task RouteAsync(MqttMessage message, DeliveryWait wait, CancellationToken cancellation)
    {
        var audience = subscriptions.Match(message.Topic);
        var deliveries = new Task[audience.Count];
        var count = 0;
        foreach (var (subscriber, granted) in audience)
        {
            var delivered = granted < message.Qos ? message with { Qos = granted } : message;
            deliveries[count++] = subscriber.DeliverAsync(delivered, wait, cancellation).AsTask();
        }

        await Task.WhenAll(deliveries);
    }
}
