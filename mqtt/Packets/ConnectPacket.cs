using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Packets;

/// <summary>CONNECT of MQTT 3.1.1 (§3.1).</summary>
/// <param name="ClientId">The client identifier; empty asks the other side to choose one.</param>
/// <param name="CleanSession">True when nothing of an earlier session is wanted.</param>
/// <param name="KeepAliveSeconds">The longest silence of the client, in seconds; 0 turns the watch off.</param>
public sealed record ConnectPacket(string ClientId, bool CleanSession, ushort KeepAliveSeconds) : Packet
{
    /// <summary>What is to be published when the connection ends without DISCONNECT; null for nothing.</summary>
    public Will? Will { get; init; }

    /// <summary>The user name; null when the field is absent.</summary>
    public string? UserName { get; init; }

    /// <summary>The password; null when the field is absent. Only allowed together with a user name (§3.1.2.9).</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }
}

/// <summary>The will of a client (§3.1.2.5).</summary>
/// <param name="Message">The message to publish.</param>
/// <param name="Retain">The retain flag as sent; retained messages are not offered, so it has no effect here.</param>
public sealed record Will(MqttMessage Message, bool Retain = false);
