using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// A day and a half of a device that is started anew now and then, whose clock is set only some time after each start, and set wrong by hand and put right in
/// between: what it says of that, and what it would have said with a good clock. Everything follows from the seed.
/// </summary>
internal sealed record ClockTrace(IReadOnlyList<byte[]> Packs, IReadOnlyList<byte[]> GoodPacks, IReadOnlyList<byte[]> Heartbeats, Instant Now, long Undated)
{
    public static ClockTrace Create(int seed)
    {
        var random = new Random(seed);
        var start = Some.Start;
        var (at, truth, said, heartbeats) = (start, new List<Reading>(), new List<Reading>(), new List<byte[]>());
        var anchors = new List<ClockAnchor>();
        for (var boot = 1; boot <= random.Next(2, 5); boot++)
        {
            var (name, booted) = ($"boot-{boot}", at);
            var setAt = booted + TimeSpan.FromMinutes(random.Next(0, 180));
            var end = booted + TimeSpan.FromMinutes(random.Next(240, 600));
            var (wrongFrom, wrongFor) = (setAt + TimeSpan.FromMinutes(random.Next(10, 200)), TimeSpan.FromMinutes(random.Next(0, 60)));
            heartbeats.Add(Heartbeat(name, 0, truth.Count, anchors));
            for (; at < end; at += TimeSpan.FromMinutes(random.Next(1, 8)))
            {
                var reading = Sample(truth.Count + 1, at, name, booted, random);
                var isTrusted = at >= setAt && !(at >= wrongFrom && at < wrongFrom + wrongFor);
                truth.Add(reading);
                said.Add(isTrusted ? reading : reading with { MeasuredAt = null });
            }

            anchors.Add(new ClockAnchor(name, Mono(booted, setAt), setAt, random.Next(0, 1000)));
            heartbeats.Add(Heartbeat(name, Mono(booted, at), truth.Count, anchors));
            at += TimeSpan.FromMinutes(random.Next(1, 200)); // The power is out.
        }

        var packs = random.Next(5, 30);
        return new ClockTrace(Encoded(said, packs), Encoded(truth, packs), heartbeats, at, said.Count(reading => reading.MeasuredAt is null));
    }

    private static Reading Sample(long seq, Instant at, string boot, Instant booted, Random random) => new()
    {
        Key = new ReadingKey(Some.Device, Some.Epoch, seq),
        Probe = Some.Probe,
        MeasuredAt = at,
        Value = Celsius.FromMilli(random.Next(10) == 0 ? 6500 : 4000 + random.Next(-2, 3) * 500),
        Boot = boot,
        Mono = Mono(booted, at),
    };

    private static long Mono(Instant booted, Instant at) => (at - booted).Ticks / TimeSpan.TicksPerMillisecond;

    private static byte[] Heartbeat(string boot, long mono, long lastSeq, IReadOnlyList<ClockAnchor> anchors) => ControlCodec.EncodeStatus(
        new Status(Some.Epoch, null, boot, mono, lastSeq, 0, 0, 1, "test", [], null) { Anchors = [.. anchors] });

    private static List<byte[]> Encoded(List<Reading> readings, int perPack) =>
        [.. readings.Chunk(perPack).Select(chunk => PackCodec.Encode(new Pack(Some.Device, Some.Epoch, chunk)))];
}
