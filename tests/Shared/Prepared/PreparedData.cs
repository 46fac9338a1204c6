using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Tests.Shared.Prepared;

/// <summary>The data folder of a server that has heard some units for a day.</summary>
internal static class PreparedData
{
    private const string Epoch = "00112233445566778899aabbccddeeff";
    private const int PackMax = 400;

    /// <summary>Writes fleet file and record store into a folder, as if everything had come just before an instant.</summary>
    /// <returns>The path of the fleet file.</returns>
    public static async Task<string> WriteAsync(string folder, IReadOnlyList<PreparedUnit> units, Instant now)
    {
        var fleet = Path.Combine(folder, "fleet.yaml");
        await File.WriteAllTextAsync(fleet, PreparedFleet.File(units, now - TimeSpan.FromMinutes(PreparedFleet.MinutesBack)));
        await using var store = RecordStore.Open(Path.Combine(folder, "record.db"), TimeProvider.System);
        await store.WriteAsync(WritePriority.Reading, transaction => Prepare(transaction, units, now), CancellationToken.None);
        return fleet;
    }

    /// <summary>Adds measurements of a unit, as ingest would.</summary>
    public static void Append(StoreTransaction transaction, PreparedUnit unit, IReadOnlyList<(string Probe, Instant At, Celsius Value)> measured)
    {
        var device = new DeviceId(unit.Device);
        var stream = StreamStore.Find(transaction, device, Epoch)
            ?? new StreamRow { Device = device, Epoch = Epoch, FirstReceived = measured[0].At, LastReceived = measured[0].At };
        var first = stream.Held.IsEmpty ? 1 : stream.Held.Last + 1;
        var readings = measured.Select((item, place) => new Reading
        {
            Key = new ReadingKey(device, Epoch, first + place),
            Probe = new ProbeId(device, item.Probe),
            MeasuredAt = item.At,
            Value = item.Value,
        }).ToList();
        var (seqs, bytes) = (SeqRanges.Of(first, first + readings.Count - 1), PackCodec.Encode(new Pack(device, Epoch, readings)));
        PackStore.Insert(transaction, new PackRow
        {
            Device = device,
            Epoch = Epoch,
            FirstSeq = first,
            LastSeq = first + readings.Count - 1,
            Accepted = seqs,
            MinAt = measured[0].At,
            MaxAt = measured[^1].At,
            Received = measured[^1].At,
            Lane = "live",
            Bytes = bytes,
            Sha256 = SHA256.HashData(bytes),
        });
        StreamStore.Save(transaction, stream with { Held = stream.Held.Union(seqs), LastReceived = measured[^1].At, LatestAt = measured[^1].At });
        MarkStore.Append(transaction, new StorageUnitId(unit.Id), measured[0].At, measured[^1].At);
    }

    private static void Prepare(StoreTransaction transaction, IReadOnlyList<PreparedUnit> units, Instant now)
    {
        foreach (var unit in units)
        {
            var measured =
                from minutes in Enumerable.Range(0, (PreparedFleet.MinutesBack / 2) + 1).Reverse().Select(step => step * 2)
                from probe in new (string Name, int? Milli)[] { ("load", unit.Load(minutes)), ("air", unit.Air(minutes)) }
                let milli = probe.Milli
                where milli is not null
                select (probe.Name, now - TimeSpan.FromMinutes(minutes), Celsius.FromMilli(milli ?? 0));
            foreach (var chunk in measured.Chunk(PackMax))
            {
                Append(transaction, unit, chunk);
            }
        }
    }
}
