using ColdChain.Core.Isbt;
using ColdChain.Core.Readings;
using ColdChain.Server.Identity;
using ColdChain.Torture.Tests.Sites;

namespace ColdChain.Torture.Tests.Freeze;

/// <summary>
/// A server under the load of two devices that deliver a long past at hundreds of readings a second, beside fridges whose rule bears little
/// silence: one whose edge lives, one whose edge dies, one that is never heard.
/// </summary>
internal sealed class FreezeSite : IAsyncDisposable
{
    public const int LoadReadings = 42_000;

    /// <summary>How long a fridge may be silent before that is a ground to hold: shorter than the freeze.</summary>
    public static readonly TimeSpan SilenceAtMost = TimeSpan.FromSeconds(45);

    public static readonly DeviceId Alive = new("alive");
    public static readonly DeviceId Dead = new("dead");
    public static readonly DeviceId Never = new("never");
    public static readonly IReadOnlyList<DeviceId> Loads = [new("load-1"), new("load-2")];

    private const string Rules = "tight";
    private const string Product = "RBC";
    private const int MillisecondsBetween = 5;
    private static readonly TimeSpan LoadStep = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly SiteBroker? _broker;
    private readonly int _mqttPort = FreePort.Take();
    private readonly Dictionary<DeviceId, ProgramProcess> _edges = [];
    private ProgramProcess? _server;

    private FreezeSite(SiteBroker? broker) => _broker = broker;

    public string Record => Path.Combine(Data, "record.db");

    public ProgramProcess Server => _server!; // Started with the site.

    public IReadOnlyDictionary<DeviceId, ProgramProcess> Edges => _edges;

    private string Data => _folder.File("data");

    private static IEnumerable<DeviceId> Running => Loads.Append(Alive).Append(Dead);

