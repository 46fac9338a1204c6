using System.Globalization;
using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Ingest;

/// <summary>Valid values of which a test states only what it is about.</summary>
internal static class Some
{
    public const string Epoch = "0123456789abcdef0123456789abcdef";
    public const string OtherEpoch = "fedcba9876543210fedcba9876543210";

    /// <summary>An instant in the past, whatever the machine's clock says.</summary>
    public static readonly Instant Start = At("2026-01-05T08:00:00Z");

    public static readonly DeviceId Device = new("pi-001");

    public static readonly ProbeId Probe = new(Device, "load");

    public static Instant At(string text) => Instant.TryParse(text, out var instant) ? instant : throw new FormatException(text);

    public static Celsius Degrees(string text) => Celsius.TryParse(text, out var value) ? value : throw new FormatException(text);

    /// <summary>A reading; by default one a minute, at 4 °C and a thousandth for each seq.</summary>
    public static Reading Reading(long seq, string? celsius = null, string epoch = Epoch, ProbeId? probe = null, Instant? at = null)
    {
        var value = celsius ?? (4 + (seq / 1000m)).ToString(CultureInfo.InvariantCulture);
        return new Reading
        {
            Key = new ReadingKey((probe ?? Probe).Device, epoch, seq),
            Probe = probe ?? Probe,
            MeasuredAt = at ?? Start + TimeSpan.FromMinutes(seq),
            Value = Degrees(value),
        };
    }

    public static Pack Pack(long first, long last, string epoch = Epoch, ProbeId? probe = null) => new(
        (probe ?? Probe).Device, epoch, [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Reading(first + i, epoch: epoch, probe: probe))]);

    public static Pack PackOf(params Reading[] readings) => new(readings[0].Key.Device, readings[0].Key.Epoch, readings);

    /// <summary>A pack as the store keeps it, accepted whole.</summary>
    public static PackRow PackRow(Pack pack) => new()
    {
        Device = pack.Device,
        Epoch = pack.Epoch,
        FirstSeq = pack.FirstSeq,
        LastSeq = pack.LastSeq,
        Accepted = SeqRanges.Of(pack.FirstSeq, pack.LastSeq),
        MinAt = pack.Readings.Min(reading => reading.MeasuredAt),
        MaxAt = pack.Readings.Max(reading => reading.MeasuredAt),
        Received = Start,
        Lane = "live",
        Bytes = PackCodec.Encode(pack),
        Sha256 = SHA256.HashData(PackCodec.Encode(pack)),
    };

    public static Status Status(string epoch = Epoch, IReadOnlyList<Gone>? gone = null, string? foreignStore = null) =>
        new(epoch, "2026-01-05T08:00:00.000Z", "boot-1", 1000, 0, 0, 0, 1_000_000, "edge 0.1.0", gone ?? [], foreignStore);
}
