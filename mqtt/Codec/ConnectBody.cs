using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Codec;

/// <summary>Reads the body of CONNECT (§3.1), the one packet with optional fields.</summary>
internal static class ConnectBody
{
    /// <summary>The protocol level of MQTT 3.1.1.</summary>
    public const byte ProtocolLevel = 4;

    public const string ProtocolName = "MQTT";

    /// <summary>The protocol name of MQTT 3.1, of which only the refusal is known here.</summary>
    private const string ProtocolName31 = "MQIsdp";

    public static Packet Read(ref BodyReader reader)
    {
        var name = reader.Text("protocol name");
        var level = reader.Byte("protocol level");
        if (reader.Fault is null && name is not (ProtocolName or ProtocolName31))
        {
            reader.Fail("the protocol name is neither MQTT nor MQIsdp");
        }

        if (name == ProtocolName && level == ProtocolLevel)
        {
            return ReadFields(ref reader);
        }

        reader.Remainder(); // The rest has another version's layout.
        return new UnsupportedConnectPacket(name, level);
    }

    private static ConnectPacket ReadFields(ref BodyReader reader)
    {
        var flags = (ConnectFlags)reader.Byte("connect flags");
        if (FlagsFault(flags) is { } fault)
        {
            reader.Fail(fault);
        }

        var keepAliveSeconds = reader.UInt16("keep alive");
        var clientId = reader.Text("client identifier");

        // An initializer runs in the order in which it is written, which is the order of the fields.
        return new ConnectPacket(clientId, flags.HasFlag(ConnectFlags.CleanSession), keepAliveSeconds)
        {
            Will = flags.HasFlag(ConnectFlags.Will) ? ReadWill(flags, ref reader) : null,
            UserName = flags.HasFlag(ConnectFlags.UserName) ? reader.Text("user name") : null,
            Password = flags.HasFlag(ConnectFlags.Password) ? reader.Binary("password") : default(ReadOnlyMemory<byte>?),
        };
    }

    private static Will ReadWill(ConnectFlags flags, ref BodyReader reader)
    {
        var topic = PacketBodies.ReadTopicName(ref reader, "will topic");
        var payload = reader.Binary("will message");
        var qos = flags.HasFlag(ConnectFlags.WillQos1) ? QualityOfService.AtLeastOnce : QualityOfService.AtMostOnce;
        return new Will(new MqttMessage(topic, payload, qos), flags.HasFlag(ConnectFlags.WillRetain));
    }

    // §3.1.2.3 to §3.1.2.9.
    private static string? FlagsFault(ConnectFlags flags)
    {
        const ConnectFlags willParts = ConnectFlags.WillQos1 | ConnectFlags.WillQos2 | ConnectFlags.WillRetain;
        if (flags.HasFlag(ConnectFlags.Reserved))
        {
            return "the reserved connect flag is set";
        }

        if (!flags.HasFlag(ConnectFlags.Will) && (flags & willParts) != 0)
        {
            return "CONNECT has will flags without a will";
        }

        if (flags.HasFlag(ConnectFlags.WillQos2))
        {
            return flags.HasFlag(ConnectFlags.WillQos1)
                ? "CONNECT has both bits of the will's quality of service set"
                : "CONNECT asks for a will of quality of service 2, which is not offered: use 0 or 1";
        }

        var isPasswordAlone = flags.HasFlag(ConnectFlags.Password) && !flags.HasFlag(ConnectFlags.UserName);
        return isPasswordAlone ? "CONNECT has a password without a user name" : null;
    }
}

/// <summary>The connect flags (§3.1.2.3).</summary>
[Flags]
internal enum ConnectFlags : byte
{
    None = 0,
    Reserved = 0x01,
    CleanSession = 0x02,
    Will = 0x04,
    WillQos1 = 0x08,
    WillQos2 = 0x10,
    WillRetain = 0x20,
    Password = 0x40,
    UserName = 0x80,
}
