using System.Text;
using ColdChain.Core.Wire;
using ColdChain.Fuzz.Tests.Engine;

namespace ColdChain.Fuzz.Tests.Wire;

/// <summary>Acknowledgements, which the edge obeys.</summary>
internal sealed class AckTarget : FuzzTarget
{
    public override string Name => "ack";

    public override IReadOnlyList<byte[]> Words => WireWords.OfControl;

    public override int LengthMax => WireLimits.BytesMax + 1024;

    public override long AllocationMax => 16 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants =>
    [
        .. WireWords.Giants,
        Ack(string.Join(',', Enumerable.Range(1, 10_000).Select(number => $"{2 * number}")), ""),
        Ack("", string.Join(',', Enumerable.Range(1, 100).Select(number => $$"""{"seq":{{number}},"reason":"{{new string('é', 200)}}"}"""))),
        Ack("", string.Join(',', Enumerable.Range(1, 100).Select(number => $$"""{"seq":{{number}},"reason":"{{new string('"', 100).Replace("\"", "\\\"", StringComparison.Ordinal)}}"}"""))),
    ];

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    private static string Feed(byte[] input)
    {
        if (!ControlCodec.TryDecodeAck(input, out var ack, out var error))
        {
            ErrorText.RequireReasonAndCure(error, "; ");
            return WireWords.Answer(error);
        }

        var covered = ack.Covered();
        if (!ControlCodec.TryDecodeAck(ControlCodec.EncodeAck(ack), out var again, out error) || !IsSame(ack, again) || !again.Covered().Equals(covered))
        {
            throw new InvalidOperationException($"the acknowledgement is another one after writing and reading it back {error}");
        }

        return $"read{(ack.Ranges.IsEmpty ? "" : ", ranges")}{(ack.Refused.Count > 0 ? ", refused" : "")}{(ack.Head.Length > 0 ? ", head" : "")}";
    }

    private static bool IsSame(Ack one, Ack other) =>
        one with { Refused = [] } == other with { Refused = [] }
        && one.Refused.SequenceEqual(other.Refused);

    private static byte[] Ack(string ranges, string refused) => Encoding.UTF8.GetBytes(
        $$"""{"store":"s","epoch":"0123456789abcdef0123456789abcdef","upTo":0,"ranges":"{{ranges}}","refused":[{{refused}}],"head":""}""");
}
