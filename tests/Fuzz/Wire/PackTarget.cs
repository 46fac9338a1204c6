using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Fuzz.Tests.Engine;

namespace ColdChain.Fuzz.Tests.Wire;

/// <summary>Packs of readings as SenML: read or refused in words, written back as the same, and read as another JSON reader does.</summary>
internal sealed class PackTarget : FuzzTarget
{
    private static readonly DeviceId Device = new("pi-7");

    public override string Name => "pack";

    public override IReadOnlyList<byte[]> Words => WireWords.OfPacks;

    public override int LengthMax => WireLimits.BytesMax + 1024;

    public override long AllocationMax => 4 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants => WireWords.Giants;

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    private static string Feed(byte[] input)
    {
        if (!PackCodec.TryDecode(Device, input, out var pack, out var error))
        {
            ErrorText.RequireReasonAndCure(error, "; ");
            return WireWords.Answer(error);
        }

        OtherReader.RequireSameReadings(input, pack);
        foreach (var part in pack.Readings.Chunk(WireLimits.RecordsThatAlwaysFit))
        {
            RequireRoundTrip(pack with { Readings = part });
        }

        var (first, last) = (pack.Readings[0], pack.Readings[^1]);
        return $"read{(pack.IsForeign ? ", foreign" : "")}: {Kind(first)} to {Kind(last)}";
    }

    private static void RequireRoundTrip(Pack pack)
    {
        var bytes = PackCodec.Encode(pack);
        if (!PackCodec.TryDecode(Device, bytes, out var again, out var error) || !again.Equals(pack))
        {
            throw new InvalidOperationException($"the pack is another one after writing and reading it back {error}");
        }
    }

    private static string Kind(Reading reading) => string.Concat(
        reading.State is { } state ? state ? "on" : "off" : reading.Value is null ? "fault" : reading.Value.Value.Milli < 0 ? "below zero" : "value",
        reading.RawFrame is null ? "" : " framed",
        reading.MeasuredAt is null ? " unset" : "",
        reading.Boot is null ? "" : " boot",
        reading.Mono is null ? "" : " mono");
}
