using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Uplink;

/// <summary>Readings under both limits of a pack.</summary>
internal static class PackBuilder
{
    /// <summary>A pack of the first readings, as many as fit. There must be at least one, with consecutive numbers.</summary>
    public static (Pack Pack, byte[] Payload) Build(IReadOnlyList<Reading> readings, int bytesMax)
    {
        var key = readings[0].Key;
        for (var count = readings.Count; ; count = (count + 1) / 2)
        {
            var pack = new Pack(key.Device, key.Epoch, [.. readings.Take(count)]);
            var payload = PackCodec.Encode(pack);
            if (payload.Length <= bytesMax || count == 1)
            {
                return (pack, payload);
            }
        }
    }
}
