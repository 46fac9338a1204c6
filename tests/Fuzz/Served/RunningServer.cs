using System.Net;
using ColdChain.Core.Readings;
using ColdChain.Fuzz.Tests.Mqtt;
using ColdChain.Server;
using ColdChain.Server.Api;
using Microsoft.Extensions.Logging;

namespace ColdChain.Fuzz.Tests.Served;

/// <summary>A server in this process, with one fridge, and two devices: the one that inputs speak for, and a good one.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private RunningServer(DirectoryInfo folder, ServerApp app, LogWatch log) =>
        (_folder, App, Log, Good) = (folder, app, log, new GoodDevice(app.MqttAddress.Port, GoodDevice.Name));

    public ServerApp App { get; }

    public LogWatch Log { get; }

    public GoodDevice Good { get; }

    public static async Task<RunningServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("coldchain-fuzz-");
        var fleet = Path.Combine(folder.FullName, "fleet.yaml");
        await File.WriteAllTextAsync(fleet, Fleet);
        var log = new LogWatch();
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        var options = new ServerOptions
        {
            DataFolder = Path.Combine(folder.FullName, "data"), FleetFile = fleet, Http = loopback, Mqtt = loopback, RequestsPerMinute = RateLimits.Most,
        };
        var app = await ServerApp.StartAsync(options, TimeProvider.System, logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft.AspNetCore", LogLevel.Warning), CancellationToken.None);
        app.Devices.Set(new DeviceId(MqttWords.Device), MqttWords.Secret);
        app.Devices.Set(new DeviceId(GoodDevice.Name), GoodDevice.Name);
        return new RunningServer(folder, app, log);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private const string Fleet = $$"""
        sites:
          - {id: atlas, name: "Centre régional Atlas", zone: Africa/Casablanca}
        devices:
          - {id: {{MqttWords.Device}}, site: atlas}
          - {id: {{GoodDevice.Name}}, site: atlas}
        storage-units:
          - id: fridge-1
            name: "Réfrigérateur 1"
            site: atlas
            kind: refrigerator
            history:
              - from: 2026-01-01T00:00:00Z
                rules: eu-edqm
                product: RBC
                context: storage
                probes:
                  - {id: {{MqttWords.Device}}/load, role: load}
                  - {id: {{GoodDevice.Name}}/load, role: load}
        contents:
          - {unit: fridge-1, donation: "W000026000001F", product: RBC, in: 2026-01-01T00:30:00Z}
        """;
}
