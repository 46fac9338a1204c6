using ColdChain.Core.Readings;

namespace ColdChain.Torture.Tests.Sites;

/// <summary>The configuration of an edge with one load probe, in a folder where its outbox lies as well.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Device">The device.</param>
internal sealed record EdgeSetup(TempFolder Folder, DeviceId Device)
{
    public string Outbox => Folder.File($"{Device}.db");

    private string Config => Folder.File($"{Device}.yaml");

    /// <summary>Writes the configuration.</summary>
    /// <param name="broker">The keys of the broker, as a YAML map without its braces.</param>
    /// <param name="probe">The keys of the probe, likewise.</param>
    public EdgeSetup Write(string broker, string probe)
    {
        File.WriteAllText(Config, $$"""
            device: {{Device}}
            broker: {host: localhost, user: {{Device}}, {{broker}}}
            outbox: {path: {{Outbox}}}
            uplink: {ackTimeoutSeconds: 3}
            clock:
              trust: always
            probes:
              - {id: load, {{probe}}}
            """);
        return this;
    }

    /// <summary>Starts it.</summary>
    /// <param name="variables">What is added to its environment.</param>
    public ProgramProcess Start(IReadOnlyDictionary<string, string>? variables = null) => ProgramProcess.Start("ColdChain.Edge.dll", ["--config", Config], variables);

    /// <summary>The keys with which it connects to a site's broker.</summary>
    public static string Behind(SiteBroker broker, DeviceId device) =>
        $"port: {broker.DevicePort}, caFile: {broker.CaFile}, passwordFile: {broker.DevicePasswordFile(device.Value)}";
}
