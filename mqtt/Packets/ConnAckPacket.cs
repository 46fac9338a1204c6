namespace ColdChain.Mqtt.Packets;

/// <summary>CONNACK (§3.2).</summary>
/// <param name="SessionPresent">True when the other side still has a session of this client. Our endpoint never has.</param>
/// <param name="ReturnCode">Accepted, or why not.</param>
public sealed record ConnAckPacket(bool SessionPresent, ConnectReturnCode ReturnCode) : Packet;

/// <summary>The return codes of CONNACK (§3.2.2.3).</summary>
public enum ConnectReturnCode : byte
{
    /// <summary>The connection is accepted.</summary>
    Accepted = 0,

    /// <summary>The version of MQTT is not supported.</summary>
    UnacceptableProtocolVersion = 1,

    /// <summary>The client identifier is not allowed.</summary>
    IdentifierRejected = 2,

    /// <summary>The service is not available at the moment.</summary>
    ServerUnavailable = 3,

    /// <summary>User name or password is wrong.</summary>
    BadUserNameOrPassword = 4,

    /// <summary>The client is not authorised to connect.</summary>
    NotAuthorized = 5,
}
