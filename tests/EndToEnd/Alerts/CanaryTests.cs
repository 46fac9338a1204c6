using ColdChain.Core.Readings;
using ColdChain.EndToEnd.Tests.Processes;
using ColdChain.Server.Identity;
using ColdChain.Server.Store;

namespace ColdChain.EndToEnd.Tests.Alerts;

/// <summary>A canary goes out of range again and again: its readings go from the real agent over MQTT to the real server, and its alarms to a webhook.</summary>
public sealed class CanaryTests : IDisposable
{
    private static readonly string Fleet = $$"""
        sites:
          - {id: canary, name: Canary, zone: UTC}
        devices:
          - {id: {{SmallSite.Device}}, site: canary}
        storage-units:
          - id: canary-1
            name: Canary
            site: canary
            kind: refrigerator
            history:
              - {from: {{Instant.Now(TimeProvider.System)}}, rules: canary, product: CANARY, context: storage, probes: [{id: {{SmallSite.Device}}/load, role: load}]}
        contents: []
        """;

    // Far enough back inside for the alarm to end, and out again half a minute later.
    private const string Probe = "{id: load, kind: canary, everyMinutes: 0.5, outMinutes: 0.4, inCelsius: 7.75, outCelsius: 8.1, intervalSeconds: 1}";

    private readonly SmallSite _site = new();
    private readonly AlertListener _listener = new();

    public CanaryTests()
    {
        _site.Write("key", AlertListener.Key);
        _site.Write("fleet.yaml", Fleet);
    }

    [Fact]
    public async Task Alarms_OfACanary_ComeThroughTurnByTurn_AndNobodyHasToTakeThemOn()
    {
        Directory.CreateDirectory(_site.File("data"));
        _site.Write("secret", new DeviceSecrets(_site.File("data")).Renew(new DeviceId(SmallSite.Device)));
        await using var server = _site.StartServer(Yaml());
        var mqtt = await server.LineAsync("MQTT:");
        await using var edge = _site.StartEdge($"{{host: 127.0.0.1, port: {mqtt.Split(':')[1]}, tls: false, user: {SmallSite.Device}, passwordFile: secret}}", probe: Probe);

        var incidents = new HashSet<long>();
        while (incidents.Count < 2)
        {
            var (alert, context) = await _listener.NextAsync();
            alert["incidents"]!.AsArray().Should().OnlyContain(one => (string?)one!["unit"] == "canary-1" && (string?)one["severity"] == "warning");
            incidents.UnionWith(alert["incidents"]!.AsArray().Select(one => (long)one!["id"]!));
            _ = AlertListener.Answer(context);
        }

        await edge.StopAsync("TERM");
        await server.StopAsync("TERM");
        await using var store = RecordStore.Open(Path.Combine(_site.File("data"), "record.db"), TimeProvider.System);
        var came = store.Read(session => EventLog.Read(session, 0, 10_000)).Where(row => row.Kind == EventKinds.CanaryCameThrough).ToList();
        came.Select(row => long.Parse(row.Subject, null)).Should().Contain(incidents.Min(), "it was taken on, so that the next turn was an alarm of its own");
        came.Should().OnlyContain(row => row.Who!.StartsWith("software:"));
        store.Read(session => HoldStore.Newest(session, 10)).Should().BeEmpty("of a storage unit without blood nothing is held");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _site.Dispose();
    }

    private string Yaml() => $$"""
        data: data
        http: {listen: "127.0.0.1:0"}
        mqtt: {listen: "127.0.0.1:0"}
        clock: {trust: always}
        outbound: {onPremises: [127.0.0.1]}
        alerts:
          webhook: {address: "{{_listener.Address}}", keyFile: key}
          canary: {site: canary, unit: canary-1, everyMinutes: 0.5}
          ladders:
            - {site: canary, severity: warning, repeatMinutes: 0.25, steps: [{by: [webhook]}]}
        """;
}
