using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.EndToEnd.Tests.Silence;
using ColdChain.Server;
using ColdChain.Server.Store;

namespace ColdChain.EndToEnd.Tests.Clocks;

/// <summary>The agent as a process whose clock nobody vouches for, and which gets a time server within the same boot.</summary>
public sealed class UnsetClockTests : IAsyncLifetime
{
    private static readonly StorageUnitId Fridge = new("fridge");
    private static readonly DeviceId Device = new("pi-1");
    private static readonly ProbeId Probe = new(Device, "load");

    private readonly TempFolder _folder = new();
    private ServerApp? _server;

    private ServerApp Server => _server!; // Set before each test.

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), $$"""
            sites: [{id: site, name: Site, zone: UTC}]
            devices: [{id: {{Device}}, site: site}]
            storage-units:
              - id: {{Fridge}}
                name: Fridge
                site: site
                kind: refrigerator
                history: [{from: {{Instant.Now(TimeProvider.System)}}, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{Probe}}, role: load}]}]
            contents: []
            """);
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        _server = await ServerApp.StartAsync(
            new ServerOptions { DataFolder = _folder.File("data"), FleetFile = _folder.File("fleet.yaml"), Http = loopback, Mqtt = loopback },
            TimeProvider.System,
            _ => { },
            CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Readings_OfAnUnsetClock_AreAcknowledgedUndated_AndJudgedOnceTheBootIsAnchored()
    {
        var secret = Server.Devices.Renew(Device);
        long undated;
        using (EdgeProcess.Start(_folder, Device, Server.MqttAddress.Port, secret, clockAndProbe: Probed("never")))
        {
            await Eventually.HoldsAsync(() => Held().ContiguousUpTo >= 5, "the server holds what it cannot date");
            await Eventually.HoldsAsync(async () => (await UnitAsync())["state"]!.GetValue<string>() == "unverified", "the unit waits for a date");
            undated = (await UnitAsync())["undated"]!.GetValue<long>();
            undated.Should().BeGreaterThanOrEqualTo(5);
            Dated().Should().BeEmpty();
            (await UnitAsync())["celsius"].Should().BeNull("what has no date is not judged");
        }

        using var set = EdgeProcess.Start(_folder, Device, Server.MqttAddress.Port, secret, clockAndProbe: Probed("always"));
        await Eventually.HoldsAsync(() => Dated().Count > undated, "an anchor of the boot dates what was measured before it");
        await Eventually.HoldsAsync(async () => (await UnitAsync())["state"]!.GetValue<string>() is "in-range" or "warning", "it is judged");

        (await UnitAsync())["undated"]!.GetValue<long>().Should().Be(0);
        var dated = Dated();
        dated.Select(reading => reading.Key.Seq).Should().Equal(Enumerable.Range(1, dated.Count).Select(seq => (long)seq), "nothing is lost, and the order is that of the measuring");
        dated.Select(reading => reading.MeasuredAt!.Value.Milliseconds).Should().BeInAscendingOrder();
        Server.Store.Read(session => FindingStore.Current(session, Fridge)).Should().BeEmpty("there is no gap");
        Server.Store.Read(session => EventLog.Read(session, 0, 1000)).Should().Contain(row => row.Kind == EventKinds.ReadingsDated);
    }

    // A probe as the kernel shows one: what a simulated probe says is dated by itself.
    private string Probed(string trust)
    {
        const string serial = "28-0316a2790bff";
        var device = Directory.CreateDirectory(_folder.File($"sys/bus/w1/devices/{serial}"));
        File.WriteAllText(Path.Combine(device.FullName, "temperature"), "4125\n");
        return $$"""
            clock: {trust: {{trust}}}
            probes: [{id: load, kind: w1, device: {{serial}}, root: {{_folder.File("sys")}}, intervalSeconds: 1}]
            """;
    }

    private SeqRanges Held() => Server.Store.Read(StreamStore.All).Aggregate(SeqRanges.Empty, (held, stream) => held.Union(stream.Held));

    private List<Reading> Dated() => Server.Store.Read(session => ReadingReader.Read(session, [Probe], Instant.Beginning, Instant.End));

    private async Task<JsonNode> UnitAsync()
    {
        using var client = new HttpClient { BaseAddress = Server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Server.Token.Value);
        return JsonNode.Parse(await client.GetStringAsync("/api/v1/units"))!.AsArray().Single()!;
    }
}
