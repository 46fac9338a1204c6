using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// Two days of a device with a probe in each of two fridges, which moves in between, and of the one that takes its place. Half way its outbox
/// is lost, with rows that it had not delivered: said so by the next one, carried over in part, or told by nobody; and sometimes that of its heir too,
/// before it delivered anything. Everything follows from the seed.
/// </summary>
internal sealed record LostOutboxTrace(FleetHistory Fleet, IReadOnlyList<(DeviceId Device, UpKind Kind, byte[] Payload)> Messages, Instant Now)
{
    private const string ShortLived = "cccccccccccccccccccccccccccccccc";
    private static readonly DeviceId Moving = new("pi-001");
    private static readonly DeviceId Staying = new("pi-002");

    public static LostOutboxTrace Create(int seed)
    {
        var random = new Random(seed);
        var now = Instant.From(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1));
        var start = now - TimeSpan.FromDays(2);
        var lost = start + TimeSpan.FromHours(random.Next(20, 28));
        var moved = start + TimeSpan.FromHours(random.Next(16, 32));
        var old = Numbered(Some.Epoch, Samples(Moving, ["load", "deep"], start, lost, random), 1);
        var undelivered = old.Where(reading => reading.Key.Seq > old.Count - random.Next(2, 12) || (reading.Key.Seq is > 40 and < 55)).ToList();
        var carried = random.Next(2) == 0 ? undelivered.Take(random.Next(undelivered.Count + 1)).ToList() : [];
        var renewed = Numbered(Some.OtherEpoch, [.. carried, .. Samples(Moving, ["load", "deep"], lost + TimeSpan.FromMinutes(random.Next(1, 150)), now, random)], 1);
        var other = Numbered(Some.Epoch, Samples(Staying, ["load"], moved, now, random), 1);
        var previous = new PreviousOutbox(
            carried.Count > 0 ? Some.Epoch : null, SeqRanges.From(carried.Select(reading => reading.Key.Seq)), Unread: carried.Count == 0 && random.Next(2) == 0);
        return new LostOutboxTrace(
            IngestBench.FleetOf(TwoFridges.FleetWithMoveAt(moved.ToString())),
            [
                Heartbeat(JudgingServer.Heartbeat(Some.Epoch, old.Count)),
                .. Packs([.. old.Except(undelivered)], random),
                .. previous.Unread && random.Next(3) > 0 ? [Heartbeat(JudgingServer.Heartbeat(ShortLived, 0, previous: previous) with { At = lost.ToString() })] : Array.Empty<(DeviceId, UpKind, byte[])>(),
                Heartbeat(JudgingServer.Heartbeat(Some.OtherEpoch, renewed.Count, previous: random.Next(4) == 0 && carried.Count == 0 ? null : previous)),
                .. Packs(renewed, random),
                .. Packs(other, random),
            ],
            now);
    }

    private static List<Reading> Samples(DeviceId device, string[] probes, Instant from, Instant to, Random random)
    {
        var readings = new List<Reading>();
        for (var at = from; at < to;)
        {
            readings.Add(new Reading
            {
                Key = new ReadingKey(device, Some.Epoch, 1),
                Probe = new ProbeId(device, probes[random.Next(probes.Length)]),
                MeasuredAt = at,
                Value = Celsius.FromMilli(random.Next(12) == 0 ? 6500 : 4000 + random.Next(-2, 3) * 500),
            });
            at += TimeSpan.FromMinutes(random.Next(60) == 0 ? random.Next(20, 400) : random.Next(1, 8));
        }

        return readings;
    }

    private static List<Reading> Numbered(string epoch, IReadOnlyList<Reading> readings, long first) =>
        [.. readings.Select((reading, i) => reading with { Key = new ReadingKey(reading.Key.Device, epoch, first + i) })];

    private static (DeviceId, UpKind, byte[]) Heartbeat(Status status) => (Moving, UpKind.Status, ControlCodec.EncodeStatus(status));

    // A pack holds consecutive numbers.
    private static List<(DeviceId Device, UpKind Kind, byte[] Payload)> Packs(List<Reading> readings, Random random)
    {
        var packs = new List<(DeviceId, UpKind, byte[])>();
        for (var from = 0; from < readings.Count;)
        {
            var most = random.Next(1, 40);
            var pack = readings.Skip(from).TakeWhile((reading, i) => i < most && reading.Key.Seq == readings[from].Key.Seq + i).ToList();
            packs.Add((pack[0].Key.Device, random.Next(2) == 0 ? UpKind.Live : UpKind.Backfill, PackCodec.Encode(new Pack(pack[0].Key.Device, pack[0].Key.Epoch, pack))));
            from += pack.Count;
        }

        return packs;
    }
}
