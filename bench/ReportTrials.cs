using System.Diagnostics;
using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Core.Rules;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Bench;

/// <summary>
/// What a report of a site takes: a store is filled with a year of some storage units, two probes each, one sample every five minutes; then the report of
/// its first month and that of the year are made. Their memory must be alike.
/// </summary>
internal static class ReportTrials
{
    private const string Site = "site";
    private const int Year = 2025;
    private const int PackLength = 60;
    private const string Epoch = "0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(string[] args)
    {
        var units = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
        var folder = Directory.CreateTempSubdirectory("coldchain-bench-").FullName;
        try
        {
            await using var store = RecordStore.Open(Path.Combine(folder, "record.db"), TimeProvider.System);
            var fleet = new FleetView { Current = Fleet(units) };
            var readings = await FillAsync(store, fleet.Current);
            Say($"{readings} readings of {units} storage units in {new FileInfo(Path.Combine(folder, "record.db")).Length / (1 << 20)} MiB");
            var maker = new ReportMaker(store, fleet, PackSpans.Always(RulePackFolder.Read(RulePackFolder.Default)), TimeProvider.System);
            Measure(maker, $"SI-{Site}_{Year}-01");
            Measure(maker, $"SI-{Site}_{Year}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(ReportMaker maker, string text)
    {
        if (!ReportNumber.TryParse(text, out var number))
        {
            throw new FormatException(text);
        }

        GC.Collect();
        var before = Environment.WorkingSet;
        var most = before;
        using var watch = TimeProvider.System.CreateTimer(_ => most = Math.Max(most, Environment.WorkingSet), null, LookEvery, LookEvery);
        var began = Stopwatch.GetTimestamp();
        var content = maker.Make(number, _ => { }, CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(began);
        var received = content.Units.Sum(unit => unit.Probes.Sum(probe => (long)probe.Figures.Received));
        Say($"{text}: {received} samples in {took.TotalSeconds:0.0} s, {received / took.TotalSeconds / 1_000_000:0.00} M/s; working set {before / (1 << 20)} MiB before, {most / (1 << 20)} MiB at most; its JSON has {ReportJson.Write(content).Length / 1024} KiB");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static FleetHistory Fleet(int units)
    {
        var site = new Site(Site, "Site", TimeZoneInfo.Utc);
        var from = Instant.From(new DateTimeOffset(Year, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return new FleetHistory(
            [site],
            [.. Enumerable.Range(0, units).Select(number => new Device(DeviceOf(number), Site, IsForeign: false))],
            [
                .. Enumerable.Range(0, units).Select(number => new StorageUnit(
                    new StorageUnitId($"unit-{number:000}"),
                    $"Unit {number}",
                    Site,
                    StorageUnitKind.Refrigerator,
                    [
                        new UnitPeriod(
                            from, Instant.End, "eu-edqm", ["RBC"], StorageContext.Storage,
                            [new FleetProbe(new ProbeId(DeviceOf(number), "load"), ProbeRole.Load, 0), new FleetProbe(new ProbeId(DeviceOf(number), "air"), ProbeRole.Air, 0)]),
                    ])),
            ],
            []);
    }

    private static async Task<long> FillAsync(RecordStore store, FleetHistory fleet)
    {
        var readings = 0L;
        foreach (var unit in fleet.Units)
        {
            var packs = PacksOf(unit);
            readings += packs.Sum(pack => pack.LastSeq - pack.FirstSeq + 1);
            await store.WriteAsync(WritePriority.Reading, transaction => packs.ForEach(pack => PackStore.Insert(transaction, pack)), CancellationToken.None);
        }

        return readings;
    }

    private static List<PackRow> PacksOf(StorageUnit unit)
    {
        var (device, from) = (unit.History[0].Probes[0].Id.Device, unit.History[0].From);
        var samples = (int)(TimeSpan.FromDays(365) / Interval);
        return
        [
            .. Enumerable.Range(0, samples * 2).Chunk(PackLength).Select(numbers =>
            {
                var readings = numbers.Select(number => new Reading
                {
                    Key = new ReadingKey(device, Epoch, number + 1),
                    Probe = unit.History[0].Probes[number % 2].Id,
                    MeasuredAt = from + (number / 2 * Interval),
                    Value = Celsius.FromMilli(4_000 + (number * 7919 % 500)),
                }).ToList();
                var bytes = PackCodec.Encode(new Pack(device, Epoch, readings));
                return new PackRow
                {
                    Device = device, Epoch = Epoch, FirstSeq = readings[0].Key.Seq, LastSeq = readings[^1].Key.Seq, Accepted = SeqRanges.Empty.Add(readings[0].Key.Seq, readings[^1].Key.Seq),
                    MinAt = readings[0].MeasuredAt, MaxAt = readings[^1].MeasuredAt, Received = readings[^1].MeasuredAt!.Value, Lane = "live", Bytes = bytes, Sha256 = System.Security.Cryptography.SHA256.HashData(bytes),
                };
            }),
        ];
    }

    private static DeviceId DeviceOf(int number) => new(string.Create(CultureInfo.InvariantCulture, $"pi-{number:000}"));
}
