using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace ColdChain.EndToEnd.Tests.Documents;

/// <summary>
/// A technician sets up a site by firmware-config/mosquitto/README.md: its commands and its YAML, but for the copying to other machines.
/// Real devices, mosquitto and a server then work together.
/// </summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class SiteByTheReadmeTests : IDisposable
{
    private const string Document = "firmware-config/mosquitto/README.md";
    private const string Host = "mqtt.hospital.example";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Devices_ByPasswordAndByCertificate_AreSeenAndAnsweredThroughTheBroker()
    {
        var commands = DocumentedBlocks.Read(Document, "Steps", "sh");
        var yaml = DocumentedBlocks.Read(Document, "Steps", "yaml");
        (commands.Count, yaml.Count).Should().Be((4, 3));
        var provision = Shell(new() { ["./provision.sh"] = $"{Repository.Root}/firmware-config/mosquitto/provision.sh", [$"{Host} 10.0.0.5"] = "localhost 127.0.0.1" });
        await provision.RunAsync(commands[0]);
        await provision.RunAsync(commands[1]);
        await using var broker = await SiteBroker.StartInAsync(_folder.Path);
        Dictionary<string, string> here = new() { [Host] = "localhost", ["8883"] = $"{broker.DevicePort}", ["8884"] = $"{broker.ServerPort}", ["8885"] = $"{broker.CertificatePort}" };

        await using var server = await ServerAsync(Replaced(yaml[0], here));
        await using var byPassword = await EdgeAsync("pi-7", Replaced(yaml[1], here));
        await using var byCertificate = await EdgeAsync("pi-9", Replaced(yaml[2], here));

        await BothUnitsHaveTemperaturesAsync(server);
        await Eventually.HoldsAsync(() => IsAnswered(broker, "pi-7") && IsAnswered(broker, "pi-9"), "both devices are acknowledged");
        here.Remove("8884");
        here.Remove("8885");
        var reader = Shell(here);
        await reader.RunAsync(commands[3]);
        provision.ShouldHaveReplacedAll();
        reader.ShouldHaveReplacedAll();
    }

    private ReaderShell Shell(Dictionary<string, string> replacements) => new(_folder.Path, replacements);

    private static string Replaced(string text, Dictionary<string, string> replacements) =>
        replacements.Aggregate(text, (part, replacement) => part.Replace(replacement.Key, replacement.Value, StringComparison.Ordinal));

    private async Task<ProgramProcess> ServerAsync(string broker)
    {
        var file = _folder.File("site/server/server.yaml");
        await File.WriteAllTextAsync(file, $"{broker}\nhttp: {{listen: '127.0.0.1:0'}}\n");
        var from = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(_folder.File("site/server/fleet.yaml"), $"""
            sites:
              - id: site
                name: Site
                zone: UTC
            devices:
              - id: pi-7
                site: site
              - id: pi-9
                site: site
            storage-units:
            {Unit("pi-7", from)}
            {Unit("pi-9", from)}
            """);
        return ProgramProcess.Start("ColdChain.Server.dll", ["serve", "--config", file]);
    }

    private static string Unit(string device, string from) =>
        $"  - {{id: fridge-of-{device}, name: Fridge, site: site, kind: refrigerator, history: [{{from: {from}, rules: eu-edqm, product: RBC, context: storage, probes: [{{id: {device}/load, role: load}}]}}]}}";

    private async Task<ProgramProcess> EdgeAsync(string device, string broker)
    {
        var file = _folder.File($"site/devices/{device}/edge.yaml");
        await File.WriteAllTextAsync(file, $"""
            device: {device}
            {broker}
            outbox:
              path: outbox.db
            clock:
              trust: always
            probes:
              - id: load
                kind: simulated
                model: blood-fridge
                unit: fridge
                role: load
                intervalSeconds: 1
            """);
        return ProgramProcess.Start("ColdChain.Edge.dll", ["--config", file]);
    }

    private async Task BothUnitsHaveTemperaturesAsync(ProgramProcess server)
    {
        using var client = new HttpClient { BaseAddress = new Uri(await server.LineAsync("Pages and API:")) };
        var token = await File.ReadAllTextAsync(_folder.File("site/server/data/api-token"));
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.Trim());
        await Eventually.HoldsAsync(
            async () => JsonNode.Parse(await client.GetStringAsync("api/v1/units"))!.AsArray().Count(unit => unit!["celsius"] is not null) == 2,
            "both units have a temperature");
    }

    private static bool IsAnswered(SiteBroker broker, string device) =>
        broker.Log.Any(line => line.Contains($"Sending PUBLISH to {device} ", StringComparison.Ordinal) && line.Contains($"'coldchain/v1/{device}/down/ack'", StringComparison.Ordinal));
}
