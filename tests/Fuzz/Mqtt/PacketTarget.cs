using System.Buffers;
using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Packets;
using ColdChain.Tests.Shared;

namespace ColdChain.Fuzz.Tests.Mqtt;

/// <summary>Bytes to packets: a packet, a fault in words or "more", the same however the bytes are cut, and written back as the same.</summary>
internal sealed class PacketTarget : FuzzTarget
{
    private const int PacketSizeMax = 64 * 1024;

    public override string Name => "mqtt-packets";

    public override IReadOnlyList<byte[]> Words => MqttWords.All;

    public override long AllocationMax => 2 * 1024 * 1024;

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    private static string Feed(byte[] input)
    {
        var answers = new List<string>();
        var rest = new ReadOnlySequence<byte>(input);
        while (true)
        {
            var decoding = PacketDecoder.Decode(rest, PacketSizeMax);
            if (answers.Count == 0)
            {
                RequireSameInPieces(rest, decoding);
            }

            if (decoding.Packet is not { } packet)
            {
                answers.Add(decoding.Fault ?? "more");
                break;
            }

            RequireRoundTrip(packet);
            answers.Add(packet.GetType().Name);
            rest = rest.Slice(decoding.Consumed);
        }

        if (answers[^1] is not "more" and var fault)
        {
            ErrorText.RequirePlain(fault);
        }

        return string.Join(' ', answers);
    }

    // A prefix may be too short to say anything; what it says, it says for good.
    private static void RequireSameInPieces(ReadOnlySequence<byte> bytes, Decoding whole)
    {
        foreach (var cut in new[] { 1, 2, bytes.Length / 2, bytes.Length - 1 })
        {
            if (cut <= 0 || cut >= bytes.Length)
            {
                continue;
            }

            var prefix = PacketDecoder.Decode(bytes.Slice(0, cut), PacketSizeMax);
            var inTwo = PacketDecoder.Decode(TwoPieces.Of(bytes.ToArray(), (int)cut), PacketSizeMax);
            if ((!prefix.NeedsMore && !IsSame(prefix, whole)) || !IsSame(inTwo, whole))
            {
                throw new InvalidOperationException($"cut at {cut}, it is '{Shown(prefix)}' and '{Shown(inTwo)}' instead of '{Shown(whole)}'");
            }
        }
    }

    private static bool IsSame(Decoding one, Decoding other) => one.Fault == other.Fault && one.Consumed == other.Consumed && Shown(one) == Shown(other);

    private static string Shown(Decoding decoding) =>
        decoding.Packet is { } packet ? Convert.ToHexString(MqttWords.Encode(packet)) : decoding.Fault ?? "more";

    private static void RequireRoundTrip(Packet packet)
    {
        var bytes = MqttWords.Encode(packet);
        var again = PacketDecoder.Decode(new ReadOnlySequence<byte>(bytes), PacketSizeMax);
        if (again.Packet is not { } same || same.GetType() != packet.GetType() || !MqttWords.Encode(same).AsSpan().SequenceEqual(bytes))
        {
            throw new InvalidOperationException($"written back, {packet} is {Shown(again)}");
        }
    }
}
