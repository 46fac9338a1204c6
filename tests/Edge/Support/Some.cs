using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Outbox;
using ColdChain.Hosting.Clocks;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Edge.Tests.Support;

/// <summary>Ordinary values, where the test does not care which.</summary>
internal static class Some
{
    public static readonly DeviceId Device = new("fridge-7");
    public static readonly ProbeId Load = new(Device, "load");
    public static readonly ProbeId Air = new(Device, "air");
    public static readonly Instant Noon = new(1_795_348_800_000); // 2026-11-22T12:00:00Z

    public static DeviceClock Clock(TimeProvider? time = null) => new(time ?? TimeProvider.System, "boot-1", new AssumedClock(), DeviceClock.DefaultFloor);

    public static SqliteOutbox Outbox(string path, TimeProvider? time = null) =>
        SqliteOutbox.Open(path, Device, Clock(time), NullLogger.Instance);

    public static Measurement Measurement(int milli = 4000, Instant? at = null) =>
        new(Load, at ?? Noon, Celsius.FromMilli(milli), null, null, null, null);

    public static IReadOnlyList<Measurement> Measurements(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Measurement(4000 + i, Noon + TimeSpan.FromSeconds(i)))];

    public static Ack Ack(SqliteOutbox outbox, string covered, string store = "store-1", params RefusedReading[] refused) =>
        new(store, outbox.Epoch, 0, Ranges(covered), refused, "");

    public static SeqRanges Ranges(string text)
    {
        SeqRanges.TryParse(text, out var ranges).Should().BeTrue();
        return ranges;
    }
}
