using System.Net;
using ColdChain.Server.Projections;

namespace ColdChain.Server;

/// <summary>Where a server keeps its data and listens.</summary>
internal sealed record ServerOptions
{
    /// <summary>The folder of everything that it stores; made when it does not exist.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The fleet file.</summary>
    public required string FleetFile { get; init; }

    /// <summary>The folder of the rule packs.</summary>
    public string RulesFolder { get; init; } = Fleet.RulePackFolder.Default;

    /// <summary>
    /// Where pages and API are served. Only loopback is accepted: until people sign in, whoever reaches a page may read it. Port 0 takes a free one.
    /// </summary>
    public IPEndPoint Http { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>Where devices connect with MQTT. Only loopback is accepted without TLS. Port 0 takes a free one.</summary>
    public IPEndPoint Mqtt { get; init; } = new(IPAddress.Loopback, 1883);

    /// <summary>The InfluxDB that readings are projected to; null for none.</summary>
    public InfluxOptions? Influx { get; init; }

    /// <summary>Every error of the options, each with its cure; empty when there is none.</summary>
    public IReadOnlyList<string> Errors() =>
    [
        .. Unless(IPAddress.IsLoopback(Http.Address), $"Pages and API at {Http} could be read by anybody who reaches it, for nobody signs in yet. Listen on 127.0.0.1 and put a proxy that asks who is there in front."),
        .. Unless(IPAddress.IsLoopback(Mqtt.Address), $"MQTT at {Mqtt} would send secrets in clear text. Listen on 127.0.0.1 and let a broker or proxy with TLS connect to it."),
        .. Influx?.Errors() ?? [],
    ];

    private static string[] Unless(bool fine, string error) => fine ? [] : [error];
}
