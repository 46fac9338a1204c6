namespace ColdChain.EndToEnd.Tests.Processes;

/// <summary>The agent as systemd starts it.</summary>
public sealed class EdgeProcessTests : IDisposable
{
    private readonly SmallSite _site = new();

    [Fact]
    public async Task Errors_OfFileAndEnvironment_AreToldTogether_AndTheExitCodeIsTwo()
    {
        await using var edge = _site.StartEdge(
            "{host: h, prot: 1, certificateFile: none.pem}",
            new() { ["COLDCHAIN_EDGE_BROKER__PORT"] = "many", ["COLDCHAIN_EDGE_PROBES__0__MODEL"] = "oven", ["COLDCHAIN_EDGE_PROBE__0__MODEL"] = "van" });

        (await edge.EndAsync()).Should().Be(2);
        edge.Output.Should().ContainAll(
            "edge.yaml, line 2: 'prot' is not a key",
            "edge.yaml, line 2: there is no file",
            "'certificateFile' without 'keyFile'",
            "COLDCHAIN_EDGE_BROKER__PORT: 'port: many' is not a number",
            "COLDCHAIN_EDGE_PROBES__0__MODEL: 'model: oven' is not known",
            "COLDCHAIN_EDGE_PROBE__0__MODEL: there is no key");
    }

    [Fact]
    public async Task Agent_UnderSystemd_SaysHowItDoes_AndTakesItsBrokerFromTheEnvironment()
    {
        using var broker = new SilentPeer();
        using var systemd = new SystemdSocket(_site.File("notify"));
        systemd.Variables["COLDCHAIN_EDGE_BROKER__HOST"] = "127.0.0.1";
        systemd.Variables["COLDCHAIN_EDGE_BROKER__PORT"] = $"{broker.Port}";
        await using var edge = _site.StartEdge("{host: nowhere.invalid, tls: false}", systemd.Variables);

        (await systemd.HeardAsync()).Should().Be("READY=1");
        (await systemd.HeardAsync()).Should().Be("WATCHDOG=1");
        await Eventually.HoldsAsync(() => broker.Taken > 0, "the agent connects where the environment says");
        (await edge.StopAsync("TERM")).Should().Be(0);
    }

    public void Dispose() => _site.Dispose();
}