    /// <summary>Starts everything: the edges behind mosquitto, or connected to the server itself.</summary>
    public static async Task<FreezeSite> StartAsync(bool behindBroker)
    {
        var broker = behindBroker ? await SiteBroker.StartAsync([.. Running.Select(device => device.Value)]) : null;
        var site = new FreezeSite(broker);
        try
        {
            await site.StartAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Takes from a frozen server what is on its way to it from the living fridge, so that silence is all that it finds when it wakes up: the
    /// broker dies and comes back, or, where there is none, the edge.
    /// </summary>
    public async Task CutOffAsync()
    {
        if (_broker is not null)
        {
            await _broker.KillAsync();
            await _broker.StartAsync();
            return;
        }

        await _edges[Alive].DisposeAsync();
        _edges[Alive] = Setup(Alive).Start(ProcessMemory.OfEdge.Variables);
    }

    /// <summary>The fridge of a device.</summary>
    public static StorageUnitId FridgeOf(DeviceId device) => new($"fridge-{device}");

    public string State(DeviceId device) => First($"SELECT status FROM unit_states WHERE unit = '{FridgeOf(device)}'", row => row.GetString(0)) ?? "";

    /// <summary>What is held in the fridge of a device, and when that was decided.</summary>
    public List<(string Kind, Instant PlacedAt)> Holds(DeviceId device) => StoredFiles.Rows(
        Record, $"SELECT kind, placed_at FROM holds WHERE unit = '{FridgeOf(device)}'", row => (row.GetString(0), new Instant(row.GetInt64(1))));

    /// <summary>When an event of a fridge was told, last; null for never. On a slow machine the short freeze may have been told of as well.</summary>
    public Instant? Told(string kind, DeviceId device) => First<Instant?>(
        $"SELECT at FROM events WHERE unit = '{FridgeOf(device)}' AND kind = '{kind}' ORDER BY id DESC", row => new Instant(row.GetInt64(0)));

    /// <summary>The numbers that are stored of a device.</summary>
    public SeqRanges Held(DeviceId device) =>
        First($"SELECT held FROM streams WHERE device = '{device}'", row => SeqRanges.TryParse(row.GetString(0), out var held) ? held : null) ?? SeqRanges.Empty;

    public string Output => string.Join("\n\n", _edges.Values.Append(Server).Select(process => process.Output));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _edges.Values.Append(_server).OfType<ProgramProcess>())
        {
            await process.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        Write(Instant.Now(TimeProvider.System));
        _server = ProgramProcess.Start("ColdChain.Server.dll", ["serve", "--config", _folder.File("server.yaml")], ProcessMemory.OfServer.Variables);
        await _server.LineAsync("Pages and API:");
        foreach (var device in Running)
        {
            _edges[device] = Setup(device).Write(Connection(device), Probe(device)).Start(ProcessMemory.OfEdge.Variables);
        }
    }

    private EdgeSetup Setup(DeviceId device) => new(_folder, device);

    private T? First<T>(string sql, Func<Microsoft.Data.Sqlite.SqliteDataReader, T> map) => StoredFiles.Rows(Record, sql, map).FirstOrDefault();

    private void Write(Instant now)
    {
        DerivedRulePack.Write(_folder.File("rules"), Rules, Product, row =>
        {
            row["maxGapSeconds"] = Engineered(15);
            row["unknownLimitSeconds"] = Engineered((int)SilenceAtMost.TotalSeconds);
        });
        File.WriteAllText(_folder.File("fleet.yaml"), Fleet(now));
        File.WriteAllText(_folder.File("load.csv"), $"time,celsius\n{string.Concat(Enumerable.Range(1, LoadReadings).Select(n => $"{LoadBegin(now) + (n * LoadStep)},{4 + (n % 10 / 10m)}\n"))}");
        File.WriteAllText(_folder.File("server.yaml"), $$"""
            fleet: fleet.yaml
            rules: rules
            http: {listen: "127.0.0.1:0"}
            {{(_broker is null
                ? $"mqtt: {{listen: \"127.0.0.1:{_mqttPort}\"}}"
                : $"broker: {{host: localhost, port: {_broker.ServerPort}, caFile: {_broker.CaFile}, user: coldchain-server, passwordFile: {_broker.ServerPasswordFile}}}")}}
            """);
    }

    private static System.Text.Json.Nodes.JsonObject Engineered(int value) => new() { ["value"] = value, ["source"] = "engineering", ["status"] = "engineering-default" };

    private string Connection(DeviceId device)
    {
        if (_broker is not null)
        {
            return EdgeSetup.Behind(_broker, device);
        }

        var password = _folder.File($"{device}.password");
        File.WriteAllText(password, new DeviceSecrets(Data).Renew(device));
        return $"port: {_mqttPort}, tls: false, passwordFile: {password}";
    }

    private string Probe(DeviceId device) => Loads.Contains(device)
        ? $"kind: replay, file: {_folder.File("load.csv")}, speed: {LoadStep.TotalMilliseconds / MillisecondsBetween}"
        : "kind: simulated, model: blood-fridge, role: load, intervalSeconds: 1";

    private static Instant LoadBegin(Instant now) => now - TimeSpan.FromDays(30);

    private static string Fleet(Instant now)
    {
        var devices = Running.Append(Never).ToList();
        return $$"""
            sites:
              - {id: site, name: Site, zone: UTC}
            devices:
              {{Lines(devices, device => $"- {{id: {device}, site: site}}")}}
            storage-units:
              {{Lines(devices, device => $"- {{id: {FridgeOf(device)}, name: Fridge, site: site, kind: refrigerator, history: [{{{Period(device, now)}, rules: {Rules}, product: {Product}, context: storage, probes: [{{id: {device}/load, role: load}}]}}]}}")}}
            contents:
              - {unit: {{FridgeOf(Alive)}}, donation: "{{Donation(1)}}", product: {{Product}}, in: {{now}}}
              - {unit: {{FridgeOf(Dead)}}, donation: "{{Donation(2)}}", product: {{Product}}, in: {{now}}}
            """;
    }

    private static string Lines(IEnumerable<DeviceId> devices, Func<DeviceId, string> line) => string.Join("\n  ", devices.Select(line));

    // What was loaded is past and over, so that the silence after it is nobody's.
    private static string Period(DeviceId device, Instant now) =>
        Loads.Contains(device) ? $"from: {LoadBegin(now)}, to: {LoadBegin(now) + ((LoadReadings + 1) * LoadStep)}" : $"from: {now}";

    private static string Donation(int serial) => DonationNumber.TryParseValue($"W0000260000{serial:00}", out var number)
        ? $"{number}{number.CheckCharacter}"
        : throw new ArgumentOutOfRangeException(nameof(serial));
}
