using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Core.Readings;
using ColdChain.Hosting.Connections;
using ColdChain.Server;
using ColdChain.Server.Store;
using EventLog = ColdChain.Server.Store.EventLog;

namespace ColdChain.EndToEnd.Tests.Lies;

/// <summary>A broker that keeps messages delivers old ones to a server that starts. They must not make a dead device look alive.</summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class RetainedReplayTests : IDisposable
{
    private static readonly DeviceId Gateway = new("gateway");

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Message_ThatMosquittoKept_IsRefusedAndTold_AndTheNextLiveOneIsStored()
    {
        await using var site = await SiteBroker.StartAsync(Gateway.Value);
        await site.KillAsync();
        site.KeepsRetained = true;
        await site.StartAsync();
        await PublishAsync(site, "-r");

        await using var server = await StartServerAsync(site);

        await Eventually.HoldsAsync(() => server.Store.Read(DeviceCounts.All).Count > 0, "the kept message is counted");
        server.Store.Read(DeviceCounts.All).Should().ContainSingle().Which.Should().Match<DeviceCount>(
            count => count.Device == Gateway && count.What == CountedAs.MessageRetained && count.Count == 1);
        server.Store.Read(session => EventLog.Read(session, 0, 100)).Should().ContainSingle(row => row.Kind == EventKinds.RetainedRefused && row.Subject == Gateway.Value);
        server.Store.Read(StreamStore.All).Should().BeEmpty("nobody was heard");

        await PublishAsync(site);
        await Eventually.HoldsAsync(() => server.Store.Read(StreamStore.All).Count == 1, "what is published now is stored");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ServerApp> StartServerAsync(SiteBroker site)
    {
        var now = Instant.Now(TimeProvider.System);
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), $$"""
            sites: [{id: site, name: Site, zone: UTC}]
            devices: [{id: {{Gateway}}, site: site, foreign: true}]
            storage-units:
              - id: fridge
                name: Fridge
                site: site
                kind: refrigerator
                history: [{from: {{now}}, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{Gateway}}/load, role: load}]}]
            """);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(site.CaFile);
        var password = (await File.ReadAllTextAsync(site.ServerPasswordFile)).Trim();
        return await ServerApp.StartAsync(
            new ServerOptions
            {
                DataFolder = _folder.File("data"),
                FleetFile = _folder.File("fleet.yaml"),
                Http = new IPEndPoint(IPAddress.Loopback, 0),
                Mqtt = null,
                Broker = new Connection("localhost", site.ServerPort, "coldchain-server", password, new ConnectionTls([.. roots], null)),
            },
            TimeProvider.System,
            _ => { },
            CancellationToken.None);
    }

    private static async Task PublishAsync(SiteBroker site, params string[] options)
    {
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var pub = Process.Start("mosquitto_pub", [
            "-h", "localhost", "-p", $"{site.DevicePort}", "--cafile", site.CaFile, "-i", Gateway.Value, "-u", Gateway.Value,
            "-P", (await File.ReadAllTextAsync(site.DevicePasswordFile(Gateway.Value))).Trim(), "-q", "1", "-t", $"coldchain/v1/{Gateway}/up/live",
            "-m", $$"""[{"bn":"{{Gateway}}/","n":"load","u":"Cel","t":{{seconds}},"v":4.2}]""", .. options]);
        await pub.WaitForExitAsync();
        pub.ExitCode.Should().Be(0);
    }
}
