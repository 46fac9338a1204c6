using System.Buffers;
using System.Text.Json;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>
/// Packs as SenML JSON (RFC 8428): base name <c>device/</c>, unit <c>Cel</c>, times in decimal seconds since 1970. Our own labels are
/// <c>epoch</c> and <c>seq</c> of the first record, <c>boot</c> (holds until stated again), <c>mono</c>, <c>clock_</c> and <c>q_</c>.
/// </summary>
public static class PackCodec
{
    /// <summary>Writes a pack in the form that <c>TryDecode</c> reads back as an equal pack.</summary>
    /// <exception cref="ArgumentException">
    /// The pack breaks a rule of the format (see <see cref="WireLimits"/>), so that no reader would accept it.
    /// <see cref="WireLimits.RecordsThatAlwaysFit"/> well-formed readings never exceed the size.
    /// </exception>
    public static byte[] Encode(Pack pack)
    {
        RequireConsistent(pack);
        var buffer = new ArrayBufferWriter<byte>(128 + (64 * pack.Readings.Count));
        using (var json = new Utf8JsonWriter(buffer))
        {
            new PackWriter(json, pack).Write();
        }

        // Reading it back costs a fraction of the transmission, and an unreadable pack would wait in the outbox for ever.
        if (!TryDecode(pack.Device, buffer.WrittenSpan, out _, out var error))
        {
            throw new ArgumentException($"the pack cannot be written: {error}", nameof(pack));
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads a pack that arrived on a topic of <paramref name="topicDevice"/>. When it is not acceptable as a whole, returns false and an
    /// error that names the record (the first is 1), the reason and the cure. Never throws for any content.
    /// </summary>
    /// <remarks>
    /// Times and values are rounded to whole thousandths, half away from zero, before a base is added. A label that is not known is
    /// skipped, unless it ends in an underscore: then it must be understood, and the pack is refused (RFC 8428 §4.4).
    /// </remarks>
    public static bool TryDecode(DeviceId topicDevice, ReadOnlySpan<byte> json, out Pack pack, out string error) =>
        TryDecode(topicDevice, json, out pack, out error, out _);

    /// <summary>Reads a pack as the other does, and names the device that it speaks of when that is why it is not acceptable.</summary>
    /// <param name="topicDevice">The device of the topic.</param>
    /// <param name="json">The message.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="error">What is wrong; empty when nothing is.</param>
    /// <param name="otherDevice">The device whose probe a record names although the topic is another's; null otherwise.</param>
    public static bool TryDecode(DeviceId topicDevice, ReadOnlySpan<byte> json, out Pack pack, out string error, out DeviceId? otherDevice)
    {
        var reader = new PackReader(topicDevice);
        error = reader.Read(json, out pack) ?? "";
        otherDevice = reader.OtherDevice;
        return error.Length == 0;
    }

    private static void RequireConsistent(Pack pack)
    {
        for (var i = 0; i < pack.Readings.Count; i++)
        {
            var reading = pack.Readings[i];
            var seq = pack.IsForeign ? 0 : pack.FirstSeq + i;
            if (reading.Key != new ReadingKey(pack.Device, pack.Epoch, seq))
            {
                throw new ArgumentException($"reading {i + 1} has the key {reading.Key}, not seq {seq} of the pack's device and epoch", nameof(pack));
            }

            if (reading.Probe.Device != pack.Device)
            {
                throw new ArgumentException($"reading {i + 1} is of probe {reading.Probe}, which is not on device {pack.Device}", nameof(pack));
            }

            if ((reading.Value is null ? 0 : 1) + (reading.State is null ? 0 : 1) + (reading.Fault is null ? 0 : 1) != 1)
            {
                throw new ArgumentException($"reading {i + 1} must have exactly one of value, state and fault", nameof(pack));
            }
        }
    }
}
