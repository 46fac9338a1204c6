namespace ColdChain.EndToEnd.Tests.Processes;

/// <summary>The server as an operator starts it: configured by file, environment and command line.</summary>
public sealed class ServerProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Errors_OfEverySource_AreToldTogether_AndTheExitCodeIsTwo()
    {
        await WriteAsync("http: {lisen: '127.0.0.1:0'}\nfleet: fleet.yaml\n", fleet: "sites: []\nplanets: []\n");

        await using var server = Start(new() { ["COLDCHAIN_MQTT__LISTEN"] = "0.0.0.0:0", ["COLDCHAIN_BROKR__HOST"] = "b" }, "--port", "eighty");

        (await server.EndAsync()).Should().Be(2);
        server.Output.Should().ContainAll(
            "server.yaml, line 1: 'lisen' is not a key",
            "fleet.yaml, line 2:",
            "--port: 'listen: 127.0.0.1:eighty' is not an address",
            "COLDCHAIN_BROKR__HOST: there is no key",
            "mqtt.listen: 0.0.0.0:0 would take secrets in clear text");
        Directory.Exists(_folder.File("data")).Should().BeFalse("nothing is made before all is known to be right");
    }

    [Fact]
    public async Task Server_WithFileEnvironmentAndOptions_Serves_AndEndsWithZero()
    {
        await WriteAsync("http: {listen: '127.0.0.1:1'}\nmqtt: {listen: '127.0.0.1:0'}\ndata: nowhere\n", Fleet);

        await using var server = Start(new() { ["COLDCHAIN_DATA"] = _folder.File("elsewhere"), ["COLDCHAIN_HTTP__LISTEN"] = "127.0.0.1:2" }, "--port", "0");

        using var client = new HttpClient { BaseAddress = new Uri(await server.LineAsync("Pages and API:")) };
        client.BaseAddress.Port.Should().NotBe(1).And.NotBe(2);
        (await client.GetStringAsync("health")).Should().Contain("\"ok\"");
        (await server.LineAsync("MQTT:")).Should().StartWith("127.0.0.1:");
        Directory.Exists(_folder.File("elsewhere")).Should().BeTrue("the environment wins over the file");
        Directory.Exists(_folder.File("nowhere")).Should().BeFalse();

        (await server.StopAsync("TERM")).Should().Be(0);
    }

    public void Dispose() => _folder.Dispose();

    private ProgramProcess Start(Dictionary<string, string> variables, params string[] options) =>
        ProgramProcess.Start("ColdChain.Server.dll", ["serve", "--config", _folder.File("server.yaml"), .. options], variables);

    private async Task WriteAsync(string config, string fleet)
    {
        await File.WriteAllTextAsync(_folder.File("server.yaml"), config);
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), fleet);
    }

    private const string Fleet = """
        sites:
          - {id: site, name: Site, zone: UTC}
        devices:
          - {id: pi-1, site: site}
        storage-units:
          - id: fridge
            name: Fridge
            site: site
            kind: refrigerator
            history:
              - {from: 2026-01-01T00:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: [{id: pi-1/load, role: load}]}
        contents: []
        """;
}
