using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Routing;

/// <summary>Somebody to whom the router delivers: a remote connection or a link within the process.</summary>
internal interface ISubscriber
{
    /// <summary>Delivers a message.</summary>
    /// <exception cref="MqttLinkException">It will never be handled, because the subscriber went away.</exception>
    ValueTask DeliverAsync(MqttMessage message, DeliveryWait wait, CancellationToken cancellation);
}

/// <summary>What a publisher waits for.</summary>
internal enum DeliveryWait
{
    /// <summary>Every subscriber has room for the message. What a link in the process waits for, so that its handler may publish.</summary>
    Accepted,

    /// <summary>
    /// Every handler within the process has completed. What a remote publisher's PUBACK waits for: this is how ingest holds devices back.
    /// </summary>
    Handled,
}
