namespace ColdChain.Mqtt.Packets;

/// <summary>
/// An MQTT 3.1.1 control packet: data only, with the names of the specification. The set is closed; how a packet looks in bytes is the
/// codec's business. PUBREC, PUBREL and PUBCOMP are missing because quality of service 2 is not offered.
/// </summary>
public abstract record Packet
{
    private protected Packet()
    {
    }
}
