using System.Net;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge;
using ColdChain.Edge.Outbox;
using ColdChain.EndToEnd.Tests.Upgrade;
using ColdChain.Hosting.Clocks;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.EndToEnd.Tests.Lies;

/// <summary>
/// The real agent finds out that its outbox is a copy, and is killed at each write that leaving the epoch makes: the outbox is then of the
/// old epoch or of the new one, and has every row that was not acknowledged.
/// </summary>
[Trait("Needs", "strace")]
public sealed class KilledWhileLeavingTests : IDisposable
{
    private const int CallsMax = 300;
    private const int OwnRows = 40;
    private static readonly DeviceId Device = new("pi-1");
    private static readonly Instant Start = Instant.Now(TimeProvider.System);

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("outbox.db");

    [Fact]
    public async Task Agent_KilledAtAnyWriteOfLeaving_LosesNoRow()
    {
        await using var server = await StartServerAsync();
        var image = _folder.File("image.db");
        var epoch = await MakeCopyAsync(server, image);
        var edge = WriteConfig(server);

        // First each sync: at the entry of the last one everything is written, and the new epoch counts already. Then each write, and at the
        // latest that last sync.
        var syncs = await FirstNewAsync(number => [("fsync", number)], image, epoch, edge);
        var writes = await FirstNewAsync(number => [("pwrite64", number), ("fsync", syncs)], image, epoch, edge);

        (syncs, writes).Should().Match<(int Syncs, int Writes)>(first => first.Syncs > 1 && first.Writes > 5, "the first kills come before anything is written");
    }

    /// <summary>Kills at the first call, the second, and so on, until the outbox is of a new epoch; gives the number of that call.</summary>
    private async Task<int> FirstNewAsync(Func<int, (string Call, int Number)[]> kills, string image, string epoch, string config)
    {
        var own = Outstanding(image).Rows;
        own.Should().HaveCount(OwnRows);
        for (var number = 1; number <= CallsMax; number++)
        {
            DatabaseCopy.Make(image, Path);
            await KilledStart.RunAsync(Path, kills(number), "dotnet", System.IO.Path.Combine(AppContext.BaseDirectory, "ColdChain.Edge.dll"), "--config", config);

            var (found, rows) = Outstanding(Path);
            rows.IsSupersetOf(own).Should().BeTrue($"killed at call {number}, the outbox of {(found == epoch ? "the old" : "a new")} epoch has all rows");
            if (found != epoch)
            {
                return number;
            }
        }

        throw new InvalidOperationException($"The epoch was not left after {CallsMax} calls.");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ServerApp> StartServerAsync()
    {
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), $$"""
            sites: [{id: site, name: Site, zone: UTC}]
            devices: [{id: {{Device}}, site: site}]
            storage-units:
              - id: fridge
                name: Fridge
                site: site
                kind: refrigerator
                history: [{from: {{Start}}, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{Device}}/load, role: load}]}]
            """);
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        var server = await ServerApp.StartAsync(
            new ServerOptions { DataFolder = _folder.File("data"), FleetFile = _folder.File("fleet.yaml"), Http = loopback, Mqtt = loopback },
            TimeProvider.System,
            _ => { },
            CancellationToken.None);
        server.Devices.Set(Device, "secret");
        return server;
    }

    /// <summary>A card whose twin delivered a hundred readings, and which has measured forty of its own under their numbers.</summary>
    private async Task<string> MakeCopyAsync(ServerApp server, string image)
    {
        var original = _folder.File("original.db");
        string epoch;
        using (var outbox = Open(original))
        {
            epoch = outbox.Epoch;
        }

        DatabaseCopy.Make(original, image);
        using (var outbox = Open(original))
        {
            outbox.Append(Measured(0, 100));
            await DeliverAsync(server, outbox);
        }

        using (var outbox = Open(image))
        {
            outbox.Append(Measured(500, OwnRows));
        }

        return epoch;
    }

    private static async Task DeliverAsync(ServerApp server, SqliteOutbox outbox)
    {
        var options = new MqttClientOptions
        {
            Host = "127.0.0.1", Port = server.MqttAddress.Port, ClientId = Device.Value, UserName = Device.Value, Password = "secret"u8.ToArray(),
        };
        await using var client = await MqttClient.ConnectAsync(options, (_, _) => Task.CompletedTask, TimeProvider.System, CancellationToken.None);
        var pack = new Pack(Device, outbox.Epoch, outbox.Unacknowledged(SeqRanges.Empty, 1000));
        await client.PublishAsync(new MqttMessage(Topics.Up(Device, UpKind.Backfill), PackCodec.Encode(pack)), CancellationToken.None);
        await Eventually.HoldsAsync(
            () => server.Store.Read(session => Server.Store.StreamStore.Find(session, Device, outbox.Epoch))?.Held.Last == 100, "the twin's readings are stored");
    }

    // The probe is read once an hour: what the agent writes is about the epoch.
    private string WriteConfig(ServerApp server)
    {
        File.WriteAllText(_folder.File("secret"), "secret");
        File.WriteAllText(_folder.File("edge.yaml"), $$"""
            device: {{Device}}
            broker: {host: 127.0.0.1, port: {{server.MqttAddress.Port}}, tls: false, user: {{Device}}, passwordFile: {{_folder.File("secret")}}}
            outbox: {path: {{Path}}}
            clock:
              trust: always
            probes:
              - {id: load, kind: simulated, model: blood-fridge, unit: fridge, role: load, intervalSeconds: 3600}
            """);
        return _folder.File("edge.yaml");
    }

    private static (string Epoch, HashSet<(Instant?, Celsius?)> Rows) Outstanding(string path)
    {
        using var outbox = Open(path);
        var rows = outbox.Unacknowledged(SeqRanges.Empty, 1000);
        return (outbox.Epoch, [.. rows.Select(row => (row.MeasuredAt, row.Value))]);
    }

    private static SqliteOutbox Open(string path) => SqliteOutbox.Open(path, Device, DeviceClock.ThisDevice(TimeProvider.System, new AssumedClock()), NullLogger.Instance);

    private static IReadOnlyList<Measurement> Measured(int fromSecond, int count) =>
    [
        .. Enumerable.Range(fromSecond, count).Select(second => new Measurement(
            new ProbeId(Device, "load"), Start + TimeSpan.FromSeconds(second - 600), Celsius.FromMilli(4000 + second), null, null, null, null)),
    ];
}
