using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests;

/// <summary>Any valid value, with only what matters to the test stated.</summary>
internal static class Some
{
    public static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public static readonly ProbeId Probe = new(new DeviceId("pi-1"), "load");

    public static Reading Reading(Instant at, int milli, long seq = 1, ProbeId? probe = null, string epoch = "0123456789abcdef0123456789abcdef") => new()
    {
        Key = new ReadingKey((probe ?? Probe).Device, epoch, seq),
        Probe = probe ?? Probe,
        MeasuredAt = at,
        Value = Celsius.FromMilli(milli),
    };

    public static ProbeRule Rule(int? low = 2000, int? high = 6000) => new()
    {
        Low = low is { } l ? Celsius.FromMilli(l) : null,
        High = high is { } h ? Celsius.FromMilli(h) : null,
    };

    /// <summary>A stretch from a minute to a minute after noon, whose end a sample showed.</summary>
    public static Stretch Stretch(double from, double to, Side side = Side.High, int peak = 0, long twiceArea = 0) => new()
    {
        Start = Noon + TimeSpan.FromMinutes(from),
        Side = side,
        End = Noon + TimeSpan.FromMinutes(to),
        EndReason = EndReason.InRange,
        LastKnown = Noon + TimeSpan.FromMinutes(to),
        SettledAt = Noon + TimeSpan.FromMinutes(to),
        PeakMilli = peak,
        TwiceArea = twiceArea,
        Rule = Rule(),
    };
}
