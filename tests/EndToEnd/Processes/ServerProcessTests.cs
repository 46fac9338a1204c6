namespace ColdChain.EndToEnd.Tests.Processes;

/// <summary>The server as an operator starts it: configured by file, environment and command line.</summary>
public sealed class ServerProcessTests : IDisposable
{
    private readonly SmallSite _site = new();

    [Fact]
    public async Task Errors_OfEverySource_AreToldTogether_AndTheExitCodeIsTwo()
    {
        _site.Write("fleet.yaml", "sites: []\nplanets: []\n");

        await using var server = _site.StartServer(
            "http: {lisen: '127.0.0.1:0'}\nfleet: fleet.yaml\n",
            new() { ["COLDCHAIN_MQTT__LISTEN"] = "0.0.0.0:0", ["COLDCHAIN_BROKR__HOST"] = "b" },
            "--port", "eighty");

        (await server.EndAsync()).Should().Be(2);
        server.Output.Should().ContainAll(
            "server.yaml, line 1: 'lisen' is not a key",
            "fleet.yaml, line 2:",
            "--port: 'listen: 127.0.0.1:eighty' is not an address",
            "COLDCHAIN_BROKR__HOST: there is no key",
            "mqtt.listen: 0.0.0.0:0 would take secrets in clear text");
        Directory.Exists(_site.File("data")).Should().BeFalse("nothing is made before all is known to be right");
    }

    [Fact]
    public async Task Server_WithFileEnvironmentAndOptions_Serves_AndEndsWithZero()
    {
        await using var server = _site.StartServer(
            "http: {listen: '127.0.0.1:1'}\nmqtt: {listen: '127.0.0.1:0'}\ndata: nowhere\n",
            new() { ["COLDCHAIN_DATA"] = _site.File("elsewhere"), ["COLDCHAIN_HTTP__LISTEN"] = "127.0.0.1:2" },
            "--port", "0");

        using var client = new HttpClient { BaseAddress = new Uri(await server.LineAsync("Pages and API:")) };
        client.BaseAddress.Port.Should().NotBe(1).And.NotBe(2);
        (await client.GetStringAsync("health")).Should().Contain("\"ok\"");
        (await server.LineAsync("MQTT:")).Should().StartWith("127.0.0.1:");
        Directory.Exists(_site.File("elsewhere")).Should().BeTrue("the environment wins over the file");
        Directory.Exists(_site.File("nowhere")).Should().BeFalse();

        (await server.StopAsync("TERM")).Should().Be(0);
    }

    [Fact]
    public async Task Server_OnATrustedNetwork_WarnsOfClearText()
    {
        await using var server = _site.StartServer("http: {listen: '0.0.0.0:0', trustedNetwork: true}\nmqtt: {listen: '127.0.0.1:0'}\n");

        await server.LineAsync("Pages and API:");
        await Eventually.HoldsAsync(() => server.Output.Contains("in clear text unless a proxy with TLS is in front"), "the log warns");
        (await server.StopAsync("TERM")).Should().Be(0);
    }

    [Fact]
    public async Task Server_UnderSystemd_SaysHowItDoes()
    {
        using var systemd = new SystemdSocket(_site.File("notify"));
        await using var server = _site.StartServer("http: {listen: '127.0.0.1:0'}\nmqtt: {listen: '127.0.0.1:0'}\n", systemd.Variables);

        (await systemd.HeardAsync()).Should().Be("READY=1");
        (await systemd.HeardAsync()).Should().Be("WATCHDOG=1");
        await server.SignalAsync("TERM");
        string said;
        while ((said = await systemd.HeardAsync()) == "WATCHDOG=1")
        {
            // It had still done something.
        }

        said.Should().Be("STOPPING=1");
        (await server.EndAsync()).Should().Be(0);
    }

    public void Dispose() => _site.Dispose();
}
