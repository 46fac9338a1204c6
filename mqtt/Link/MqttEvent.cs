namespace ColdChain.Mqtt.Link;

/// <summary>
/// Something that an operator may want to know. The library has no logger: links and endpoints call one observer, an
/// <see cref="Action{T}"/> of this type, which must be quick, safe for several threads, and must not throw.
/// </summary>
/// <param name="Kind">What kind of thing happened.</param>
/// <param name="Text">What happened, in words for a person, with the names involved.</param>
public sealed record MqttEvent(MqttEventKind Kind, string Text)
{
    /// <summary>
    /// At an endpoint, who the other side is: its identity; before it has one, the user name or client identifier that it gave; before that
    /// its address, without the port. Null elsewhere. Unlike the text it is the same each time, so that repetitions can be counted.
    /// </summary>
    public string? Who { get; init; }
}

/// <summary>The kinds of events.</summary>
public enum MqttEventKind
{
    /// <summary>A connection is up.</summary>
    Connected,

    /// <summary>A connection ended in an orderly way.</summary>
    Disconnected,

    /// <summary>A connection broke: the network, a time limit, or the other side went away without DISCONNECT.</summary>
    Lost,

    /// <summary>A connection could not be made; it will be tried again.</summary>
    ConnectFailed,

    /// <summary>A connection was refused: for who it is or is not, for how it speaks, or because there are too many.</summary>
    Refused,

    /// <summary>A connected client wanted to publish or subscribe where it may not.</summary>
    TopicRefused,

    /// <summary>The other side sent something that is no MQTT 3.1.1, or that is not offered; its connection was closed.</summary>
    Malformed,

    /// <summary>The other side did not read, or did not acknowledge, as fast as messages came; its connection was closed.</summary>
    SlowReader,

    /// <summary>The other side refused a subscription: messages of that filter will not arrive.</summary>
    SubscriptionRefused,

    /// <summary>A handler threw; its message counts as handled.</summary>
    HandlerFault,

    /// <summary>The library or its owner's policy failed in a way that it should not; the connection concerned was closed.</summary>
    Fault,
}
