namespace ColdChain.Mqtt.Link;

/// <summary>How often a message may arrive (MQTT 3.1.1 §4.3). Quality of service 2 is not offered.</summary>
public enum QualityOfService : byte
{
    /// <summary>At most once: no acknowledgement.</summary>
    AtMostOnce = 0,

    /// <summary>At least once: acknowledged with PUBACK.</summary>
    AtLeastOnce = 1,
}

/// <summary>An application message.</summary>
/// <param name="Topic">The topic name, without wildcards.</param>
/// <param name="Payload">The bytes; not to be changed after the message was handed over.</param>
/// <param name="Qos">The quality of service asked for, or delivered.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, QualityOfService Qos = QualityOfService.AtLeastOnce)
{
    /// <summary>
    /// True for a received message that a broker had kept and now repeats because of a new subscription: it may be of any age (MQTT 3.1.1
    /// §3.3.1.3). Nothing is asked to be kept: the property says nothing when a message is published.
    /// </summary>
    public bool IsRetained { get; init; }
}

/// <summary>
/// What the rest of the product sees of MQTT: publish, subscribe, and whether there is a connection. A link lives as long as its owner;
/// it connects again by itself, and repeats its subscriptions when it does. It never queues: what was not acknowledged is the caller's to
/// send again (the outbox remembers).
/// </summary>
public interface IMqttLink : IAsyncDisposable
{
    /// <summary>True while the connection is up. A hint: it may break in the next moment.</summary>
    bool IsConnected { get; }

    /// <summary>Completes when the link is connected: at once when it is already.</summary>
    Task WaitUntilConnectedAsync(CancellationToken cancellation);

    /// <summary>
    /// Publishes a message. Completes when the other side acknowledged it (quality of service 1) or when it was written (0). Messages of
    /// quality of service 1 are sent in the order of the calls, whether or not each was awaited.
    /// </summary>
    /// <exception cref="ArgumentException">The topic is none, or the message is larger than the link's limit.</exception>
    /// <exception cref="MqttLinkException">There is no connection, or it broke before the acknowledgement.</exception>
    Task PublishAsync(MqttMessage message, CancellationToken cancellation);

    /// <summary>
    /// Subscribes to a topic filter (wildcards allowed). The handler is awaited, one message at a time in the order of arrival, and the
    /// message is acknowledged after the handler has completed: a handler that waits holds the sender back. The handler must not throw;
    /// when it does, the message counts as handled and the link reports the fault to its owner's observer. Its token is cancelled when the
    /// connection over which the message came is gone: the handler then returns soon, because the link does not connect again, and is not
    /// disposed of, before. The subscription is made now when connected, otherwise at the next connection. A message goes to every handler
    /// whose filter matches.
    /// </summary>
    /// <exception cref="ArgumentException">The text is no topic filter, or one of a shared subscription.</exception>
    /// <exception cref="MqttLinkException">The other side refused the subscription, or the link is closed.</exception>
    Task SubscribeAsync(string topicFilter, Func<MqttMessage, CancellationToken, Task> handler, CancellationToken cancellation);
}

/// <summary>The link was not there when it was needed.</summary>
public sealed class MqttLinkException(string message, Exception? inner = null) : Exception(message, inner);
