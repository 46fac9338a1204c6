using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Codec;

/// <summary>What the decoder found at the start of its input: a packet, too few bytes to say, or something that is no packet.</summary>
public readonly record struct Decoding
{
    private Decoding(Packet? packet, string? fault, long consumed) => (Packet, Fault, Consumed) = (packet, fault, consumed);

    /// <summary>The packet; null when there is none.</summary>
    public Packet? Packet { get; }

    /// <summary>
    /// Why the input is malformed or not supported, in words; null when it is not. The connection is then to be closed (§4.8).
    /// </summary>
    public string? Fault { get; }

    /// <summary>The bytes that the packet took from the input; 0 without a packet.</summary>
    public long Consumed { get; }

    /// <summary>True when more bytes are needed to say anything.</summary>
    public bool NeedsMore => Packet is null && Fault is null;

    internal static Decoding More => default;

    internal static Decoding Of(Packet packet, long consumed) => new(packet, null, consumed);

    internal static Decoding Malformed(string fault) => new(null, fault, 0);
}
