namespace ColdChain.Mqtt.Packets;

/// <summary>The upper four bits of a packet's first byte (MQTT 3.1.1 §2.2.1). 0 and 15 are reserved.</summary>
public enum PacketType : byte
{
    /// <summary>Reserved; no packet has it.</summary>
    Reserved = 0,

    /// <summary>A client asks to be connected.</summary>
    Connect = 1,

    /// <summary>The answer to CONNECT.</summary>
    ConnAck = 2,

    /// <summary>An application message.</summary>
    Publish = 3,

    /// <summary>The acknowledgement of a message of quality of service 1.</summary>
    PubAck = 4,

    /// <summary>Quality of service 2, first answer: not offered.</summary>
    PubRec = 5,

    /// <summary>Quality of service 2, release: not offered.</summary>
    PubRel = 6,

    /// <summary>Quality of service 2, completion: not offered.</summary>
    PubComp = 7,

    /// <summary>A client subscribes.</summary>
    Subscribe = 8,

    /// <summary>The answer to SUBSCRIBE.</summary>
    SubAck = 9,

    /// <summary>A client takes subscriptions back.</summary>
    Unsubscribe = 10,

    /// <summary>The answer to UNSUBSCRIBE.</summary>
    UnsubAck = 11,

    /// <summary>A sign of life.</summary>
    PingReq = 12,

    /// <summary>The answer to PINGREQ.</summary>
    PingResp = 13,

    /// <summary>A client says good-bye; its will is then not published.</summary>
    Disconnect = 14,
}
