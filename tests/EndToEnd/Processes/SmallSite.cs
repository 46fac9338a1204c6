namespace ColdChain.EndToEnd.Tests.Processes;

/// <summary>The files of a site with one fridge, and its programs as an operator starts them.</summary>
internal sealed class SmallSite : IDisposable
{
    public const string Device = "pi-1";

    private const string Fleet = $$"""
        sites:
          - {id: site, name: Site, zone: UTC}
        devices:
          - {id: {{Device}}, site: site}
        storage-units:
          - id: fridge
            name: Fridge
            site: site
            kind: refrigerator
            history:
              - {from: 2026-01-01T00:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: [{id: {{Device}}/load, role: load}]}
        contents: []
        """;

    private readonly TempFolder _folder = new();

    public SmallSite() => Write("fleet.yaml", Fleet);

    public string File(string name) => _folder.File(name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    /// <summary>Starts the server with a configuration.</summary>
    public ProgramProcess StartServer(string yaml, Dictionary<string, string>? variables = null, params string[] options)
    {
        Write("server.yaml", yaml);
        return ProgramProcess.Start("ColdChain.Server.dll", ["serve", "--config", File("server.yaml"), .. options], variables);
    }

    /// <summary>Starts the agent with a broker section; it samples a simulated probe every second, or the probe given.</summary>
    public ProgramProcess StartEdge(string broker, Dictionary<string, string>? variables = null, string? probe = null)
    {
        Write("edge.yaml", $"""
            device: {Device}
            broker: {broker}
            outbox: {"{path: outbox.db}"}
            clock:
              trust: always
            probes:
              - {probe ?? "{id: load, kind: simulated, model: blood-fridge, role: load, intervalSeconds: 1}"}
            """);
        return ProgramProcess.Start("ColdChain.Edge.dll", ["--config", File("edge.yaml")], variables);
    }

    public void Dispose() => _folder.Dispose();
}
