using ColdChain.Core.Wire;
using ColdChain.Fuzz.Tests.Engine;

namespace ColdChain.Fuzz.Tests.Wire;

/// <summary>Heartbeats, which declare rows lost.</summary>
internal sealed class StatusTarget : FuzzTarget
{
    public override string Name => "status";

    public override IReadOnlyList<byte[]> Words => WireWords.OfControl;

    public override int LengthMax => WireLimits.BytesMax + 1024;

    public override long AllocationMax => 4 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants => WireWords.Giants;

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    private static string Feed(byte[] input)
    {
        if (!ControlCodec.TryDecodeStatus(input, out var status, out var error))
        {
            ErrorText.RequireReasonAndCure(error, "; ");
            return WireWords.Answer(error);
        }

        if (!ControlCodec.TryDecodeStatus(ControlCodec.EncodeStatus(status), out var again, out error) || !IsSame(status, again))
        {
            throw new InvalidOperationException($"the heartbeat is another one after writing and reading it back {error}");
        }

        return $"read{(status.At is null ? "" : ", at")}{(status.Gone.Count > 0 ? ", gone" : "")}{(status.ForeignStore is null ? "" : ", foreign store")}";
    }

    // A record with its list set apart, for lists are compared by what they hold.
    private static bool IsSame(Status one, Status other) => one with { Gone = [] } == other with { Gone = [] } && one.Gone.SequenceEqual(other.Gone);
}
