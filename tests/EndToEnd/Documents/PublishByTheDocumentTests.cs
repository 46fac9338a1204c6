using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ColdChain.EndToEnd.Tests.Documents;

/// <summary>Somebody with another vendor's device follows docs/mqtt.md and nothing else: their reading appears on the page.</summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class PublishByTheDocumentTests : IDisposable
{
    private const string Document = "docs/mqtt.md";
    private const string Run = "dotnet run --project server --";

    private static readonly Dictionary<string, string> FreePort = new() { ["COLDCHAIN_HTTP__LISTEN"] = "127.0.0.1:0" };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reading_PublishedToTheServer_AppearsInRange()
    {
        var commands = DocumentedBlocks.Read(Document, "Publish a reading in five steps", "sh");
        commands.Should().HaveCount(4);
        var shell = Shell();
        await shell.RunAsync(commands[0]);
        await shell.RunAsync(commands[1]);
        await using var server = shell.Start(commands[2], new Dictionary<string, string>(FreePort) { ["COLDCHAIN_MQTT__LISTEN"] = "127.0.0.1:0" });
        var mqtt = await server.LineAsync("MQTT:");

        var publisher = Shell(new() { ["-p 1883"] = $"-p {mqtt.Split(':')[1]}" }, Run);
        await publisher.RunAsync(commands[3]);

        using var client = await ClientAsync(server);
        await FridgeIsInRangeAsync(client);
        shell.ShouldHaveReplacedAll();
        publisher.ShouldHaveReplacedAll();
    }

    [Fact]
    public async Task Reading_PublishedThroughTheBroker_AppearsInRange()
    {
        var fleet = DocumentedBlocks.Read(Document, "Publish a reading in five steps", "sh")[0];
        var commands = DocumentedBlocks.Read(Document, "Publish through a broker", "sh");
        commands.Should().HaveCount(4);
        await Shell().RunAsync(fleet);
        var provision = Shell(new() { ["firmware-config/"] = $"{Repository.Root}/firmware-config/", ["mqtt.hospital.example"] = "localhost" }, Run);
        await provision.RunAsync(commands[0]);
        await using var broker = await SiteBroker.StartInAsync(_folder.Path);
        var shell = Shell(new() { ["mqtt.hospital.example"] = "localhost", ["port: 8884"] = $"port: {broker.ServerPort}", ["-p 8883"] = $"-p {broker.DevicePort}" });
        await shell.RunAsync(commands[1]);
        await using var server = shell.Start(commands[2], FreePort);
        (await server.LineAsync("Broker:")).Should().Be($"localhost:{broker.ServerPort}");
        using var client = await ClientAsync(server);
        await Eventually.HoldsAsync(async () => (await client.GetStringAsync("health")).Contains("\"ok\"", StringComparison.Ordinal), "the server is connected");

        await shell.RunAsync(commands[3]);

        await FridgeIsInRangeAsync(client);
        provision.ShouldHaveReplacedAll();
        shell.ShouldHaveReplacedAll();
    }

    private ReaderShell Shell(Dictionary<string, string>? replacements = null, string? without = null)
    {
        var all = new Dictionary<string, string>(replacements ?? []) { [Run] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "ColdChain.Server.dll")}" };
        all.Remove(without ?? "");
        return new ReaderShell(_folder.Path, all);
    }

    private async Task<HttpClient> ClientAsync(ProgramProcess server)
    {
        var address = new Uri(await server.LineAsync("Pages and API:"));
        var token = await File.ReadAllTextAsync(_folder.File("data/api-token"));
        return new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", token.Trim()) } };
    }

    private static async Task FridgeIsInRangeAsync(HttpClient client)
    {
        JsonNode? unit = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                unit = JsonNode.Parse(await client.GetStringAsync("api/v1/units"))!.AsArray().Single();
                return (string)unit!["state"]! == "in-range";
            },
            "the API says that the fridge is in range");
        ((string)unit!["id"]!).Should().Be("fridge-1");
        ((decimal)unit["celsius"]!).Should().Be(4.2m);
        ((int)unit["holds"]!).Should().Be(0);

        var tile = Regex.Match(await client.GetStringAsync("?lang=en"), "<article.*?</article>", RegexOptions.Singleline).Value;
        tile.Should().Contain("data-state=\"in-range\"").And.Contain("Fridge 1").And.Contain("4.2");
    }
}
