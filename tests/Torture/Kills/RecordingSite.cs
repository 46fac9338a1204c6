using ColdChain.Core.Readings;
using ColdChain.Tests.Shared.Recording;
using ColdChain.Torture.Tests.Sites;

namespace ColdChain.Torture.Tests.Kills;

/// <summary>
/// A site of real processes: an edge that replays a recording, mosquitto with the configuration of a site, and the server. Every part may be
/// killed and started again, on the same ports and files.
/// </summary>
internal sealed class RecordingSite : IAsyncDisposable
{
    // The 38 days of the recording take twelve seconds, and the time for which the edge is dead.
    private const int Speed = 38 * 24 * 3600 / 12;

    private readonly TempFolder _folder = new();
    private readonly SiteBroker _broker;
    private readonly InfluxServer? _influx;
    private readonly EdgeSetup _setup;
    private readonly List<ProgramProcess> _started = [];
    private ProgramProcess? _edge;
    private ProgramProcess? _server;

    private RecordingSite(SiteBroker broker, InfluxServer? influx)
    {
        (_broker, _influx) = (broker, influx);
        _setup = new EdgeSetup(_folder, RecordingFleet.Probe.Device);
    }

    public SiteBroker Broker => _broker;

    public string Data => _folder.File("data");

    public string Record => Path.Combine(Data, "record.db");

    public string Outbox => _setup.Outbox;

    /// <summary>What the processes have written, with the dead ones.</summary>
    public string Output => string.Join("\n\n", _started.Select(process => process.Output));

    /// <summary>Makes the site, and starts everything but the edge.</summary>
    /// <param name="log">The recording.</param>
    /// <param name="recording">The file from which the edge replays it.</param>
    /// <param name="influx">An InfluxDB that readings are projected to; null for none.</param>
    public static async Task<RecordingSite> StartAsync(FridgeTag log, string recording, InfluxServer? influx = null)
    {
        var site = new RecordingSite(await SiteBroker.StartAsync(RecordingFleet.Probe.Device.Value), influx);
        try
        {
            await site.WriteAsync(log, recording);
            await site.StartAsync(Part.Server);
            await site.ServesAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the server has opened its store and serves.</summary>
    public Task<string> ServesAsync() => _server!.LineAsync("Pages and API:"); // Started first of all.

    public async Task StartAsync(Part part)
    {
        switch (part)
        {
            case Part.Edge:
                _started.Add(_edge = _setup.Start());
                break;
            case Part.Server:
                _started.Add(_server = ProgramProcess.Start("ColdChain.Server.dll", ["serve", "--config", _folder.File("server.yaml")]));
                break;
            case Part.Broker:
                await _broker.StartAsync();
                break;
            default:
                await _influx!.StartAsync(); // Asked for only where there is one.
                break;
        }
    }

    /// <summary>SIGKILL, to what was started.</summary>
    public Task KillAsync(Part part) => part switch
    {
        Part.Edge => _edge!.KillAsync(),
        Part.Server => _server!.KillAsync(),
        Part.Broker => _broker.KillAsync(),
        _ => _influx!.KillAsync(),
    };

    /// <summary>Does something while the edge, if it is alive, stands still.</summary>
    public async Task WhileTheEdgeStandsStillAsync(Action work)
    {
        if (_edge is not { HasExited: false } edge)
        {
            work();
            return;
        }

        await edge.SignalAsync("STOP");
        try
        {
            work();
        }
        finally
        {
            await edge.SignalAsync("CONT");
        }
    }

    /// <summary>Stops edge and server as a person would; both must end well.</summary>
    public async Task StopAsync()
    {
        (await _edge!.StopAsync("TERM")).Should().Be(0); // Started by then.
        (await _server!.StopAsync("TERM")).Should().Be(0);
    }

    /// <summary>What the server holds of the device, and what is still to be judged. The server must be alive.</summary>
    public (SeqRanges Held, long Marks) Progress() => (
        StoredFiles.Rows(Record, "SELECT held FROM streams", row => SeqRanges.TryParse(row.GetString(0), out var held) ? held : SeqRanges.Empty)
            .Aggregate(SeqRanges.Empty, (all, held) => all.Union(held)),
        StoredFiles.Rows(Record, "SELECT count(*) FROM marks", row => row.GetInt64(0))[0]);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            await process.DisposeAsync();
        }

        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    private async Task WriteAsync(FridgeTag log, string recording)
    {
        LoggerRulePack.WriteTo(_folder.File("rules"));
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), RecordingFleet.Of(log));
        await File.WriteAllTextAsync(_folder.File("server.yaml"), $$"""
            fleet: fleet.yaml
            rules: rules
            http: {listen: "127.0.0.1:0"}
            broker: {host: localhost, port: {{_broker.ServerPort}}, caFile: {{_broker.CaFile}}, user: coldchain-server, passwordFile: {{_broker.ServerPasswordFile}}}
            {{(_influx is null ? "" : $"influx: {{address: \"{_influx.Options.Address}\", database: {_influx.Options.Database}}}")}}
            """);
        _setup.Write(EdgeSetup.Behind(_broker, _setup.Device), $"kind: replay, file: {recording}, speed: {Speed}");
    }
}
