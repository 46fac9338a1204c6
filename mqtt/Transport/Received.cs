using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Transport;

/// <summary>What came from a stream: a packet, or the reason why none will come any more.</summary>
/// <param name="Packet">The packet; null at the end.</param>
/// <param name="Fault">What is malformed; null when nothing is.</param>
/// <param name="Ended">How the stream ended; null when it did not.</param>
internal readonly record struct Received(Packet? Packet, string? Fault, string? Ended = null)
{
    public static Received End(string how) => new(null, null, how);
}
