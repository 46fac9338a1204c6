using System.Net;
using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.EndToEnd.Tests.Silence;
using ColdChain.Edge;
using ColdChain.Edge.Outbox;
using ColdChain.Hosting.Clocks;
using ColdChain.Server;
using ColdChain.Server.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.EndToEnd.Tests.Lies;

/// <summary>A memory card is copied: the real agent and the real server find it out, and no reading is lost.</summary>
public sealed class CopiedOutboxTests : IAsyncLifetime
{
    private static readonly DeviceId Device = new("pi-1");
    private static readonly ProbeId Probe = new(Device, "load");

    private readonly TempFolder _folder = new();
    private readonly TempFolder _twin = new();
    private ServerApp? _server;
    private string _secret = "";

    private RecordStore Store => _server!.Store; // Set before each test.

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), $$"""
            sites: [{id: site, name: Site, zone: UTC}]
            devices: [{id: {{Device}}, site: site}]
            storage-units:
              - id: fridge
                name: Fridge
                site: site
                kind: refrigerator
                history: [{from: {{Instant.Now(TimeProvider.System)}}, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{Probe}}, role: load}]}]
            """);
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        _server = await ServerApp.StartAsync(
            new ServerOptions { DataFolder = _folder.File("data"), FleetFile = _folder.File("fleet.yaml"), Http = loopback, Mqtt = loopback },
            TimeProvider.System,
            _ => { },
            CancellationToken.None);
        _secret = _server.Devices.Renew(Device);
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
        _twin.Dispose();
    }

    [Fact]
    public async Task Image_RestoredOverANewerCard_GoesOnInANewEpoch_WithoutAContradiction()
    {
        using (var edge = Start(_folder))
        {
            await HeldAsync(5);
            CopyOutbox(_folder, _twin);
            await HeldAsync(12);
        }

        CopyOutbox(_twin, _folder);
        using var restored = Start(_folder);

        await Eventually.HoldsAsync(() => Streams().Count == 2 && Streams()[1].Held.Last >= 5, "the device goes on in a new epoch");
        var told = Events(EventKinds.OutboxCloned).Should().ContainSingle(row => Text(row, "evidence") == "told-by-device").Which;
        Text(told, "epoch").Should().Be(Streams()[1].Epoch);
        Text(told, "reason").Should().Contain(Streams()[0].Epoch).And.Contain("memory card");
        Events(EventKinds.ReadingConflict).Should().BeEmpty("nothing went out under a number that was used");
        Directory.GetFiles(_folder.Path, "outbox.db.cloned-*").Should().ContainSingle("the old file is kept");
    }

    [Fact]
    public async Task TwoDevices_WithOneCard_AreNoticed_AndEveryReadingOfBothIsStored()
    {
        using (var first = Start(_folder))
        {
            await HeldAsync(5);
        }

        CopyOutbox(_folder, _twin);
        using (var first = Start(_folder))
        using (var second = Start(_twin))
        {
            // They share a name, so each throws the other off the line again and again.
            await Eventually.HoldsAsync(() => Events(EventKinds.OutboxCloned).Count > 0 && Streams().Count > 1, "the copy is noticed");
        }

        foreach (var place in new[] { _folder, _twin })
        {
            using var alone = Start(place);
            await Eventually.HoldsAsync(() => Stored().IsSupersetOf(Measured(place)), "all that this card has is stored");
        }
    }

    // The twin stands in another fridge: the same one would give the same readings at the same instants, and contradict nobody.
    private EdgeProcess Start(TempFolder place) =>
        EdgeProcess.Start(place, Device, _server!.MqttAddress.Port, _secret, seed: place == _folder ? 1 : 2);

    private Task HeldAsync(long seq) => Eventually.HoldsAsync(() => Streams() is [.., { } stream] && stream.Held.Last >= seq, $"{seq} readings are stored");

    private List<StreamRow> Streams() => Store.Read(session => StreamStore.OfDevice(session, Device));

    private List<EventRow> Events(string kind) => Store.Read(session => EventLog.Read(session, 0, 1000)).FindAll(row => row.Kind == kind);

    private HashSet<(Instant?, Celsius?)> Stored() =>
        [.. Store.Read(session => ReadingReader.Read(session, [Probe], Instant.Beginning, Instant.End)).Select(reading => (reading.MeasuredAt, reading.Value))];

    /// <summary>What a card has, its old outboxes included, as it is at this moment.</summary>
    private static HashSet<(Instant?, Celsius?)> Measured(TempFolder place)
    {
        using var copies = new TempFolder();
        var all = new HashSet<(Instant?, Celsius?)>();
        foreach (var file in Directory.GetFiles(place.Path, "outbox.db*").Where(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".part", StringComparison.Ordinal)))
        {
            var copy = copies.File(Path.GetFileName(file));
            DatabaseCopy.Make(file, copy);
            using var outbox = SqliteOutbox.Open(copy, Device, DeviceClock.ThisDevice(TimeProvider.System, new AssumedClock()), NullLogger.Instance);
            outbox.ForgetStore();
            for (var seen = SeqRanges.Empty; outbox.Unacknowledged(seen, 1000) is { Count: > 0 } rows; seen = seen.Add(rows[0].Key.Seq, rows[^1].Key.Seq))
            {
                all.UnionWith(rows.Select(row => (row.MeasuredAt, row.Value)));
            }
        }

        return all;
    }

    private static void CopyOutbox(TempFolder from, TempFolder to) => DatabaseCopy.Make(from.File("outbox.db"), to.File("outbox.db"));

    private static string Text(EventRow row, string name) => JsonNode.Parse(row.Payload)![name]?.ToString() ?? "";
}
