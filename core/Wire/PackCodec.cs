using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>Packs as SenML JSON (RFC 8428). See docs/mqtt.md for the labels.</summary>
public static class PackCodec
{
    /// <summary>Writes a pack.</summary>
    public static byte[] Encode(Pack pack) => throw new InvalidOperationException("being written");

    /// <summary>
    /// Reads a pack that arrived on a topic of <paramref name="topicDevice"/>. When it is not acceptable as a whole, returns false and an
    /// error that names the thing, the reason and the cure.
    /// </summary>
    public static bool TryDecode(DeviceId topicDevice, ReadOnlySpan<byte> json, out Pack pack, out string error) =>
        throw new InvalidOperationException("being written");
}
