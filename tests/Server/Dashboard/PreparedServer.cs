using System.Net;
using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Dashboard;

/// <summary>A real server on free ports over a store that holds the last day of some units, judged up to now.</summary>
internal sealed class PreparedServer : IAsyncDisposable
{
    private const string Epoch = "00112233445566778899aabbccddeeff";
    private const int PackMax = 400;

    private readonly TempFolder _folder;
    private readonly ServerApp _app;

    private PreparedServer(TempFolder folder, ServerApp app, Instant start)
    {
        (_folder, _app, Start) = (folder, app, start);
        Client = new HttpClient { BaseAddress = app.Address };
    }

    public HttpClient Client { get; }

    public RecordStore Store => _app.Store;

    /// <summary>The "now" of the measurements.</summary>
    public Instant Start { get; }

    public static async Task<PreparedServer> StartAsync(params IReadOnlyList<PreparedUnit> units)
    {
        var (folder, now) = (new TempFolder(), Instant.Now(TimeProvider.System));
        await File.WriteAllTextAsync(folder.File("fleet.yaml"), PreparedFleet.File(units, now - TimeSpan.FromMinutes(PreparedFleet.MinutesBack)));
        await using (var store = RecordStore.Open(folder.File("record.db"), TimeProvider.System))
        {
            await store.WriteAsync(WritePriority.Reading, transaction => Prepare(transaction, units, now), CancellationToken.None);
        }

        var options = new ServerOptions
        {
            DataFolder = folder.File(""),
            FleetFile = folder.File("fleet.yaml"),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
        };
        var app = await ServerApp.StartAsync(options, TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Warning), CancellationToken.None);
        var server = new PreparedServer(folder, app, now);
        await server.JudgedAsync();
        return server;
    }

    /// <summary>Adds a measurement of a unit, as ingest would.</summary>
    public async Task MeasureAsync(PreparedUnit unit, string celsius)
    {
        Celsius.TryParse(celsius, out var value).Should().BeTrue();
        await Store.WriteAsync(WritePriority.Reading, transaction => Append(transaction, unit, [("load", Instant.Now(TimeProvider.System), value)]), CancellationToken.None);
        await JudgedAsync();
    }

    /// <summary>Some units' devices, or a whole site, fall silent since their last measurement.</summary>
    public Task SilenceAsync(string? site, params PreparedUnit[] units) => Store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var lastWords = StreamStore.LastReceived(transaction);
            var since = units.Max(unit => lastWords[new DeviceId(unit.Device)]);
            if (site is not null)
            {
                SilenceStore.Save(transaction, new SilenceRow(SilenceScope.Site, site, site, since, Start, SilenceTold.Itself, null));
            }

            foreach (var unit in units)
            {
                var told = site is null ? SilenceTold.Itself : SilenceTold.WithSite;
                SilenceStore.Save(transaction, new SilenceRow(SilenceScope.Device, unit.Device, unit.Site, lastWords[new DeviceId(unit.Device)], Start, told, null));
            }
        },
        CancellationToken.None);

    public async Task<string> PageAsync(string path)
    {
        var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Waits until nothing is left to judge.</summary>
    private async Task JudgedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (Store.Read(MarkStore.Pending).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
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

    private static void Append(StoreTransaction transaction, PreparedUnit unit, IReadOnlyList<(string Probe, Instant At, Celsius Value)> measured)
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
}
